import { isAside, isQuestion, wordsOf } from './anchors.ts';
import { WORDS } from './lexicon.ts';
import type { Factor } from './postmortem-draft.ts';
import type { Line } from './sanitise.ts';
import type { Judged, ScoredLine } from './score.ts';
import weights from './weights.json' with { type: 'json' };

const MOST = 3;
const ANSWER_LINES = 8;
const ANSWER_WITHIN_MS = 6 * 60_000;
const NAMES_A_CHANGE =
  /\b(?:deploy\w*|release|merge(?: request)?|pull request|[mp]r\b|commit|config\w*|setting|upgrade|update|migration|rollout|patch|version|v?\d+\.\d+|flag|cert\w*|change[ds]?)\b/i;

/** Finds what people stated as a cause, at most three, and the hypotheses they dropped. Nothing here is a finding of the machine. */
export function findFactors(judged: Judged): readonly Factor[] {
  const { anchors } = judged;
  const from = anchors.detected?.atMs ?? Number.NEGATIVE_INFINITY;
  const talk = judged.lines.filter(({ line }) => !line.bot && line.atMs >= from);
  const ruledOut = findRuledOut(talk.map(({ line }) => line));
  const dropped = new Set(ruledOut.flatMap(({ messageIds }) => messageIds));
  const open = talk.filter(({ line }) => !dropped.has(line.id));
  const rated = open.map((scored) => ({ scored, rating: rate(scored) }));
  const strong = rated
    .filter(({ rating }) => rating >= weights.factors.threshold)
    .toSorted((a, b) => b.rating - a.rating)
    .slice(0, MOST);
  const best = strong.length
    ? strong
    : rated
        .filter(({ scored, rating }) => scored.signals.has('finding') && rating > 0)
        .toSorted((a, b) => b.rating - a.rating)
        .slice(0, 1);
  const stated = best.map(({ scored: { line } }) =>
    toFactor(
      line,
      talk.map((other) => other.line),
    ),
  );
  return [...withoutDoubles(stated), ...ruledOut];
}

function rate({ line, signals }: ScoredLine): number {
  const w = weights.factors;
  let rating = 0;
  if (signals.has('cause')) rating += w.cause;
  if (signals.has('finding')) rating += w.finding;
  if (signals.has('pinned')) rating += w.pinned;
  if (signals.has('agreedWith')) rating += w.agreedWith;
  if (signals.has('responder')) rating += w.responder;
  if (signals.has('onTopic')) rating += w.onTopic;
  if (signals.has('hedge')) rating += w.hedge;
  if (WORDS.agreement.test(line.text) && signals.has('cause')) rating += w.confirms;
  if (NAMES_A_CHANGE.test(line.text)) rating += w.namesAChange;
  const acts =
    signals.has('done') || signals.has('doing') || signals.has('decision') || signals.has('communication');
  if (acts) rating += w.acts;
  if (
    isQuestion(line.text) ||
    isAside(line.text) ||
    signals.has('recovered') ||
    signals.has('nothingFound') ||
    signals.has('short') ||
    signals.has('courtesy')
  )
    rating += w.notACause;
  if (signals.has('afterTheEnd') || signals.has('acknowledging')) rating += w.outOfPlace;
  return rating;
}

/** A confirmation ("yes. the merge from yesterday changed exactly that") stands on the hypothesis it answers. */
function toFactor(line: Line, talk: readonly Line[]): Factor {
  const before = talk.slice(0, talk.indexOf(line));
  const answered = WORDS.agreement.test(line.text)
    ? before
        .slice(-4)
        .findLast(
          (earlier) =>
            earlier.user !== line.user &&
            WORDS.cause.test(earlier.text) &&
            !isAside(earlier.text) &&
            !isQuestion(earlier.text),
        )
    : undefined;
  const messageIds = answered ? [answered.id, line.id] : [line.id];
  const text = answered ? `${answered.text} / ${line.text}` : line.text;
  const by = answered ? `${answered.by}, ${line.by}` : line.by;
  return { text, messageIds, by, label: `stated as a cause by ${by}`, status: 'stated' };
}

function withoutDoubles(factors: readonly Factor[]): readonly Factor[] {
  const longest = factors.toSorted((a, b) => b.messageIds.length - a.messageIds.length);
  const kept = longest.filter(
    (factor, i) =>
      !longest.slice(0, i).some((other) => factor.messageIds.every((id) => other.messageIds.includes(id))),
  );
  return factors.filter((factor) => kept.includes(factor));
}

function findRuledOut(talk: readonly Line[]): readonly Factor[] {
  const found: Factor[] = [];
  talk.forEach((line, i) => {
    if (isAside(line.text)) return;
    if (
      /\b(?:i|we) (?:first )?thought (?:it was|it'?s)\b.*\bbut (?:no|it (?:wasn'?t|isn'?t))\b|\bruled? out\b|\bwe can exclude\b|\bred herring\b/i.test(
        line.text,
      )
    ) {
      found.push(ruledOut(line, []));
      return;
    }
    if (!WORDS.hypothesis.test(line.text)) return;
    const no = talk
      .slice(i + 1, i + 1 + ANSWER_LINES)
      .filter((reply) => contradicts(reply, line, i === talk.indexOf(reply) - 1));
    if (no.length) found.push(ruledOut(line, no));
  });
  return found;
}

function contradicts(reply: Line, line: Line, isNext: boolean): boolean {
  if (!WORDS.contradiction.test(reply.text) || isQuestion(reply.text)) return false;
  if (reply.thread !== undefined && (reply.thread === line.id || reply.thread === line.thread)) return true;
  if (reply.thread !== line.thread || reply.atMs - line.atMs > ANSWER_WITHIN_MS) return false;
  const words = new Set(wordsOf(line.text));
  return (
    (isNext && /^(?:no|nope|not)\b/i.test(reply.text)) || wordsOf(reply.text).some((word) => words.has(word))
  );
}

function ruledOut(line: Line, because: readonly Line[]): Factor {
  const text = [line, ...because].map(({ text: said }) => said).join(' / ');
  return {
    text,
    messageIds: [line, ...because].map(({ id }) => id),
    by: line.by,
    label: `ruled out; said by ${line.by}`,
    status: 'ruled-out',
  };
}
