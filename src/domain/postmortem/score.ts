import { findAnchors, type Anchors } from './anchors.ts';
import { isAside, isFiring, isQuestion, wordsOf } from './line-kinds.ts';
import { WORDS } from './lexicon.ts';
import type { Line } from './sanitise.ts';
import { signalsOf, type Setting, type Signal } from './signals.ts';
import weights from './weights.json' with { type: 'json' };

/** One line with what was seen in it and the sum of the weights. */
export interface ScoredLine {
  readonly line: Line;
  readonly signals: ReadonlySet<Signal>;
  readonly score: number;
}

/** The record, judged. */
export interface Judged {
  readonly lines: readonly ScoredLine[];
  readonly anchors: Anchors;
  readonly setting: Setting;
}

const AGREES_WITHIN = 3;
const LEAST_CAP = 14;
const CAP_SHARE = 0.25;

/** Judges every line by the linear model of weights.json. */
export function judge(lines: readonly Line[], title: string): Judged {
  const topic = topicOf(lines, title);
  const anchors = findAnchors(lines, topic);
  const setting: Setting = {
    anchors,
    topic,
    responders: findResponders(lines, anchors),
    agreed: findAgreed(lines),
    untimely: {
      beforeMs: anchors.detected?.atMs ?? Number.NEGATIVE_INFINITY,
      afterMs: anchors.resolved?.atMs ?? Number.POSITIVE_INFINITY,
    },
  };
  return { lines: lines.map((line) => scoreLine(line, setting)), anchors, setting };
}

/** Picks the lines worth a place in the timeline: above the threshold, best first up to the cap, given back in the order of time. */
export function pick({ lines }: Judged): readonly ScoredLine[] {
  const cap = Math.max(LEAST_CAP, Math.ceil(lines.length * CAP_SHARE));
  const best = lines.filter(({ score }) => score >= weights.threshold).toSorted((a, b) => b.score - a.score);
  const kept = new Set(best.slice(0, cap));
  return lines.filter((line) => kept.has(line));
}

function scoreLine(line: Line, setting: Setting): ScoredLine {
  const signals = signalsOf(line, setting);
  const score = signals.reduce((sum, signal) => sum + weights.signals[signal], 0);
  return { line, signals: new Set(signals), score };
}

/** The words this incident is about: its title, its alerts and its deploys say them. */
function topicOf(lines: readonly Line[], title: string): ReadonlySet<string> {
  const told = lines
    .filter((line) => isFiring(line) || line.event === 'incident.declared')
    .map(({ text }) => text);
  return new Set([title, ...told].flatMap(wordsOf));
}

/** Who worked on it: named by the bot, acknowledging, acting, deciding, pinning or pinned. The rest stood by. */
function findResponders(lines: readonly Line[], anchors: Anchors): ReadonlySet<string> {
  const people = new Set<string>();
  for (const line of lines) {
    if (line.event !== undefined) for (const id of line.mentions) people.add(id);
    if (line.pinnedBy) people.add(line.pinnedBy);
    if (line.pinned && !line.bot) people.add(line.user);
    if (line.bot || isQuestion(line.text)) continue;
    const acts =
      (WORDS.done.test(line.text) || WORDS.doing.test(line.text)) &&
      !isAside(line.text) &&
      !WORDS.hedge.test(line.text);
    if (acts || WORDS.decision.test(line.text) || line === anchors.acknowledged) people.add(line.user);
  }
  return people;
}

function findAgreed(lines: readonly Line[]): ReadonlySet<string> {
  const agreed = new Set<string>();
  lines.forEach((line, i) => {
    if (line.bot) return;
    const answers = lines
      .slice(i + 1, i + 1 + AGREES_WITHIN)
      .concat(lines.filter((reply) => reply.thread === line.id));
    if (answers.some((reply) => reply.user !== line.user && !reply.bot && WORDS.agreement.test(reply.text)))
      agreed.add(line.id);
  });
  return agreed;
}
