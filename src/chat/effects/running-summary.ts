import type { Incident } from '../../domain/incident/incident.ts';
import type { Answer, MessageRef, RoomDocument } from '../platform.ts';
import { runningSummary, summaryPost } from '../views/running-summary.ts';
import type { ChatEffectParts } from './parts.ts';
import { stand } from './standing.ts';

const REMEMBERED = 500;

/** Keeps the running summary beside the rooms of incidents, where a platform has documents. */
export interface Summaries {
  /** Makes it say what is known now: as a document, or pinned in the room where documents are refused. */
  readonly show: (incident: Incident, roomId: string) => Promise<Answer<null>>;
}

/** Remembers what it showed last, to save calls: after a restart each summary is shown once more. */
export function createSummaries(parts: ChatEffectParts): Summaries {
  const { chat, reads, directory } = parts;
  const shown = new Map<string, string>();
  return {
    show: async (incident, roomId) => {
      if (chat.showDocument === undefined) return { ok: true, value: null };
      const events = await reads.eventsOf(incident.id);
      const summary = runningSummary(incident, { events, directory: directory() });
      if (shown.get(roomId) === summary.markdown) return { ok: true, value: null };
      const kept = await chat.showDocument(roomId, summary);
      if (!kept.ok) return kept;
      const done = kept.value === 'shown' ? kept : await pinned(incident, { roomId, summary }, parts);
      if (!done.ok) return done;
      remember(shown, roomId, summary.markdown);
      return { ok: true, value: null };
    },
  };
}

interface Pinning {
  readonly roomId: string;
  readonly summary: RoomDocument;
}

/** One message for each room, edited as things change. */
async function pinned(
  incident: Incident,
  { roomId, summary }: Pinning,
  { chat }: ChatEffectParts,
): Promise<Answer<MessageRef | null>> {
  const message = summaryPost(incident, summary);
  const standing = await stand(chat, { roomId, key: `summary:${incident.id}`, message });
  return standing.ok ? chat.pin(standing.value) : standing;
}

function remember(shown: Map<string, string>, roomId: string, markdown: string): void {
  shown.delete(roomId);
  shown.set(roomId, markdown);
  const [oldest] = shown.keys();
  if (shown.size > REMEMBERED && oldest !== undefined) shown.delete(oldest);
}
