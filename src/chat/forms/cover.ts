import { askFor } from '../commands/cover.ts';
import { defineForm, filled, wrong } from './define.ts';
import { momentField, peopleField, timeField } from '../field-values.ts';

/** Asks others to take a shift of the asker's, or a part of it. */
export const cover = defineForm('cover', (fields, asking) => {
  const schedule = filled(fields, 'schedule') || null;
  if (schedule !== null && !asking.directory.schedules.has(schedule))
    return wrong('schedule', 'Choose one of the list.');
  const from = timeField(fields, 'from', asking);
  if ('wrong' in from) return wrong('from', from.wrong);
  const until = momentField(fields, 'until', { ...asking, from: from.value ?? asking.now });
  if ('wrong' in until) return wrong('until', until.wrong);
  if (from.value !== null && until.value !== null && until.value <= from.value)
    return wrong('until', 'This is before it begins.');
  const ask = peopleField(fields, 'ask', asking);
  if ('wrong' in ask) return wrong('ask', ask.wrong);
  const why = filled(fields, 'why') || null;
  return askFor({ schedule, from: from.value, until: until.value, ask: ask.value, why }, asking);
});
