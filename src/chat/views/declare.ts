import type { Directory, SeverityMatrix } from '../../domain/directory.ts';
import type { Line } from '../../domain/text.ts';
import { shorten } from '../../lib/clean-text.ts';
import type { Choice, Form, Message } from '../message.ts';
import { button, buttons, marked, text } from './blocks.ts';
import { checkField, choiceField, longField, textField } from './fields.ts';

// Of a list that every platform shows whole.
const MOST_CHOICES = 25;
const LONGEST_LABEL = 75;

/** The form that declares an incident. */
export function declareForm({ severities, severityMatrix, services, settings }: Directory): Form {
  const none: Choice = { value: '', label: 'Not sure yet' };
  return {
    form: 'declare',
    value: '',
    title: 'Declare an incident',
    submitLabel: 'Declare',
    fields: [
      textField('title', {
        label: 'What is wrong?',
        hint: 'In a few words, as you would say it.',
        required: true,
      }),
      choiceField('severity', {
        label: 'How bad?',
        hint: 'It can be changed at any time.',
        value: settings.defaultSeverity,
        choices: [
          ...severities.map(({ id, name }) => ({ value: id, label: name })),
          ...matrixChoices(severityMatrix, severities),
        ].slice(0, MOST_CHOICES),
      }),
      choiceField('service', {
        label: 'Which service?',
        hint: 'Decides who is paged.',
        value: '',
        choices: [none, ...[...services.values()].map(({ id, name }) => ({ value: id, label: name }))],
      }),
      longField('summary', { label: 'What do you know?' }),
      checkField('private', { label: 'Private', hint: 'Only the people in it will see it.' }),
      checkField('drill', {
        label: 'Drill',
        hint: 'Pages for real, is labelled everywhere, stays out of reports.',
      }),
    ],
  };
}

/** Each impact with each urgency, and the severity that it gives. */
function matrixChoices(
  matrix: SeverityMatrix | undefined,
  severities: Directory['severities'],
): readonly Choice[] {
  return [...(matrix?.severities ?? [])].flatMap(([impact, row]) =>
    [...row].map(([urgency, id]): Choice => {
      const name = severities.find((severity) => severity.id === id)?.name ?? id;
      const label = shorten(`Impact ${impact}, urgency ${urgency}: ${name}`, LONGEST_LABEL);
      return { value: matrixValue(impact, urgency), label };
    }),
  );
}

/** What a form says for an impact with an urgency. */
export function matrixValue(impact: string, urgency: string): string {
  return `${impact} x ${urgency}`;
}

// What a button can carry on every platform.
const LONGEST_VALUE = 1500;

/** Asks once whether free text was meant to declare an incident. `nearest` is the verb that was perhaps meant. */
export function declareQuestion(title: string, nearest: string | null): Message {
  const shown = shorten(title, 150);
  const question: Line = ['Declare an incident called ', { bold: shown }, '? That pages whoever is on call.'];
  return {
    blocks: [
      text(...question),
      ...(nearest === null ? [] : [text(...marked(`Or did you mean \`${nearest}\`?`))]),
      ...buttons(
        button('declare-confirmed', 'Declare', { value: shorten(title, LONGEST_VALUE), style: 'danger' }),
        button('dismiss', 'Cancel', { value: 'declare' }),
      ),
    ],
    tone: 'warning',
    plain: `Declare an incident called “${shown}”? That pages whoever is on call.${nearest === null ? '' : ` Or did you mean ${nearest}?`}`,
    notify: [],
  };
}
