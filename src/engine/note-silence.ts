import { BOT } from '../domain/actor.ts';
import type { EffectHandler } from './effect-handler.ts';

/** Puts what happened to a silence on the record of its incident, in Firebell's own name: whoever did it may not be in that incident. */
export const noteSilence: EffectHandler<'incident.note_silence'> = async ({ incidentId, text }) => ({
  kind: 'done',
  next: [{ type: 'incident.record_silence', by: BOT, incidentId, text }],
});
