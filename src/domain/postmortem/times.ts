import { isAside, isDeploy, isFiring, isQuestion } from './line-kinds.ts';
import { statedInstants, statedSpan } from './clock-words.ts';
import type { FactInstant, IncidentFacts } from './facts.ts';
import { WORDS } from './lexicon.ts';
import type { Claim, KeyTime, KeyTimes } from './postmortem-draft.ts';
import type { Line } from './sanitise.ts';
import type { Judged } from './score.ts';

const MINUTE = 60_000;
const DEPLOY_BEFORE = 30 * MINUTE;
const LONGEST_UNSEEN = 48 * 60 * MINUTE;
const AFTER_DETECTION = 2 * MINUTE;
const APART = 10 * MINUTE;

/** The key times with the question to ask where two candidates are too far apart to choose. */
export interface TimesFound {
  readonly times: KeyTimes;
  readonly questions: readonly Claim[];
}

/** Proposes the key times. Words in the room come first; a click is used only where nobody said anything, and never as the start or end of the impact when somebody stated it. */
export function findTimes(judged: Judged, zone: string, facts: IncidentFacts): TimesFound {
  const { anchors } = judged;
  const isClick = anchors.detected?.event !== undefined;
  const noticed = earliest(
    isClick ? null : fromLine(anchors.detected, 'first sign in the room'),
    fromFact(facts.detectedAt, 'first alert'),
  );
  // A click tells when people knew at the latest; it never tells when the impact began.
  const detected =
    noticed ??
    fromLine(anchors.detected, 'declare command') ??
    fromFact(facts.declaredAt, 'declare command', 'low');
  const lines = judged.lines.map(({ line }) => line);
  const starts = detected ? impactStarts(lines, detected, zone) : [];
  const times: KeyTimes = {
    impactStart:
      starts[0] ??
      (noticed ? { ...noticed, source: `not stated; ${noticed.source}`, confidence: 'low' } : null),
    detected,
    acknowledged: earliest(
      fromLine(anchors.acknowledged, 'said in the room'),
      fromFact(facts.acknowledgedAt, 'acknowledged page'),
    ),
    mitigated:
      statedRecovery(anchors.mitigated, detected, zone) ?? fromFact(facts.mitigatedAt, 'click', 'low'),
    resolved:
      fromLine(anchors.resolved, anchors.resolved?.event ? 'resolve command' : 'said in the room') ??
      fromFact(facts.resolvedAt, 'resolve command'),
  };
  return { times, questions: questionsOf(times, starts) };
}

function fromLine(line: Line | undefined, source: string): KeyTime | null {
  if (!line) return null;
  return { at: line.at, messageIds: [line.id], source, confidence: line.bot ? 'high' : 'medium' };
}

function fromFact(
  fact: FactInstant | undefined,
  source: string,
  confidence: KeyTime['confidence'] = 'high',
): KeyTime | null {
  const atMs = Date.parse(fact?.at ?? '');
  if (!fact || Number.isNaN(atMs)) return null;
  return { at: new Date(atMs).toISOString(), messageIds: [], eventIds: fact.eventIds, source, confidence };
}

function earliest(a: KeyTime | null, b: KeyTime | null): KeyTime | null {
  if (!a || !b) return a ?? b;
  return a.at <= b.at ? a : b;
}

/** Candidates for the start of the impact, best first. */
function impactStarts(lines: readonly Line[], detected: KeyTime, zone: string): readonly KeyTime[] {
  const detectedMs = Date.parse(detected.at);
  const isPossible = (atMs: number): boolean =>
    atMs <= detectedMs + AFTER_DETECTION && atMs >= detectedMs - LONGEST_UNSEEN;
  const useful = lines.filter((line) => !isAside(line.text) && !isQuestion(line.text));
  const stated = useful
    .flatMap((line) => statedStarts(line, zone))
    .filter(({ at }) => isPossible(Date.parse(at)))
    .toReversed();
  const changes = useful
    .flatMap((line) => statedChanges(line, zone))
    .filter(({ at }) => isPossible(Date.parse(at)));
  const spans = lines.flatMap((line) => spanOf(line)).filter(({ at }) => isPossible(Date.parse(at)));
  const deploys = lines
    .filter((line) => isDeploy(line) && line.atMs <= detectedMs && line.atMs >= detectedMs - DEPLOY_BEFORE)
    .map((line): KeyTime => ({
      at: line.at,
      messageIds: [line.id],
      source: 'last change before the first sign',
      confidence: 'medium',
    }))
    .toReversed();
  return [...stated, ...changes, ...spans, ...deploys];
}

