import type { Directory } from '../../domain/directory.ts';
import type { Incident } from '../../domain/incident/incident.ts';
import { beganAt } from '../../domain/incident/incident.ts';
import { severityName } from '../../domain/timeline/phrase.ts';
import type { Line } from '../../domain/text.ts';
import type { Block, Message } from '../message.ts';
import { context, text, tidy } from './blocks.ts';
import { actorSpan, drillMark, titleOf } from './naming.ts';
import { plainLine } from './plain.ts';
import type { Reading } from './plain.ts';

/** A heading and a list, with what to say when it is empty. */
export interface ListScreen {
  readonly heading: string;
  readonly items: readonly Line[];
  readonly empty: string;
  readonly foot?: Line;
}

/** A list that only the asker sees. */
export function listScreen({ heading, items, empty, foot }: ListScreen, reading: Reading): Message {
  const lines = items.map(tidy);
  const body: readonly Block[] = lines.length === 0 ? [text(empty)] : [{ kind: 'list', items: lines }];
  const plain = lines.length === 0 ? empty : lines.map((line) => plainLine(line, reading)).join('; ');
  return {
    blocks: [{ kind: 'heading', text: heading }, ...body, ...(foot === undefined ? [] : [context(...foot)])],
    tone: 'calm',
    plain: `${heading}: ${plain}`,
    notify: [],
  };
}

/** One incident as a line of a list: number, how bad, title, state, who has it. */
export function incidentItem(incident: Incident, directory: Directory): Line {
  const { acknowledgedBy, status } = incident;
  const taken: Line = acknowledgedBy === null ? ['nobody has it'] : [actorSpan(acknowledgedBy), ' has it'];
  return [
    { incident: incident.id },
    ` ${drillMark(incident)}${severityName(incident.severity, directory)} · ${titleOf(incident)} · ${status} · `,
    ...taken,
    ' · since ',
    { time: beganAt(incident) },
  ];
}

/** The tasks of an incident. */
export function tasksScreen({ tasks, id }: Incident, reading: Reading): Message {
  const items = tasks.map(({ number, text: words, owner, due, doneAt }): Line => [
    `${number}. ${doneAt === null ? '☐' : '☑'} `,
    words,
    ...(owner === null ? [] : [' – ', { person: owner }]),
    ...(due === null || doneAt !== null ? [] : [', due ', { time: due }]),
    ...(doneAt === null ? [] : [', done ', { time: doneAt }]),
  ]);
  const foot: Line = [
    'Tick one off with ',
    { code: 'task done 1' },
    ', add one with ',
    { code: 'task roll back the deploy @ben' },
    '.',
  ];
  return listScreen({ heading: `Tasks of #${id}`, items, empty: 'There are none yet.', foot }, reading);
}
