import { soundsLikeFollowUp } from './actions.ts';
import type { Anchors } from './anchors.ts';
import {
  isAside,
  isCleared,
  isDeploy,
  isFiring,
  isOffTopic,
  isQuestion,
  saysImpact,
  saysRecovered,
  wordsOf,
} from './line-kinds.ts';
import { POSTS, WORDS } from './lexicon.ts';
import type { Line } from './sanitise.ts';
import weights from './weights.json' with { type: 'json' };

/** What can be seen in one message; each has a weight in weights.json. */
export type Signal = keyof typeof weights.signals;

/** What the signals of one line are judged against. */
export interface Setting {
  readonly anchors: Anchors;
  readonly topic: ReadonlySet<string>;
  readonly responders: ReadonlySet<string>;
  readonly agreed: ReadonlySet<string>;
  readonly untimely: { readonly beforeMs: number; readonly afterMs: number };
}

/** Names the signals of one line. */
export function signalsOf(line: Line, setting: Setting): readonly Signal[] {
  const found = line.bot ? botSignals(line, setting) : humanSignals(line, setting);
  const common: [Signal, boolean][] = [
    ['keyTime', isKeyTime(line, setting.anchors)],
    ['pinned', line.pinned],
    ['beforeTheStart', line.atMs < setting.untimely.beforeMs && !isDeploy(line)],
    ['afterTheEnd', line.atMs > setting.untimely.afterMs],
    ['masked', line.redacted],
  ];
  return [...found, ...common].filter(([, is]) => is).map(([signal]) => signal);
}

function isKeyTime(line: Line, { detected, acknowledged, mitigated, resolved }: Anchors): boolean {
  return [detected, acknowledged, mitigated, resolved].includes(line);
}

const MINOR_EVENTS = /^(?:role|task|page|incident\.(?:role|task|note|summar|rename|invite|room|record|page))/;

function botSignals(line: Line, { anchors }: Setting): [Signal, boolean][] {
  const { text, event } = line;
  const isLifecycle = event !== undefined && !MINOR_EVENTS.test(event);
  return [
    ['lifecycle', isLifecycle],
    ['role', event !== undefined && !isLifecycle],
    ['deploy', isDeploy(line)],
    ['firstFiring', anchors.firstFirings.has(line.id)],
    ['repeatedFiring', anchors.repeated.has(line.id)],
    ['cleared', isCleared(line)],
    ['tracker', event === undefined && POSTS.tracker.test(text) && !POSTS.chore.test(text)],
    [
      'botChatter',
      line !== anchors.acknowledged &&
        event === undefined &&
        !isDeploy(line) &&
        !isFiring(line) &&
        !isCleared(line) &&
        !POSTS.tracker.test(text),
    ],
  ];
}

function humanSignals(line: Line, setting: Setting): [Signal, boolean][] {
  const { text } = line;
  const prose = text
    .replace(/```[\s\S]*?(?:```|$)/g, ' ')
    .replace(/https?:\/\/\S+/g, ' ')
    .trim();
  const isUnsure = WORDS.hedge.test(text);
  const length = prose.split(/\s+/).filter(Boolean).length;
  return [
    ['question', isQuestion(text)],
    ['short', length < 4],
    ['long', length > 30],
    ['bare', prose.length < 3],
    ['code', text.includes('```') && prose.length >= 3],
    ['recovered', saysRecovered(line)],
    ['closing', WORDS.closing.test(text) && !isAside(text)],
    ['acknowledging', WORDS.ack.test(text)],
    ['decision', WORDS.decision.test(text)],
    ['cause', WORDS.cause.test(text)],
    ['finding', WORDS.finding.test(text) && !WORDS.nothingFound.test(text)],
    ['impact', saysImpact(text) && !WORDS.nothingFound.test(text)],
    ['done', WORDS.done.test(text)],
    ['doing', WORDS.doing.test(text)],
    ['communication', WORDS.comms.test(text) && !isUnsure],
    ['escalation', WORDS.escalation.test(text)],
    ['measured', /\d/.test(prose) && /\d ?(?:%|ms|s\b|min|\/|x\b|tickets|reports|k\b|gb|mb)/i.test(prose)],
    ['onTopic', wordsOf(text).some((word) => setting.topic.has(word))],
    ['agreedWith', setting.agreed.has(line.id)],
    ['hedge', isUnsure],
    ['offTopic', isOffTopic(text)],
    ['logistics', WORDS.logistics.test(text)],
    ['elsewhere', WORDS.elsewhere.test(text)],
    ['memory', WORDS.memory.test(text)],
    ['nothingFound', WORDS.nothingFound.test(text)],
    [
      'courtesy',
      WORDS.thanks.test(text) || (WORDS.agreement.test(text) && length < 8 && !WORDS.ack.test(text)),
    ],
    ['responder', setting.responders.has(line.user)],
    [
      'followUp',
      line.atMs > (setting.anchors.mitigated?.atMs ?? Number.POSITIVE_INFINITY) && soundsLikeFollowUp(text),
    ],
    ['joke', line.reactions.some(({ name }) => /joy|laugh|rofl|lol|sweat_smile|clown/.test(name))],
  ];
}
