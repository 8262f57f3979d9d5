import { isAside, isDeploy, isOffTopic, isQuestion } from './line-kinds.ts';
import { POSTS } from './lexicon.ts';
import type { ActionItem, Claim, Factor, KeyTimes } from './postmortem-draft.ts';
import type { Line } from './sanitise.ts';
import type { Judged, ScoredLine } from './score.ts';

const MOST_DECISIONS = 6;
const MOST_IMPACTS = 4;
const TRIGGER_BEFORE_MS = 30 * 60_000;

/** A claim that is a line's own words. */
export function quote(line: Line, label?: string): Claim {
  return { text: line.text, messageIds: [line.id], by: line.by, ...(label === undefined ? {} : { label }) };
}

/** What was decided while it burned; "decision:" counts at any time. */
export function findDecisions({ lines, anchors }: Judged): readonly Claim[] {
  const from = anchors.detected?.atMs ?? Number.NEGATIVE_INFINITY;
  const to = (anchors.mitigated ?? anchors.resolved)?.atMs ?? Number.POSITIVE_INFINITY;
  return lines
    .filter(({ line, signals }) => {
      if (line.bot || !signals.has('decision')) return false;
      if (/^\W*(?:decision|decided|agreed)\b/i.test(line.text)) return true;
      return (
        line.atMs >= from &&
        line.atMs <= to &&
        !isQuestion(line.text) &&
        !isOffTopic(line.text) &&
        !signals.has('memory') &&
        !signals.has('logistics') &&
        !signals.has('hedge')
      );
    })
    .slice(0, MOST_DECISIONS)
    .map(({ line }) => quote(line));
}

/** What people outside suffered, in the words of the room. */
export function findImpact({ lines, anchors }: Judged): readonly Claim[] {
  const from = anchors.detected?.atMs ?? Number.NEGATIVE_INFINITY;
  const to = anchors.resolved?.atMs ?? Number.POSITIVE_INFINITY;
  const told = lines.filter(
    ({ line, signals }) =>
      line.atMs >= from &&
      line.atMs <= to &&
      signals.has('impact') &&
      !signals.has('recovered') &&
      !isAside(line.text),
  );
  const best = new Set(told.toSorted((a, b) => b.score - a.score).slice(0, MOST_IMPACTS));
  return told.filter((scored) => best.has(scored)).map(({ line }) => quote(line));
}

/** How it was noticed. */
export function findDetection({ anchors }: Judged): readonly Claim[] {
  const { detected } = anchors;
  return detected ? [quote(detected, detected.bot ? 'noticed by monitoring' : 'noticed by a person')] : [];
}

/** The last change before the first sign. That it came before does not say that it was the cause. */
export function findTrigger({ lines, anchors }: Judged, times: KeyTimes): readonly Claim[] {
  const detectedMs = anchors.detected?.atMs;
  if (detectedMs === undefined) return [];
  const isStart = (line: Line): boolean =>
    line.at === times.impactStart?.at ||
    Math.abs(line.atMs - Date.parse(times.impactStart?.at ?? '')) < 2 * 60_000;
  const deploys = lines.map(({ line }) => line).filter((line) => isDeploy(line) && line.atMs <= detectedMs);
  const change =
    deploys.findLast((line) => isStart(line)) ??
    deploys.findLast((line) => line.atMs >= detectedMs - TRIGGER_BEFORE_MS);
  return change ? [quote(change, 'last change before the first sign')] : [];
}

/** What ended it: what was done between detection and recovery, and the words that said it was over. */
export function findResolution({ lines, anchors }: Judged, threshold: number): readonly Claim[] {
  const from = anchors.detected?.atMs ?? Number.NEGATIVE_INFINITY;
  const end = anchors.mitigated ?? anchors.resolved;
  if (!end) return [];
  const isStep = ({ line, signals, score }: ScoredLine): boolean =>
    line === end ||
    (line.atMs >= from &&
      line.atMs <= end.atMs &&
      score >= threshold &&
      !isQuestion(line.text) &&
      (line.bot
        ? isDeploy(line) && POSTS.undo.test(line.text)
        : signals.has('done') && !signals.has('hedge') && !signals.has('cause')));
  return lines.filter(isStep).map(({ line }) => quote(line, line === end ? 'recovery' : 'step'));
}

/** Lessons that somebody spoke out; nothing is guessed. */
export function findLessons({
  lines,
}: Judged): Readonly<Record<'wentWell' | 'wentPoorly' | 'lucky', readonly Claim[]>> {
  const said = lines.map(({ line }) => line).filter((line) => !line.bot && !isQuestion(line.text));
  const quotesOf = (pattern: RegExp): readonly Claim[] =>
    said.filter((line) => pattern.test(line.text)).map((line) => quote(line));
  return {
    wentWell: quotesOf(
      /\bwent (?:really |very )?(?:well|smoothly)\b|\b(?:good|positive|well)\s*:|\bworked (?:really |very )?well\b/i,
    ),
    wentPoorly: quotesOf(
      /\bwent (?:really |very )?(?:badly|poorly|wrong)\b|\b(?:bad|negative|poorly|badly)\s*:|\bshould(?:'ve| have) (?:been|had|caught|noticed|paged|alerted)\b|\b(?:nobody|no one) (?:saw|noticed|was (?:paged|told))\b|\btook (?:too|way too) long\b/i,
    ),
    lucky: quotesOf(/\b(?:luck(?:y|ily)|fortunate(?:ly)?|by chance)\b/i),
  };
}

/** What the summary is made of. */
export interface SummaryParts {
  readonly detection: readonly Claim[];
  readonly impact: readonly Claim[];
  readonly factors: readonly Factor[];
  readonly resolution: readonly Claim[];
  readonly decisions: readonly Claim[];
  readonly actionItems: readonly ActionItem[];
}

/** The incident in a few cited sentences, in the words of those who were there. */
export function summarise({
  detection,
  impact,
  factors,
  resolution,
  decisions,
}: SummaryParts): readonly Claim[] {
  const cause = factors.find(({ status }) => status === 'stated');
  const labelled = (claim: Claim | undefined, label: string): readonly Claim[] =>
    claim
      ? [
          {
            text: claim.text,
            messageIds: claim.messageIds,
            label,
            ...(claim.by === undefined ? {} : { by: claim.by }),
          },
        ]
      : [];
  return [
    ...labelled(detection[0], 'first sign'),
    ...labelled(
      impact.find(({ messageIds }) => !messageIds.some((id) => detection[0]?.messageIds.includes(id))),
      'impact',
    ),
    ...labelled(cause, 'stated as a cause'),
    ...labelled(decisions.at(-1), 'decided'),
    ...labelled(resolution.at(-1), 'recovery'),
  ];
}
