import type { Refusal } from '../../domain/decision.ts';
import type { Matcher } from '../../domain/directory.ts';
import { MATCHER_HINT, readSilence } from '../../domain/alert/read-silence.ts';
import { serviceNamed } from '../../domain/alert/service.ts';
import type { WorkedOn } from '../../domain/alert/silence.ts';
import { matchersOf } from '../../domain/alert/silence-of-incident.ts';
import type { SilenceCommand } from '../../domain/alert/silence-rules.ts';
import { parseInstant } from '../../domain/schedule/parse-time.ts';
import { shorten } from '../../lib/clean-text.ts';
import { parseDuration } from '../../lib/duration.ts';
import { heldInPublic } from '../held-alerts.ts';
import { refusing, replying } from '../step.ts';
import type { Asking, Step } from '../step.ts';
import { whisper } from '../views/blocks.ts';
import { isVisible } from '../visible.ts';
import {
  silenceEnded,
  silenceHasMoved,
  silenceMade,
  silenceScreen,
  silencesScreen,
} from '../views/silences.ts';
import { defineCommand } from './define.ts';

const HOW_LONG = 'Add `2h`, `until 18:00` or `until tomorrow 9am`; a silence always ends by itself.';
/** As many as the store shows of an incident: where there are so many there may be more. */
const SHOWN_ALERTS = 12;
const MOST_OPEN = 200;

/** `/inc silence service=checkout alertname=~"Disk.*" 2h because we replace the disks` */
export const silence = defineCommand({
  name: 'silence',
  synonyms: [],
  summary: 'No incident and no page for new alerts that match; list silences, or end one',
  where: 'either',
  params: [
    {
      name: 'alerts',
      kind: 'text',
      description:
        'Matchers such as service=checkout alertname=~"Disk.*", how long, and why; or the number of one, to show it or move its end',
    },
    {
      name: 'end',
      kind: 'number',
      keywords: ['end', 'cancel', 'remove'],
      description: 'The number of one to end now',
    },
  ],
  examples: [
    'silence service=checkout 2h',
    'silence service=checkout alertname=~"Disk.*" env!=prod until tomorrow 9am because we replace the disks',
    'silence',
    'silence 3',
    'silence 3 4h',
    'silence end 3',
  ],
  toStep: async ({ alerts, end }, asking) => {
    if (end !== null && alerts === null) return ending(end, asking);
    // A reason may well end like that.
    const line = end === null ? (alerts ?? '') : `${alerts ?? ''} end ${end}`;
    const shown = /^(?:show\s+)?#?(\d{1,9})$/i.exec(line)?.[1];
    if (shown !== undefined) return showing(Number(shown), asking);
    if (/^(?:list|show|all)?$/i.test(line))
      return replying(whisper(silencesScreen(await asking.reads.silences(), asking)));
    if (/^(?:end|cancel|remove)(?:\s+\S+)?$/i.test(line))
      return refusing('Which silence?', 'Name its number, as in `silence end 3`; `silence` lists them.');
    const moved = /^#?(\d{1,9})\s+(.+)$/.exec(line);
    if (moved !== null) return moving(Number(moved[1]), moved[2] ?? '', asking);
    return starting(line, asking);
  },
});

async function showing(id: number, asking: Asking): Promise<Step> {
  const found = (await asking.reads.silences()).find((one) => one.id === id);
  if (found === undefined)
    return refusing(`There is no silence ${id} that is not over.`, '`silence` lists them.');
  return replying(whisper(silenceScreen(found, await heldInPublic(id, asking), asking)));
}

function moving(silenceId: number, words: string, asking: Asking): Step {
  const until = readUntil(words, asking);
  if ('why' in until) return { kind: 'refused', refusal: until };
  return {
    kind: 'change',
    make: async (door) => {
      const said = await door.saySilence({ type: 'silence.move', by: asking.actor, silenceId, until });
      return said.kind === 'refused' ? said.refusal : silenceHasMoved(said.silence, asking);
    },
  };
}

function ending(silenceId: number, asking: Asking): Step {
  return {
    kind: 'change',
    make: async (door) => {
      const before = (await asking.reads.silences()).find(({ id }) => id === silenceId);
      const said = await door.saySilence({ type: 'silence.end', by: asking.actor, silenceId });
      if (said.kind === 'refused') return said.refusal;
      return silenceEnded(said.silence, before ?? { held: 0, firing: 0 }, asking);
    },
  };
}

async function starting(line: string, asking: Asking): Promise<Step> {
  const read = readSilence(line);
  if ('refusal' in read) return { kind: 'refused', refusal: read.refusal };
  const { words, why } = read;
  const until = readUntil(words, asking);
  const matchers = read.matchers.length > 0 ? read.matchers : await matchersHere(asking);
  if ('why' in until)
    return { kind: 'refused', refusal: matchers.length > 0 ? until : unclear(words, asking) };
  if (matchers.length === 0)
    return refusing(
      asking.incident === null
        ? 'Which alerts?'
        : `The alerts of #${asking.incident.id} have no name in common.`,
      MATCHER_HINT,
    );
  return saying(matchers, { until, why }, asking);
}

function saying(
  matchers: readonly Matcher[],
  { until, why }: { readonly until: Date; readonly why: string | null },
  asking: Asking,
): Step {
  const command: SilenceCommand = {
    type: 'silence.start',
    by: asking.actor,
    matchers,
    until,
    why,
    incidentId: asking.incident?.id ?? null,
  };
  return {
    kind: 'change',
    make: async (door) => {
      const said = await door.saySilence(command);
      if (said.kind === 'refused') return said.refusal;
      return silenceMade(said.silence, await workSeen(asking), asking);
    },
  };
}

/** Alerts of the open incidents that the asker may know of. */
async function workSeen(asking: Asking): Promise<readonly WorkedOn[]> {
  const { reads } = asking;
  const open = await reads.listIncidents({ state: 'open', limit: MOST_OPEN });
  const seen = new Set(open.filter((one) => isVisible(one, asking)).map(({ id }) => id));
  return (await reads.alertsWorkedOn()).filter(({ incidentId }) => seen.has(incidentId));
}

/** In an incident's room its alerts are meant. */
async function matchersHere({ incident, reads }: Asking): Promise<readonly Matcher[]> {
  if (incident === null) return [];
  const alerts = await reads.alertsOf(incident.id);
  return matchersOf(incident.service, alerts, alerts.length >= SHOWN_ALERTS);
}

function readUntil(words: string, { now, zone }: Asking): Date | Refusal {
  const said = words.trim().replace(/^for\s+/i, '');
  if (said === '') return { why: 'For how long?', hint: HOW_LONG };
  const length = parseDuration(said);
  if (length !== null) return new Date(now.getTime() + length);
  const read = parseInstant(said, { now, zone });
  return 'at' in read ? read.at : { why: `I cannot read “${shorten(said, 60)}” as a time.`, hint: HOW_LONG };
}

/** Neither which alerts nor how long: a service may have been meant. */
function unclear(words: string, { directory }: Asking): Refusal {
  const [first = '', ...rest] = words.split(' ');
  const service = serviceNamed(first, directory);
  if (service !== null)
    return {
      why: `Is ${service.name} the service that is meant?`,
      hint: `\`silence service=${service.id} ${rest.join(' ') || '2h'}\``.replaceAll(/\s+/g, ' '),
    };
  return { why: `“${shorten(words, 60)}” does not say which alerts.`, hint: MATCHER_HINT };
}
