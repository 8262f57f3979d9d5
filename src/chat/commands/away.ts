import { personOf } from '../../domain/actor.ts';
import type { AbsenceCommand } from '../../domain/roster/absence.ts';
import { parseDays } from '../../domain/schedule/parse-days.ts';
import { refusing, replying } from '../step.ts';
import type { Asking, Step } from '../step.ts';
import { absenceEnded, absencesScreen, awayScreen } from '../views/away.ts';
import { whisper } from '../views/blocks.ts';
import { defineCommand } from './define.ts';
import { readWhen } from './when.ts';

/** `/inc away from 2026-12-24 until 2026-12-27 because of the holidays` */
export const away = defineCommand({
  name: 'away',
  synonyms: ['vacation', 'ooo'],
  summary: 'Say when you are away, see what you are on call for then, and find cover',
  where: 'anywhere',
  params: [
    { name: 'person', kind: 'person', description: 'Who is away; you, when nobody is named' },
    { name: 'when', kind: 'text', description: 'From when until when, days included, and why' },
    {
      name: 'end',
      kind: 'number',
      keywords: ['end', 'cancel'],
      description: 'The number of an absence that is over',
    },
  ],
  examples: ['away from 2026-12-24 until 2026-12-27 because of the holidays', 'away', 'away end 14'],
  toStep: async ({ person, when, end }, asking) => {
    if (end !== null) return ending(end, asking);
    if (when === null)
      return replying(whisper(absencesScreen(await asking.reads.absences(asking.now), asking)));
    return announcing(person, when, asking);
  },
});

function ending(absenceId: number, asking: Asking): Step {
  const command: AbsenceCommand = { type: 'absence.end', by: asking.actor, absenceId };
  return {
    kind: 'change',
    make: async (door) => {
      const said = await door.sayAbsence(command);
      return said.kind === 'refused' ? said.refusal : absenceEnded(said.absence, asking);
    },
  };
}

function announcing(person: string | null, when: string, asking: Asking): Step {
  const personId = person ?? personOf(asking.actor);
  if (personId === null)
    return refusing('Who is away?', 'For example `away @ben from 2026-12-24 until 2026-12-27`.');
  const read = readAbsence(when, asking);
  if ('refusal' in read) return { kind: 'refused', refusal: read.refusal };
  const { from, until, why } = read;
  const command: AbsenceCommand = { type: 'absence.announce', by: asking.actor, personId, from, until, why };
  return {
    kind: 'change',
    make: async (door) => {
      const said = await door.sayAbsence(command);
      return said.kind === 'refused' ? said.refusal : awayScreen(said.absence, asking);
    },
  };
}

function readAbsence(when: string, asking: Asking) {
  const [words = '', ...because] = when.split(/(?:^|\s)because\s+/i);
  const why = because.join(' because ').replace(/^of\s/i, '').trim() || null;
  const days = parseDays(words, asking);
  if (days !== null) return { ...days, why };
  const read = readWhen(words, { ...asking, me: personOf(asking.actor) });
  if ('refusal' in read) return read;
  const { from, until } = read.when;
  const hint = 'For example `away from 2026-12-24 until 2026-12-27` or `away until fri 18:00`.';
  return until === null
    ? { refusal: { why: 'Until when?', hint } }
    : { from: from ?? asking.now, until, why };
}
