import { personOf } from '../domain/actor.ts';
import type { Refusal } from '../domain/decision.ts';
import type { Directory } from '../domain/directory.ts';
import type { Effect } from '../domain/effect.ts';
import { maySayHoliday } from '../domain/holiday/said.ts';
import type { HolidayCommand } from '../domain/holiday/said.ts';
import { whoOf } from '../domain/timeline/phrase.ts';
import type { Db } from '../store/db.ts';
import { queueEffects } from '../store/outbox.ts';
import { saveSaidDay } from '../store/said-holidays.ts';

/** What came of something said about a holiday. */
export type HolidaySaid = { readonly kind: 'done' } | { readonly kind: 'refused'; readonly refusal: Refusal };

/** Writes down that a day is a holiday, or none; whoever it was said for by somebody else reads of it. */
export async function handleHoliday(
  tx: Db,
  command: HolidayCommand,
  { now, directory }: { readonly now: Date; readonly directory: Directory },
): Promise<HolidaySaid> {
  const refusal = maySayHoliday(command, directory);
  if (refusal !== null) return { kind: 'refused', refusal };
  const { type: _type, ...said } = command;
  await saveSaidDay(tx, { ...said, at: now });
  await queueEffects(tx, tellWhose(command, now), now);
  return { kind: 'done' };
}

function tellWhose({ by, scope, date, name }: HolidayCommand, now: Date): readonly Effect[] {
  const personId = scope.startsWith('person:') ? scope.slice('person:'.length) : null;
  if (personId === null || personId === personOf(by)) return [];
  const what = name === null ? 'a working day of yours' : `a holiday of yours: ${name}`;
  const key = `holiday:${scope}:${date}:${now.toISOString()}`;
  const buttons = [{ label: 'Show my holidays', command: 'holidays' }];
  return [{ type: 'chat.tell_person', personId, key, text: [whoOf(by), ` made ${date} ${what}.`], buttons }];
}
