import type { Anchors } from './anchors.ts';
import { isCleared, isDeploy, isFiring } from './line-kinds.ts';
import type { FactLine, IncidentFacts, TimelineEdit } from './facts.ts';
import { POSTS } from './lexicon.ts';
import type { EntryKind, TimelineEntry } from './postmortem-draft.ts';
import type { Redact } from './redact.ts';
import type { Judged, ScoredLine } from './score.ts';
import { pick } from './score.ts';

const LONGEST_TEXT = 600;
const SAME_MS = 2000;

/** The timeline, and apart from it the lines a person took out. Both in the order of time. */
export interface Timeline {
  readonly timeline: readonly TimelineEntry[];
  readonly excluded: readonly TimelineEntry[];
}

/** Builds the timeline: the picked messages, the incident's own events that the room did not show, and what people edited afterwards. */
export function buildTimeline(judged: Judged, facts: IncidentFacts, redact: Redact): Timeline {
  const edits = mergeEdits(facts.edits ?? []);
  const asked = new Set([...edits].filter(([, edit]) => edit.include).map(([target]) => target));
  const picked = new Set(pick(judged).map(({ line }) => line.id));
  const said = judged.lines
    .filter(({ line }) => picked.has(line.id) || asked.has(line.id))
    .map((scored) => toEntry(scored, judged.anchors));
  const events = (facts.timeline ?? [])
    .filter((fact) => !isShown(fact, said))
    .flatMap((fact) => fromFact(fact, redact));
  const all = [...said, ...events].map((entry) => applyEdit(entry, edits.get(entry.messageId), redact));
  const sorted = all.toSorted((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
  const isOut = (entry: TimelineEntry): boolean => edits.get(entry.messageId)?.include === false;
  return { timeline: sorted.filter((entry) => !isOut(entry)), excluded: sorted.filter(isOut) };
}

function toEntry({ line, signals, score }: ScoredLine, anchors: Anchors): TimelineEntry {
  const repeats = anchors.repeats.get(line.id);
  return {
    messageId: line.id,
    messageIds: [line.id],
    at: line.at,
    text: shorten(line.text),
    by: line.by,
    kind: kindOf({ line, signals, score }, anchors),
    retro: false,
    score: Math.round(score * 100) / 100,
    ...(repeats === undefined ? {} : { repeats }),
  };
}

const BY_EVENT: Readonly<Record<string, EntryKind>> = {
  'incident.declared': 'declared',
  'severity.changed': 'severity',
  'role.assigned': 'role',
  'incident.resolved': 'resolved',
  'incident.acknowledged': 'acknowledged',
};

function kindOf({ line, signals }: ScoredLine, anchors: Anchors): EntryKind {
  if (line === anchors.detected || isFiring(line) || signals.has('tracker')) return 'detection';
  if (line === anchors.resolved) return 'resolved';
  if (line === anchors.mitigated || isCleared(line)) return 'recovery';
  if (line === anchors.acknowledged) return 'acknowledged';
  if (line.event !== undefined) return BY_EVENT[line.event] ?? 'note';
  if (isDeploy(line))
    return line.atMs < (anchors.detected?.atMs ?? 0) && !POSTS.undo.test(line.text) ? 'trigger' : 'action';
  const order: readonly (readonly [Parameters<typeof signals.has>[0], EntryKind])[] = [
    ['decision', 'decision'],
    ['communication', 'communication'],
    ['recovered', 'recovery'],
    ['done', 'action'],
    ['doing', 'action'],
    ['impact', 'impact'],
    ['escalation', 'escalation'],
    ['cause', 'cause'],
    ['finding', 'finding'],
  ];
  return order.find(([signal]) => signals.has(signal))?.[1] ?? 'note';
}

/** A code block loses its tail, prose is kept up to a length a reader accepts. */
function shorten(text: string): string {
  return text.length <= LONGEST_TEXT ? text : `${text.slice(0, LONGEST_TEXT).trimEnd()} …`;
}

function isShown(fact: FactLine, said: readonly TimelineEntry[]): boolean {
  return said.some(
    (entry) =>
      entry.messageId === fact.source ||
      (entry.text === fact.text && Math.abs(Date.parse(entry.at) - Date.parse(fact.at)) < SAME_MS),
  );
}

function fromFact(fact: FactLine, redact: Redact): readonly TimelineEntry[] {
  const atMs = Date.parse(fact.at);
  if (Number.isNaN(atMs)) return [];
  return [
    {
      messageId: fact.source,
      messageIds: [],
      eventIds: [fact.source],
      at: new Date(atMs).toISOString(),
      text: redact(fact.text),
      kind: 'note',
      retro: false,
    },
  ];
}

function mergeEdits(edits: readonly TimelineEdit[]): ReadonlyMap<string, TimelineEdit> {
  const merged = new Map<string, TimelineEdit>();
  for (const edit of edits) merged.set(edit.target, { ...merged.get(edit.target), ...edit });
  return merged;
}

function applyEdit(entry: TimelineEntry, edit: TimelineEdit | undefined, redact: Redact): TimelineEntry {
  if (edit === undefined || (edit.text === undefined && edit.at === undefined)) return entry;
  const atMs = Date.parse(edit.at ?? entry.at);
  const at = Number.isNaN(atMs) ? entry.at : new Date(atMs).toISOString();
  const original = { text: entry.text, at: entry.at };
  return {
    ...entry,
    text: edit.text === undefined ? entry.text : redact(edit.text),
    at,
    retro: at !== entry.at,
    original,
    ...(edit.by === undefined ? {} : { editedBy: edit.by }),
  };
}
