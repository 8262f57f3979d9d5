import { BOT } from '../../domain/actor.ts';
import { draftPostmortem } from '../../domain/postmortem/draft.ts';
import { renderMarkdown } from '../../domain/postmortem/markdown.ts';
import type { Incident } from '../../domain/incident/incident.ts';
import type { EffectHandler, Outcome } from '../../engine/effect-handler.ts';
import type { ChatFailure, SpokenMessage } from '../platform.ts';
import { postmortemPost } from '../views/postmortem-post.ts';
import { DONE, outcomeOf, roomIdOf } from './parts.ts';
import type { ChatEffectParts } from './parts.ts';
import { factsOf } from './postmortem-facts.ts';
import { transcriptOf } from './postmortem-transcript.ts';

/** Drafts the postmortem from what was said in the room and from the log, posts it there and records it. */
export function publishPostmortem(parts: ChatEffectParts): EffectHandler<'postmortem.publish'> {
  const { chat, reads, directory } = parts;
  return async ({ incidentId }, { key }) => {
    const incident = await reads.findIncident(incidentId);
    if (incident === null) return DONE;
    const spoken = await spokenIn(incident, parts);
    if ('kind' in spoken) return outcomeOf(spoken, { chat, what: 'show what was said in the room' });
    const record = { incident, spoken, events: await reads.eventsOf(incidentId), directory: directory() };
    const draft = draftPostmortem(transcriptOf(record), factsOf(record));
    const roomId = roomIdOf(incident, chat);
    if (roomId !== null) {
      const message = postmortemPost({
        incident,
        draft,
        markdown: renderMarkdown(draft),
        directory: directory(),
      });
      const posted = await chat.post(roomId, message, key);
      if (!posted.ok) return outcomeOf(posted.failure, { chat, what: 'post the postmortem draft' });
    }
    return recorded(incidentId, draft.timeline.length, draft.actionItems.length);
  };
}

function recorded(incidentId: number, entries: number, actions: number): Outcome {
  return {
    kind: 'done',
    next: [{ type: 'incident.record_postmortem', by: BOT, incidentId, entries, actions }],
  };
}

/** What was said in the room; nothing where there is no room, or none that can be read any more: the log alone still gives a draft. */
async function spokenIn(
  incident: Incident,
  { chat }: ChatEffectParts,
): Promise<readonly SpokenMessage[] | ChatFailure> {
  const roomId = roomIdOf(incident, chat);
  if (roomId === null) return [];
  const transcript = await chat.transcript(roomId);
  if (transcript.ok) return transcript.value;
  return transcript.failure.kind === 'temporary' ? transcript.failure : [];
}
