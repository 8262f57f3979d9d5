import { BOT } from '../../domain/actor.ts';
import { draftPostmortem } from '../../domain/postmortem/draft.ts';
import { renderMarkdown } from '../../domain/postmortem/markdown.ts';
import type { PostmortemDraft } from '../../domain/postmortem/postmortem-draft.ts';
import type { RecordedEvent } from '../../domain/event.ts';
import type { Incident } from '../../domain/incident/incident.ts';
import type { EffectHandler, Outcome } from '../../engine/effect-handler.ts';
import type { ChatFailure, SpokenMessage } from '../platform.ts';
import { postmortemPost } from '../views/postmortem-post.ts';
import { roomsOf } from './incident-rooms.ts';
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
    const draft = await draftOf(incident, parts);
    if ('kind' in draft) return outcomeOf(draft, { chat, what: 'show what was said in the room' });
    const roomId = roomIdOf(incident, chat);
    if (roomId !== null) {
      const markdown = renderMarkdown(draft);
      const message = postmortemPost({ incident, draft, markdown, directory: directory() });
      const posted = await chat.post(roomId, message, key);
      // It is told on its own page too: a room that is gone is no reason to do without.
      if (!posted.ok && posted.failure.room === undefined)
        return outcomeOf(posted.failure, { chat, what: 'post the postmortem draft' });
    }
    return recorded(incidentId, draft.timeline.length, draft.actionItems.length);
  };
}

/** The postmortem of an incident in Markdown, drafted from what is on record now; null when there is none to draft. */
export async function postmortemOf(incidentId: number, parts: ChatEffectParts): Promise<string | null> {
  const incident = await parts.reads.findIncident(incidentId);
  if (incident === null || incident.postmortemAt === null) return null;
  const draft = await draftOf(incident, parts);
  return 'kind' in draft ? null : renderMarkdown(draft);
}

async function draftOf(incident: Incident, parts: ChatEffectParts): Promise<PostmortemDraft | ChatFailure> {
  const events = await parts.reads.eventsOf(incident.id);
  const spoken = await spokenIn(incident, events, parts);
  if ('kind' in spoken) return spoken;
  const record = { incident, spoken, events, directory: parts.directory() };
  return draftPostmortem(transcriptOf(record), factsOf(record));
}

function recorded(incidentId: number, entries: number, actions: number): Outcome {
  return {
    kind: 'done',
    next: [{ type: 'incident.record_postmortem', by: BOT, incidentId, entries, actions }],
  };
}

/** What was said in its rooms; nothing where there is none, or none that can be read any more: the log alone still gives a draft. */
async function spokenIn(
  incident: Incident,
  events: readonly RecordedEvent[],
  { chat }: ChatEffectParts,
): Promise<readonly SpokenMessage[] | ChatFailure> {
  const spoken: SpokenMessage[] = [];
  for (const { room, isAbout } of roomsOf(incident, events)) {
    if (room.platform !== chat.name) continue;
    const transcript = await chat.transcript(room.roomId);
    if (!transcript.ok && transcript.failure.kind === 'temporary') return transcript.failure;
    if (!transcript.ok) continue;
    spoken.push(...transcript.value.filter(isAbout));
  }
  return spoken.toSorted((a, b) => a.at.getTime() - b.at.getTime());
}
