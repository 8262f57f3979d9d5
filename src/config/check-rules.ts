import { formatDuration } from '../lib/duration.ts';
import { nearestWord } from '../lib/edit-distance.ts';
import type { CheckContext } from './check-context.ts';
import { list } from './explain.ts';
import { caution, fault, quote, type Finding, type Path } from './problem.ts';
import { waysToReach } from './reach.ts';
import type { ConfigFile } from './schema.ts';
import type { Person } from './schema/people.ts';

const URGENCIES = ['high', 'low'] as const;

/** Notification rules that cannot work: no address for the channel, or a wait that no step is long enough for. */
export function checkRules(file: Partial<ConfigFile>, { isWhole }: CheckContext): readonly Finding[] {
  const isKnown = isWhole('teams', 'schedules', 'policies', 'last_resort');
  const waits = isKnown ? longestWaits(file) : new Map<string, number>();
  return Object.entries(file.people ?? {}).flatMap(([id, person]) => [
    ...checkWebhookHandle(id, person, file),
    ...URGENCIES.flatMap((urgency) =>
      (person.rules[urgency] ?? []).flatMap((rule, i) => {
        const path = ['people', id, 'rules', urgency, i];
        const longest = waits.get(id);
        return [
          ...checkChannel(path, { channel: rule.channel, person, file }),
          ...(longest !== undefined && rule.afterMs >= longest ? [tooLate(path, rule.afterMs, longest)] : []),
        ];
      }),
    ),
  ]);
}

function checkWebhookHandle(
  id: string,
  { handles }: Person,
  { notify }: Partial<ConfigFile>,
): readonly Finding[] {
  const name = handles['webhook'];
  if (name === undefined || !notify || Object.hasOwn(notify.webhooks, name) || /^https?:\/\//.test(name))
    return [];
  const known = Object.keys(notify.webhooks);
  const meant = nearestWord(name, known);
  const suggestion = meant === null ? '' : ` Did you mean ${quote(meant)}?`;
  return [
    fault(
      ['people', id, 'handles', 'webhook'],
      `names ${quote(name)}, which is not one of notify.webhooks.${suggestion}${list('Webhooks are', known)}`,
    ),
  ];
}

interface Using {
  readonly channel: string;
  readonly person: Person;
  readonly file: Partial<ConfigFile>;
}

function checkChannel(path: Path, { channel, person, file }: Using): readonly Finding[] {
  if (channel === 'email' && person.email === undefined) {
    return [
      fault(path, 'can reach nobody: this person has no `email`. Add the address, or take the rule away.'),
    ];
  }
  if ((channel === 'sms' || channel === 'voice') && person.phone === undefined) {
    return [
      fault(path, 'can reach nobody: this person has no `phone`. Add the number, or take the rule away.'),
    ];
  }
  if (channel === 'voice' && file.notify?.twilio && file.notify.twilio.from === undefined) {
    return [
      caution(
        path,
        'can reach nobody: a messaging service cannot call. Add notify.twilio.from, or take the rule away.',
      ),
    ];
  }
  if (BY_HANDLE.has(channel) && person.handles[channel] === undefined) {
    return [
      fault(
        path,
        `can reach nobody: this person has no \`${channel}\` under \`handles\`. Add it, or take the rule away.`,
      ),
    ];
  }
  const missing = NEEDS.get(channel);
  if (missing === undefined || !file.notify || file.notify[missing.key] !== undefined) return [];
  return [
    caution(
      path,
      `can reach nobody: ${missing.what} is configured. Add notify.${missing.key}, or take the rule away.`,
    ),
  ];
}

/** Channels whose address is a handle of the same name. */
const BY_HANDLE: ReadonlySet<string> = new Set(['webhook', 'ntfy', 'pushover']);

/** What a channel needs in the section `notify`. */
const NEEDS: ReadonlyMap<
  string,
  { readonly key: 'email' | 'ntfy' | 'pushover' | 'twilio'; readonly what: string }
> = new Map([
  ['email', { key: 'email', what: 'no mail server' }],
  ['ntfy', { key: 'ntfy', what: 'no ntfy server' }],
  ['pushover', { key: 'pushover', what: 'no Pushover application' }],
  ['sms', { key: 'twilio', what: 'no Twilio account' }],
  ['voice', { key: 'twilio', what: 'no Twilio account' }],
]);

function tooLate(path: Path, afterMs: number, longest: number): Finding {
  return caution(
    path,
    `waits ${formatDuration(afterMs)}, but every step that pages this person is over after ${formatDuration(longest)} at most, so the rule is never used. Shorten it, or give a step a longer \`ack_within\`.`,
  );
}

/** For everyone who can be paged, the longest time that one step gives them. */
function longestWaits(file: Partial<ConfigFile>): ReadonlyMap<string, number> {
  const waits = new Map<string, number>();
  for (const { people, waitMs } of waysToReach(file)) {
    for (const person of people) waits.set(person, Math.max(waits.get(person) ?? 0, waitMs));
  }
  return waits;
}
