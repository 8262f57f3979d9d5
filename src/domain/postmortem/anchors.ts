import { groupAlerts, type AlertGroups } from './alerts.ts';
import { POSTS, WORDS } from './lexicon.ts';
import {
  isAside,
  isCleared,
  isDeploy,
  isFiring,
  isOffTopic,
  isQuestion,
  saysRecovered,
  wordsOf,
} from './line-kinds.ts';
import type { Line } from './sanitise.ts';

/** The lines that hold the incident together. A key time rests on one of them; undefined is "not in the record". */
export interface Anchors extends AlertGroups {
  readonly detected: Line | undefined;
  readonly acknowledged: Line | undefined;
  readonly mitigated: Line | undefined;
  readonly resolved: Line | undefined;
}

/** Finds the lines that carry the key times. */
export function findAnchors(lines: readonly Line[], topic: ReadonlySet<string>): Anchors {
  const alerts = groupAlerts(lines);
  const detected = findDetection(lines, topic);
  const from = detected?.atMs ?? lines[0]?.atMs ?? 0;
  const acknowledged = lines.find((line) => line.atMs >= from && isAck(line, detected));
  const after = lines.filter((line) => line.atMs >= from && line !== detected);
  const closed = after.findLast((line) => line.event === 'incident.resolved');
  const mitigated = findRecovery(closed ? after.filter((line) => line.atMs <= closed.atMs) : after);
  const resolved = closed ?? findClosing(after, mitigated);
  return {
    detected,
    acknowledged,
    mitigated: mitigated ?? (closed ? undefined : resolved),
    resolved,
    ...alerts,
  };
}

const SECONDED_LINES = 5;
const SECONDED_WITHIN_MS = 15 * 60_000;

function findDetection(lines: readonly Line[], topic: ReadonlySet<string>): Line | undefined {
  const hasAlerts = lines.some(isFiring);
  const first = lines.find(
    (line, i) =>
      isFiring(line) ||
      isReport(line, topic) ||
      (!hasAlerts && complains(line) && (!isQuestion(line.text) || isSeconded(line, lines.slice(i + 1)))) ||
      (line.bot && line.event === undefined && POSTS.tracker.test(line.text) && !POSTS.chore.test(line.text)),
  );
  return first ?? lines.find((line) => line.event === 'incident.declared');
}

function complains(line: Line): boolean {
  const { text } = line;
  return !line.bot && WORDS.symptom.test(text) && !isAside(text) && !WORDS.nothingFound.test(text);
}

function isReport(line: Line, topic: ReadonlySet<string>): boolean {
  return (
    complains(line) && (WORDS.impact.test(line.text) || wordsOf(line.text).some((word) => topic.has(word)))
  );
}

/** "anyone else stuck?" is a sign when another person sees it too. */
function isSeconded(line: Line, later: readonly Line[]): boolean {
  const near = later
    .slice(0, SECONDED_LINES)
    .filter((other) => other.user !== line.user && other.atMs - line.atMs <= SECONDED_WITHIN_MS);
  return near.some((other) => complains(other) || (WORDS.ack.test(other.text) && !other.bot));
}

function isAck(line: Line, detected: Line | undefined): boolean {
  if (line.bot) return /\backnowledged\b/i.test(line.text) || line.event === 'incident.acknowledged';
  const isSelf = line === detected && !/\b(?:looking|checking|investigating|on it)\b/i.test(line.text);
  return (
    !isSelf &&
    WORDS.ack.test(line.text) &&
    !isQuestion(line.text) &&
    !isOffTopic(line.text) &&
    !WORDS.elsewhere.test(line.text)
  );
}

/** It burns again: an alert, or somebody who says so. */
function isRelapse(line: Line): boolean {
  if (line.bot) return isFiring(line);
  if (isAside(line.text) || isQuestion(line.text)) return false;
  return (
    WORDS.relapse.test(line.text) || (complains(line) && BURNS_AGAIN.test(line.text) && !saysRecovered(line))
  );
}

const BURNS_AGAIN = /\b(?:again|(?:is|are) (?:all )?down|everywhere|worse)\b/i;

function findRecovery(lines: readonly Line[]): Line | undefined {
  const relapse = lines.findLastIndex((line, i) => isRelapse(line) && lines.slice(0, i).some(saysRecovered));
  const hasLater = lines.slice(relapse + 1).some(saysRecovered);
  const usable = hasLater ? lines.slice(relapse + 1) : lines;
  const said = usable.find(saysRecovered);
  const cleared = usable.findLast((line, i) => isCleared(line) && !usable.slice(i).some(isFiring));
  if (said && cleared)
    return said.atMs <= cleared.atMs || cleared.atMs < said.atMs - 30 * 60_000
      ? earlier(said, cleared)
      : cleared;
  return said ?? cleared;
}

const earlier = (a: Line, b: Line): Line => (a.atMs <= b.atMs ? a : b);

function findClosing(lines: readonly Line[], mitigated: Line | undefined): Line | undefined {
  const isClosing = (line: Line): boolean =>
    !isFiring(line) &&
    !isDeploy(line) &&
    !isCleared(line) &&
    WORDS.closing.test(line.text) &&
    !isQuestion(line.text) &&
    !isAside(line.text) &&
    !WORDS.hedge.test(line.text);
  const after = lines.filter((line) => !mitigated || line.atMs > mitigated.atMs);
  const said = after.find(isClosing) ?? (mitigated && isClosing(mitigated) ? mitigated : undefined);
  return said ?? lines.findLast(isCleared);
}
