import { personOf } from '../../domain/actor.ts';
import type { Refusal } from '../../domain/decision.ts';
import type { RosterCommand } from '../../domain/roster/commands.ts';
import type { Roster } from '../../domain/roster/roster.ts';
import { nearestWord } from '../../lib/edit-distance.ts';
import { refusing, replying, sayingRoster } from '../step.ts';
import type { Asking, Step } from '../step.ts';
import { whisper } from '../views/blocks.ts';
import { answered, askedFor, requestsScreen } from '../views/cover.ts';
import { defineCommand } from './define.ts';
import { findShift } from './own-shift.ts';
import { readWhen } from './when.ts';

/** Shorter words are near to anything. */
const SHORTEST_NAME = 4;

/** `/inc cover me from 18:00 until tomorrow 9am ask @ben because of the dentist` */
export const cover = defineCommand({
  name: 'cover',
  synonyms: [],
  summary: 'Ask others to take a shift of yours, or part of it; the first who accepts has it',
  where: 'anywhere',
  params: [
    {
      name: 'schedule',
      kind: 'schedule',
      description: 'The schedule; that of your next shift, when none is named',
    },
    {
      name: 'when',
      kind: 'text',
      description: '`me` for your whole next shift, or from when until when; whom to ask; why',
    },
    {
      name: 'take',
      kind: 'number',
      keywords: ['take', 'accept'],
      description: 'The number of a request that you accept',
    },
    {
      name: 'no',
      kind: 'number',
      keywords: ['no', 'decline'],
      description: 'The number of a request that you cannot accept',
    },
    {
      name: 'withdraw',
      kind: 'number',
      keywords: ['withdraw', 'cancel'],
      description: 'The number of your request to take back',
    },
  ],
  examples: [
    'cover me',
    'cover primary from 18:00 until 22:00 ask @ben because of the dentist',
    'cover take 13',
    'cover',
  ],
  toStep: async ({ schedule, when, take, no, withdraw }, asking) => {
    const answer = answerOf({ take, no, withdraw });
    if (answer !== null) return answering(answer, asking);
    if (schedule === null && when === null)
      return replying(whisper(requestsScreen(await asking.reads.rosters(), asking)));
    return asksFor(schedule, (when ?? '').replace(/^(me|my shift)\b\s*/i, ''), asking);
  },
});

type Answer = 'roster.take' | 'roster.decline' | 'roster.withdraw';

function answerOf({ take, no, withdraw }: Readonly<Record<'take' | 'no' | 'withdraw', number | null>>) {
  if (take !== null) return { type: 'roster.take' as const, id: take };
  if (no !== null) return { type: 'roster.decline' as const, id: no };
  return withdraw === null ? null : { type: 'roster.withdraw' as const, id: withdraw };
}

async function answering(
  { type, id }: { readonly type: Answer; readonly id: number },
  asking: Asking,
): Promise<Step> {
  const rosters = await asking.reads.rosters();
  const schedule = ownerOf(rosters, id);
  if (schedule === null) return refusing(`There is no request ${id}.`, '`cover` lists those that are open.');
  return sayingRoster({ type, by: asking.actor, schedule, requestId: id }, (done) =>
    answered({ type, id, schedule, done }, asking),
  );
}

function ownerOf(rosters: ReadonlyMap<string, Roster>, id: number): string | null {
  return [...rosters].find(([, { requests }]) => requests.some((one) => one.id === id))?.[0] ?? null;
}

function asksFor(schedule: string | null, words: string, asking: Asking): Step {
  const me = personOf(asking.actor);
  if (me === null) return refusing('Only a configured person can ask for cover.');
  if (/^(take|accept|no|decline|withdraw|cancel)\b/i.test(words))
    return refusing(
      'Which request? Its number is missing.',
      '`cover take 13`; `cover` lists those that are open.',
    );
  const read = readWhen(words, { ...asking, me });
  if ('refusal' in read) return { kind: 'refused', refusal: misspelt(words, asking) ?? read.refusal };
  const { from, until, ask, whom, why } = read.when;
  return askFor({ schedule, from, until, ask: ask ?? (whom === null ? null : [whom]), why }, asking);
}

/** The schedule that the first word was meant to name; null when it is near to none. */
function misspelt(words: string, { directory }: Asking): Refusal | null {
  const [first = ''] = words.split(/\s+/);
  const meant = first.length < SHORTEST_NAME ? null : nearestWord(first, [...directory.schedules.keys()]);
  if (meant === null) return null;
  return { why: `There is no schedule “${first.slice(0, 60)}”.`, hint: `Did you mean \`cover ${meant}\`?` };
}

/** What is asked for; null is what goes without saying: the next shift, all of it, everybody who could. */
interface Wish {
  readonly schedule: string | null;
  readonly from: Date | null;
  readonly until: Date | null;
  readonly ask: readonly string[] | null;
  readonly why: string | null;
}

/** Asks others to take a shift of the asker's. */
export function askFor({ schedule, from, until, ask, why }: Wish, asking: Asking): Step {
  const me = personOf(asking.actor);
  if (me === null) return refusing('Only a configured person can ask for cover.');
  const found = findShift({ person: me, schedule, at: from ?? asking.now }, asking);
  if ('refusal' in found) return { kind: 'refused', refusal: found.refusal };
  const command: RosterCommand = {
    type: 'roster.ask',
    by: asking.actor,
    schedule: found.schedule.id,
    from: from ?? found.shift.start,
    until: until ?? found.shift.end,
    theirs: null,
    asked: ask,
    note: why,
  };
  return sayingRoster(command, (done) => askedFor(done, command.schedule, asking));
}
