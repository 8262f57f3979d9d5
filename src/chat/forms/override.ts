import type { RosterChange } from '../../domain/roster/commands.ts';
import { overriding } from '../commands/override.ts';
import type { Asking } from '../step.ts';
import { defineForm, filled, wrong } from './define.ts';
import type { Fields } from './define.ts';
import { momentField, personField, timeField } from '../field-values.ts';

/** Puts somebody on call for a while. */
export const override = defineForm('override', (fields, asking) => {
  const schedule = filled(fields, 'schedule');
  if (!asking.directory.schedules.has(schedule)) return wrong('schedule', 'Choose one of the list.');
  const change = changeIn(fields, asking);
  if ('wrong' in change) return wrong('person', change.wrong);
  const from = timeField(fields, 'from', asking);
  if ('wrong' in from) return wrong('from', from.wrong);
  const until = momentField(fields, 'until', { ...asking, from: from.value ?? asking.now });
  if ('wrong' in until) return wrong('until', until.wrong);
  if (until.value === null) return wrong('until', 'Say until when: an override always ends by itself.');
  if (until.value <= (from.value ?? asking.now)) return wrong('until', 'This is before it begins.');
  const when = { from: from.value, until: until.value, why: filled(fields, 'why') || null };
  return overriding({ schedule, change, when }, asking);
});

function changeIn(fields: Fields, asking: Asking): RosterChange | { readonly wrong: string } {
  const person = personField(fields, 'person', asking);
  if ('wrong' in person) return person;
  if (person.value === null) return { wrong: 'Say who is to be on call.' };
  const how = filled(fields, 'how');
  return how === 'add' ? { kind: 'add', person: person.value } : { kind: 'replace', people: [person.value] };
}
