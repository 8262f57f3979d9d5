import type { Directory } from '../../domain/directory.ts';
import { isOpen } from '../../domain/incident/incident.ts';
import type { Incident } from '../../domain/incident/incident.ts';
import type { Message } from '../message.ts';
import { button, buttons, context, marked } from './blocks.ts';
import { headlineOf } from './naming.ts';

/** What can be done about an incident now, as buttons with their typed equals. */
export function actionMenu(incident: Incident, directory: Directory): Message {
  const { id: value, status } = incident;
  const first =
    incident.acknowledgedAt === null
      ? [button('acknowledge', 'Acknowledge', { value, style: 'primary' })]
      : [];
  const row = isOpen(incident)
    ? [
        ...first,
        button('post-update', 'Post update', { value }),
        button('take-command', 'Take command', { value }),
        button('escalate-now', 'Escalate now', { value }),
        button('add-task', 'Add task', { value }),
        button('resolve', 'Resolve incident', { value }),
      ]
    : [button('draft-postmortem', 'Draft postmortem', { value })];
  const typed = isOpen(incident)
    ? 'Or type: `ack`, `update`, `lead`, `escalate`, `task`, `resolve`, `help`.'
    : 'Or type: `postmortem`, `reopen <reason>`, `timeline`, `help`.';
  return {
    blocks: [
      { kind: 'heading', text: headlineOf(incident, directory) },
      ...buttons(...row),
      context(...marked(typed)),
    ],
    tone: 'calm',
    plain: `${headlineOf(incident, directory)}: ${status}. ${typed.replaceAll('`', '')}`,
    notify: [],
  };
}
