import { personOf } from '../../domain/actor.ts';
import type { Form } from '../message.ts';
import type { Asking } from '../step.ts';
import { choiceField, textField } from './fields.ts';
import { scheduleField, whoField } from './people-field.ts';

type Asker = Pick<Asking, 'actor' | 'directory' | 'zone'>;

/** The form that puts somebody on call for a while. */
export function overrideForm({ actor, directory, zone }: Asker): Form {
  return {
    form: 'override',
    value: '',
    title: 'Change who is on call',
    submitLabel: 'Put on call',
    fields: [
      scheduleField('schedule', { label: 'Which schedule?' }, directory),
      whoField(
        'person',
        { label: 'Who is on call then?', value: personOf(actor), required: true },
        directory,
      ),
      choiceField('how', {
        label: 'And the schedule?',
        value: 'replace',
        choices: [
          { value: 'replace', label: 'They alone are on call' },
          { value: 'add', label: 'They join whoever is on call' },
        ],
      }),
      textField('from', { label: 'From', hint: `For example 18:00 or mon 09:00 (${zone}). Empty: now.` }),
      textField('until', {
        label: 'Until',
        hint: 'For example 8h, 22:00 or tomorrow 9am.',
        required: true,
      }),
      textField('why', { label: 'Why?' }),
    ],
  };
}

/** The form that asks others to take a shift. */
export function coverForm({ directory, zone }: Asker): Form {
  return {
    form: 'cover',
    value: '',
    title: 'Ask for cover',
    submitLabel: 'Ask',
    fields: [
      scheduleField('schedule', { label: 'Which schedule?', none: 'The one of my next shift' }, directory),
      textField('from', {
        label: 'From',
        hint: `For example 18:00 or mon 09:00 (${zone}). Empty: from the beginning of the shift.`,
      }),
      textField('until', { label: 'Until', hint: 'For example 4h or 22:00. Empty: until the shift ends.' }),
      textField('ask', { label: 'Whom to ask?', hint: 'Names, separated by commas. Empty: all who could.' }),
      textField('why', { label: 'Why?' }),
    ],
  };
}
