import { isOffTopic, isQuestion, wordsOf } from './line-kinds.ts';
import { WORDS } from './lexicon.ts';
import type { Directory } from './plain-text.ts';
import { nameOf } from './plain-text.ts';
import type { ActionItem } from './postmortem-draft.ts';
import type { Line } from './sanitise.ts';

const MARKER =
  /(?:^|[\s([])(?:to-?do|action(?: item| point)?s?|ai|ap|follow-?ups?|next steps?)\s*[:–—-]\s|^\W*(?:to-?do|action item)\b|^\/\w+\s+(?:follow-?up|task|action)\s/i;
const PROMISE =
  /\b(?:i'?ll|i will|i'?m going to|i am going to|i can (?!not|see|'|confirm|reproduce|edit|log)|i'?m gonna|(?:^|[,.;] ?)will (?=\w+ ))\s*(?:also |then |now |try to |just )?(?<verb>[a-z]+)/i;
const FLEETING =
  /^(?:be|grab|take|go|get|join|have|head|sleep|keep|see|leave|stay|let|step|eat|watch|monitor|wait|afk|drop|brb|rejoin|call|ping|read|catch|buy|drive|stop|look|check|try|continue|do|miss|come|never|not|say|bet|tell|admit)$/i;
const REQUEST = /\b(?:please|pls|plz|can you|could you|would you|will you)\b/i;
const NEED =
  /\b(?:we (?:really |also |still |definitely )?(?:need|should|must|have to|ought to|want)\b|should have (?:an?|had)\b|needs? (?:an? |some )?(?:issue|ticket|alert\w*|tests?|runbook|fix\w*|owner|follow-?up|monitoring|review|to (?:be|get|have|become))|(?:someone|somebody) (?:should|needs? to|has to)|let'?s (?:make sure|add|write|create|file|open|fix|document|update|schedule|automate|move|set up|also)|(?:would be|might be|is) (?:good|nice|worth|great) (?:to|if)|i want (?:us|this|that|to)|i'?d (?:like|suggest|propose))/i;
const MINE =
  /\b(?:mine|i'?ll (?:do|take|handle|own)|i (?:have|got|can (?:do|take)) (?:it|this|that)|assign (?:it )?to me|on me|my (?:task|job|item))\b/i;
const TAKES =
  /^(?:ok(?:ay)?|sure|yes|yep|will do|on it|mine|can do|done|i'?ll|got it|taking|ack|np|no problem|happy to|no worries|alright|of course)\b|\b(?:will do|i'?ll (?:do|take|handle|own)|mine|i can (?:do|take))\b/i;
const DAY = String.raw`(?:mon|tues|wednes|thurs|fri|satur|sun)day|today|tomorrow|tonight|eod|eow|(?:the )?end of (?:the |this |next )?(?:day|week|month|sprint|quarter)|(?:this|next) (?:week|month|sprint|quarter|(?:mon|tues|wednes|thurs|fri)day)|\d{4}-\d\d-\d\d|(?:january|february|march|april|may|june|july|august|september|october|november|december|jan|feb|mar|apr|jun|jul|aug|sep|oct|nov|dec)\.? \d{1,2}(?:st|nd|rd|th)?|the \d{1,2}(?:st|nd|rd|th)`;
const DUE = new RegExp(String.raw`\b(?:(?:by|before|until|till|due|on|latest|for) )?(?:${DAY})\b`, 'i');
const ANSWER_WITHIN_MS = 10 * 60_000;
const ANSWER_LINES = 6;

/** Where follow-ups may be said without a marker: from the moment the impact ended. */
export interface ActionScope {
  readonly fromMs: number;
  readonly directory: Directory;
}

/** Finds the follow-ups. A request in the heat of the incident is none; after it a promise, a request to a person or a stated need is one. */
export function findActions(
  lines: readonly Line[],
  { fromMs, directory }: ActionScope,
): readonly ActionItem[] {
  const replies = new Set<string>();
  const items: { item: ActionItem; words: ReadonlySet<string> }[] = [];
  lines.forEach((line, i) => {
    if (line.bot || replies.has(line.id) || !isAction(line, fromMs, directory)) return;
    const answers = lines
      .slice(i + 1, i + 1 + ANSWER_LINES)
      .filter((reply) => !reply.bot && reply.atMs - line.atMs <= ANSWER_WITHIN_MS);
    const item = toItem(line, answers, directory);
    for (const id of item.messageIds.slice(1)) replies.add(id);
    const words = new Set(wordsOf(item.text));
    if (!items.some((earlier) => overlap(earlier.words, words) > 0.6)) items.push({ item, words });
  });
  return items.map(({ item }) => item);
}

function isAction(line: Line, fromMs: number, directory: Directory): boolean {
  const { text } = line;
  if (MARKER.test(text)) return wordsOf(text).length > 1;
  if (line.atMs <= fromMs || wordsOf(text).length < 2 || isOffTopic(text) || WORDS.elsewhere.test(text))
    return false;
  if (/\b(?:if this|in case) /i.test(text)) return false;
  if (addressee(line, directory) && REQUEST.test(text)) return true;
  return !isQuestion(text) && !WORDS.memory.test(text) && (isPromise(text) || NEED.test(text));
}

/** Tells whether a text sounds like a follow-up: marked, promised or needed. */
export function soundsLikeFollowUp(text: string): boolean {
  return MARKER.test(text) || (!isQuestion(text) && (isPromise(text) || NEED.test(text)));
}

function isPromise(text: string): boolean {
  const verb = PROMISE.exec(text)?.groups?.['verb'];
  return verb !== undefined && (!FLEETING.test(verb) || DUE.test(text));
}

function toItem(line: Line, answers: readonly Line[], directory: Directory): ActionItem {
  const asked = addressee(line, directory);
  const taker = answers.find(
    (reply) => TAKES.test(reply.text) && (!asked || reply.user === asked || MINE.test(reply.text)),
  );
  const owner = ownerOf(line, asked, directory) ?? taker?.user ?? null;
  const reply = owner === taker?.user && taker?.user !== line.user ? taker : undefined;
  const user = owner === null ? undefined : directory.byId(owner);
  return {
    text: line.text.replace(/^\/\w+\s+(?:follow-?up|task|action)\s+/i, ''),
    owner,
    ownerName: user ? nameOf(user) : owner === line.user ? line.by : owner,
    due: (DUE.exec(line.text) ?? (reply && DUE.exec(reply.text)))?.[0] ?? null,
    by: line.by,
    messageIds: reply ? [line.id, reply.id] : [line.id],
  };
}

function ownerOf(line: Line, asked: string | undefined, directory: Directory): string | undefined {
  const { text } = line;
  const named =
    /\b(?:owner|assignee|assigned to|owned by)\b[:\s]*@?(?<name>[\p{L}\d._-]+(?: \p{Lu}[\p{L}.]*)?)/iu.exec(
      text,
    )?.groups?.['name'];
  const explicit = named && (personIn(named, directory) ?? (/^me$/i.test(named) ? line.user : undefined));
  if (explicit) return explicit;
  if (asked && (REQUEST.test(text) || MARKER.test(text))) return asked;
  if (MINE.test(text) || PROMISE.test(text) || /\bi want us\b/i.test(text)) return line.user;
  return subjectOf(text, directory) ?? asked;
}

/** "Ana to add an alert", "Ben will write it", "… (Dev)", "… - dev". */
function subjectOf(text: string, directory: Directory): string | undefined {
  const body = text.replace(MARKER, ' ').trim();
  const subject =
    /^@?(?<name>[\p{L}\d._-]+(?: \p{Lu}[\p{L}.]*)?)[:,]?\s+(?:to|will|should|please|can)\b/iu.exec(body)
      ?.groups?.['name'];
  const tail = /[-–—(→>@]\s*@?(?<name>[\p{L}\d._-]+(?: \p{Lu}[\p{L}.]*)?)\)?[.!]?$/u.exec(body)?.groups?.[
    'name'
  ];
  return personIn(subject ?? '', directory) ?? personIn(tail ?? '', directory);
}

/** Whom a line speaks to: the person mentioned, or named at its start as people do on IRC. */
function addressee(line: Line, directory: Directory): string | undefined {
  const mentioned = line.mentions.find((id) => directory.byId(id) !== undefined);
  if (mentioned) return mentioned;
  const named =
    /^@?(?<name>[\p{L}\d._|[\]-]+)\s*[:,]\s/u.exec(line.text)?.groups?.['name'] ??
    /@(?<name>[\p{L}\d._-]+)/u.exec(line.text)?.groups?.['name'];
  const person = named === undefined ? undefined : personIn(named, directory);
  return person === line.user ? undefined : person;
}

function personIn(name: string, directory: Directory): string | undefined {
  return (directory.byName(name) ?? directory.byName(name.split(' ')[0] ?? ''))?.id;
}

function overlap(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  const shared = [...b].filter((word) => a.has(word)).length;
  return shared / Math.max(1, Math.min(a.size, b.size));
}
