import { findActions } from './actions.ts';
import {
  findDecisions,
  findDetection,
  findImpact,
  findLessons,
  findResolution,
  findTrigger,
  summarise,
} from './claims.ts';
import { knownZone } from './clock-words.ts';
import { findFactors } from './factors.ts';
import type { FactTask, IncidentFacts } from './facts.ts';
import { readsLikeInstruction } from './instruction.ts';
import { nameOf, stripInvisible, toPlainText } from './plain-text.ts';
import type { ActionItem, Claim, Evidence, Metadata, PostmortemDraft } from './postmortem-draft.ts';
import { redactDocument } from './redact.ts';
import { sanitise, type CleanRecord, type Line } from './sanitise.ts';
import { judge, type Judged } from './score.ts';
import { buildTimeline } from './timeline.ts';
import { findTimes } from './times.ts';
import type { Transcript } from './transcript.ts';
import weights from './weights.json' with { type: 'json' };

/** Drafts the postmortem. Pure: the same transcript and facts give the same document; every transcript gives one. */
export function draftPostmortem(transcript: Transcript, facts: IncidentFacts = {}): PostmortemDraft {
  const record = sanitise(transcript, facts.deny ?? []);
  const timezone = knownZone(transcript.timezone);
  const judged = judge(record.lines, transcript.incident.title);
  const { times, questions } = findTimes(judged, timezone, facts);
  const found = {
    detection: findDetection(judged),
    impact: findImpact(judged),
    factors: findFactors(judged),
    resolution: findResolution(judged, weights.threshold),
    decisions: findDecisions(judged),
    actionItems: withTasks(actionsOf(judged, record), facts.tasks ?? []),
  };
  const trigger = findTrigger(judged, times);
  const { timeline, excluded } = buildTimeline(judged, facts, record.redact);
  const lessons = findLessons(judged);
  const draft: Omit<PostmortemDraft, 'evidence'> = {
    schema: 'postmortem-draft/1',
    caseId: transcript.id,
    timezone,
    generator: { mode: 'extractive' },
    metadata: metadataOf(transcript, facts, record),
    summary: [...ownSummary(facts), ...summarise(found)],
    impact: found.impact,
    detection: found.detection,
    trigger,
    resolution: found.resolution,
    timeline,
    excluded,
    times,
    decisions: found.decisions,
    actionItems: found.actionItems,
    factors: found.factors,
    ...lessons,
    openQuestions: [...questions, ...unowned(found.actionItems), ...causeless(judged, found.factors.length)],
    withheld: record.withheld,
  };
  return redactDocument({ ...draft, evidence: evidenceOf(draft, record.lines) }, record.redact);
}

/** Follow-ups count from the end of the impact; with no end said, from the last line: only those with a marker. */
function actionsOf({ anchors }: Judged, { lines, directory }: CleanRecord): readonly ActionItem[] {
  const end = anchors.mitigated ?? anchors.resolved ?? lines.at(-1);
  return findActions(lines, { fromMs: end?.atMs ?? 0, directory });
}

function withTasks(said: readonly ActionItem[], tasks: readonly FactTask[]): readonly ActionItem[] {
  const tracked = tasks.map((task): ActionItem => ({
    text: task.text,
    owner: task.owner,
    ownerName: task.owner,
    due: task.due,
    done: task.doneAt !== undefined,
    messageIds: [],
    eventIds: task.eventIds,
    ...(task.link === undefined ? {} : { link: task.link }),
  }));
  const isTracked = (item: ActionItem): boolean =>
    tasks.some(({ text }) => item.text.toLowerCase().includes(text.toLowerCase()));
  return [...tracked, ...said.filter((item) => !isTracked(item))];
}

function metadataOf(
  transcript: Transcript,
  facts: IncidentFacts,
  { lines, redact, directory }: CleanRecord,
): Metadata {
  const { title, severity } = transcript.incident;
  const clean = (text: string): string => redact(toPlainText(stripInvisible(text), directory));
  return {
    title: readsLikeInstruction(title)
      ? 'Untitled incident (its title reads like an instruction to a machine)'
      : clean(title) || 'Untitled incident',
    number: facts.number ?? null,
    severity: facts.severity ?? severity ?? null,
    incidentStatus: facts.status ?? null,
    documentStatus: 'draft',
    roles: facts.roles ?? rolesOf(lines, directory),
    participants: facts.participants ?? [...new Set(lines.filter(({ bot }) => !bot).map(({ by }) => by))],
    room: clean(transcript.channel),
    platform: transcript.platform,
  };
}

/** "<@U1> is Incident Commander", as the bot said it; the last one in a role counts. */
function rolesOf(lines: readonly Line[], directory: CleanRecord['directory']): Metadata['roles'] {
  const roles = new Map<string, string>();
  for (const line of lines) {
    const person = directory.byId(line.mentions[0] ?? '');
    const role = / is (?:now )?(?:the )?(?<role>[\p{L} -]{3,40})$/u.exec(line.text.trim())?.groups?.['role'];
    if (line.event === 'role.assigned' && person && role) roles.set(role.trim(), nameOf(person));
  }
  return [...roles].map(([role, person]) => ({ role, person }));
}

function ownSummary({ summary }: IncidentFacts): readonly Claim[] {
  return summary
    ? [{ text: summary.text, messageIds: [], eventIds: summary.eventIds, label: 'summary' }]
    : [];
}

function unowned(items: readonly ActionItem[]): readonly Claim[] {
  return items
    .filter(({ owner }) => owner === null)
    .map(({ text, messageIds }) => ({ text: `Who does this: ${text}`, messageIds }));
}

function causeless({ anchors }: Judged, factors: number): readonly Claim[] {
  if (factors > 0 || !anchors.detected) return [];
  return [{ text: 'What contributed to it? Nobody stated a cause.', messageIds: [anchors.detected.id] }];
}

/** Every message the document stands on, once, in the order of time. */
function evidenceOf(draft: Omit<PostmortemDraft, 'evidence'>, lines: readonly Line[]): readonly Evidence[] {
  const claims: readonly Claim[] = [
    ...draft.summary,
    ...draft.impact,
    ...draft.detection,
    ...draft.trigger,
    ...draft.resolution,
    ...draft.timeline,
    ...draft.decisions,
    ...draft.actionItems,
    ...draft.factors,
    ...draft.wentWell,
    ...draft.wentPoorly,
    ...draft.lucky,
    ...draft.openQuestions,
  ];
  const times = Object.values(draft.times).flatMap((time) => time?.messageIds ?? []);
  const cited = new Set([...claims.flatMap(({ messageIds }) => messageIds), ...times]);
  return lines
    .filter(({ id }) => cited.has(id))
    .map(({ id, at, by, permalink }) => ({ messageId: id, at, by, permalink: permalink ?? null }));
}
