import { personOf } from '../domain/actor.ts';
import type { Actor } from '../domain/actor.ts';
import type { Effect } from '../domain/effect.ts';
import { periodsLine } from '../domain/roster/tell.ts';
import { whoOf } from '../domain/timeline/phrase.ts';
import { queueEffects } from '../store/outbox.ts';
import type { Refusal } from '../domain/decision.ts';
import type { Directory } from '../domain/directory.ts';
import { maySpeakFor, periodOfAbsence } from '../domain/roster/absence.ts';
import type { Absence, AbsenceCommand } from '../domain/roster/absence.ts';
import { addAbsence, endAbsence, liveAbsences } from '../store/absences.ts';
import type { Db } from '../store/db.ts';
import { drawRosterNumbers } from '../store/rosters.ts';

/** What came of something said about an absence: the absence that was made or ended. */
export type AbsenceSaid =
  | { readonly kind: 'done'; readonly absence: Absence }
  | { readonly kind: 'refused'; readonly refusal: Refusal };

interface About {
  readonly now: Date;
  readonly directory: Directory;
}

/** Writes down who is away, or that somebody no longer is. Takes nobody off call. */
export async function handleAbsence(tx: Db, command: AbsenceCommand, about: About): Promise<AbsenceSaid> {
  return command.type === 'absence.announce' ? announce(tx, command, about) : end(tx, command, about);
}

async function announce(
  tx: Db,
  command: Extract<AbsenceCommand, { type: 'absence.announce' }>,
  { now, directory }: About,
): Promise<AbsenceSaid> {
  const { by, personId, why } = command;
  const refusal = maySpeakFor(by, personId, directory);
  if (refusal !== null) return { kind: 'refused', refusal };
  const read = periodOfAbsence(command, now);
  if ('refusal' in read) return { kind: 'refused', refusal: read.refusal };
  const [id = 0] = await drawRosterNumbers(tx, 1);
  const absence = { id, personId, ...read.period, why };
  await addAbsence(tx, { ...absence, by, at: now });
  if (personOf(by) !== personId) await queueEffects(tx, [tellAway(absence, by)], now);
  return { kind: 'done', absence };
}

async function end(
  tx: Db,
  { by, absenceId }: Extract<AbsenceCommand, { type: 'absence.end' }>,
  { now, directory }: About,
): Promise<AbsenceSaid> {
  const absence = (await liveAbsences(tx, now)).find(({ id }) => id === absenceId);
  if (absence === undefined)
    return {
      kind: 'refused',
      refusal: { why: `There is no absence ${absenceId} that is not over.`, hint: '`away` lists them.' },
    };
  const refusal = maySpeakFor(by, absence.personId, directory);
  if (refusal !== null) return { kind: 'refused', refusal };
  await endAbsence(tx, absenceId, { by, at: now });
  return { kind: 'done', absence };
}

function tellAway({ id, personId, start, end }: Absence, by: Actor): Effect {
  const text = [whoOf(by), ' wrote down that you are away: ', ...periodsLine([{ start, end }]), '.'];
  const buttons = [
    { label: 'Show my shifts', command: 'shifts' },
    { label: 'I am not', command: `away end ${id}` },
  ];
  return { type: 'chat.tell_person', personId, key: `absence:${id}`, text, buttons };
}
