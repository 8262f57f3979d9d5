import { confirmAcknowledged } from '../commands/ack.ts';
import { saying } from '../step.ts';
import { defineIncidentAction } from './define.ts';

/** Acknowledge: under a page it answers that page. */
export const acknowledge = defineIncidentAction({
  name: 'acknowledge',
  typed: 'ack',
  press: ({ pageId }, asking) => {
    const { actor: by, incident } = asking;
    return saying(
      { type: 'escalation.acknowledge', by, incidentId: incident.id, pageId, promiseMs: null },
      (done) => confirmAcknowledged(done, asking),
    );
  },
});