const START_BEFORE =
  /\b(?:since|began|begins|started|starting|start(?:s)?|first (?:\w+ ){0,3}|onset|(?:down|errors?|failing|broken|outage|unreachable|affected)\b[^.;]{0,20}\bfrom|as of|went (?:down|dark|away)|died|broke|stopped)\s*(?:\w+\s+)?(?:at|around|about|on|~|was|is|=|:)?\s*(?:about |around |~)?(?:yesterday(?: at)? |today(?: at)? )?$/i;

/** "dead since 11:21", "first errors at 14:03". */
function statedStarts(line: Line, zone: string): readonly KeyTime[] {
  return statedInstants(line.text, line.atMs, zone)
    .filter(({ index }) => START_BEFORE.test(line.text.slice(Math.max(0, index - 40), index)))
    .filter(() => !WORDS.recovered.test(line.text))
    .map(({ atMs }) => stated(line, atMs, 'stated in the room', 'high'));
}

const CHANGE = String.raw`(?:release|deploy\w*|rollout|upgrade|change|config\w*|merge|push|migration|update|restart|cron|job|switch\w*|patch|version|build)`;
const CHANGE_AFTER = new RegExp(String.raw`^\s*(?:\w+\s+)?${CHANGE}\b`, 'i');
const CHANGE_BEFORE = new RegExp(
  String.raw`\b${CHANGE}\b[^.;\n]{0,30}\b(?:at|from|of|on|around|ran|since)\s*(?:about |around |~)?$`,
  'i',
);

/** "the 14:02 release wraps …", "the config change went out at 16:55". */
function statedChanges(line: Line, zone: string): readonly KeyTime[] {
  if (line.bot || !WORDS.cause.test(line.text)) return [];
  return statedInstants(line.text, line.atMs, zone)
    .filter(
      ({ index, end }) =>
        CHANGE_AFTER.test(line.text.slice(end)) ||
        CHANGE_BEFORE.test(line.text.slice(Math.max(0, index - 60), index)),
    )
    .map(({ atMs }) => stated(line, atMs, 'time of the change named as a cause', 'medium'));
}

/** "probe failed for 5m", "errors started 20 minutes ago". */
function spanOf(line: Line): readonly KeyTime[] {
  const isSign =
    isFiring(line) ||
    (!line.bot &&
      WORDS.symptom.test(line.text) &&
      !isAside(line.text) &&
      !isQuestion(line.text) &&
      !WORDS.recovered.test(line.text) &&
      !WORDS.done.test(line.text));
  const span = isSign ? statedSpan(line.text) : undefined;
  return span === undefined
    ? []
    : [
        stated(
          line,
          line.atMs - span,
          line.bot ? 'duration in the alert' : 'duration stated in the room',
          'medium',
        ),
      ];
}

const RECOVERED_AT = /\b(?:since|at|as of|around|from)\s*(?:about |around |~)?$/i;

function statedRecovery(line: Line | undefined, detected: KeyTime | null, zone: string): KeyTime | null {
  const said = fromLine(line, line?.bot ? 'alert cleared' : 'said in the room');
  if (!line || line.bot || !said) return said;
  const before = (index: number): string => line.text.slice(Math.max(0, index - 20), index);
  const earlier = statedInstants(line.text, line.atMs, zone).findLast(
    ({ index, atMs }) =>
      RECOVERED_AT.test(before(index)) && atMs <= line.atMs && (!detected || atMs > Date.parse(detected.at)),
  );
  return earlier ? stated(line, earlier.atMs, 'stated in the room', 'high') : said;
}

function stated(line: Line, atMs: number, source: string, confidence: KeyTime['confidence']): KeyTime {
  return { at: new Date(atMs).toISOString(), messageIds: [line.id], source, confidence };
}

function questionsOf(times: KeyTimes, starts: readonly KeyTime[]): readonly Claim[] {
  const questions: Claim[] = [];
  const [best, ...others] = starts;
  const other = best && others.find(({ at }) => Math.abs(Date.parse(at) - Date.parse(best.at)) > APART);
  if (best && other) {
    const text = `When did the impact start: ${best.at} (${best.source}) or ${other.at} (${other.source})?`;
    questions.push({ text, messageIds: [...new Set([...best.messageIds, ...other.messageIds])] });
  }
  if (!starts.length && times.detected)
    questions.push({
      text: `When did the impact start? Nobody said${times.impactStart ? '; the first sign is shown' : ''}.`,
      messageIds: times.detected.messageIds,
    });
  for (const [name, time] of Object.entries({
    acknowledged: times.acknowledged,
    mitigated: times.mitigated,
    resolved: times.resolved,
  })) {
    if (!time)
      questions.push({ text: `When was the incident ${name}? It is not in the record.`, messageIds: [] });
  }
  return questions;
}
