import { isAside, isQuestion, wordsOf } from './line-kinds.ts';
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
  const recoveredMs = anchors.mitigated?.atMs ?? Number.POSITIVE_INFINITY;
  const rated = open.map((scored) => ({ scored, rating: rate(scored, recoveredMs) }));
  const ranked = rated.toSorted((a, b) => b.rating - a.rating);
  const strong = ranked.filter(({ rating }) => rating >= weights.factors.threshold).slice(0, MOST);
  // Nobody named a cause outright: the clearest finding is better than an empty page, and it is cited as said.
  const weak = ranked.filter(
    ({ scored, rating }) => rating > 0 && (scored.signals.has('cause') || scored.signals.has('finding')),
  );
  const stated = (strong.length ? strong : weak.slice(0, 1)).map(({ scored }) =>
    toFactor(
      scored.line,
      open.map(({ line }) => line),
    ),
  );
  return [...withoutDoubles(stated), ...ruledOut];
}

function rate({ line, signals }: ScoredLine, recoveredMs: number): number {
  const w = weights.factors;
  const { text } = line;
  const acts =
    signals.has('doing') ||
    signals.has('decision') ||
    signals.has('communication') ||
    (signals.has('done') && !signals.has('cause'));
  const isNone =
    isQuestion(text) ||
    isAside(text) ||
    WORDS.improving.test(text) ||
    NO_CAUSE.some((signal) => signals.has(signal));
  const seen: readonly (readonly [boolean, number])[] = [
    [signals.has('cause'), w.cause],
    [signals.has('finding'), w.finding],
    [signals.has('pinned'), w.pinned],
    [signals.has('agreedWith'), w.agreedWith],
    [signals.has('responder'), w.responder],
    [signals.has('onTopic'), w.onTopic],
    [signals.has('hedge'), w.hedge],
    [signals.has('cause') && WORDS.agreement.test(text), w.confirms],
    [NAMES_A_CHANGE.test(text), w.namesAChange],
    [acts, w.acts],
    [isNone, w.notACause],
    [line.atMs > recoveredMs, w.afterRecovery],
    [signals.has('afterTheEnd') || signals.has('acknowledging'), w.outOfPlace],
  ];
  return seen.reduce((sum, [is, weight]) => sum + (is ? weight : 0), 0);
}

const NO_CAUSE = ['recovered', 'nothingFound', 'short', 'courtesy'] as const;

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
    (isNext && /^(?:no|nope|not)\b(?! (?:idea|clue|body|one|problem|worries))/i.test(reply.text)) ||
    wordsOf(reply.text).some((word) => words.has(word))
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
