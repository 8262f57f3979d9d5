import { IncidentStatus } from '../../domain/incident/incident.ts';
import { parseDuration } from '../../lib/duration.ts';
import { saying } from '../step.ts';
import { defineIncidentForm, filled, wrong } from './define.ts';

/** Posts a status update, with a new status and the time of the next one if they are given. */
export const update = defineIncidentForm('update', (fields, { actor: by, incident }) => {
  const [text, next] = [filled(fields, 'text'), filled(fields, 'next')];
  const status = IncidentStatus.safeParse(filled(fields, 'status') || incident.status);
  const nextInMs = next === '' ? null : parseDuration(next.replace(/^in\s+/i, ''));
  if (text === '') return wrong('text', 'Say what is known, what is being done, and what comes next.');
  if (!status.success) return wrong('status', 'Choose one of the list.');
  if (next !== '' && nextInMs === null)
    return wrong('next', 'Write it as a duration, for example 30m or 2h.');
  const changed = status.data === incident.status ? null : status.data;
  return saying({
    type: 'incident.post_update',
    by,
    incidentId: incident.id,
    text,
    status: changed,
    nextInMs,
  });
});
