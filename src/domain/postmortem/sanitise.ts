import { phrasesOf, readsLikeInstruction } from './instruction.ts';
import { makeDirectory, nameOf, stripInvisible, toPlainText, type Directory } from './plain-text.ts';
import { makeRedact, type Redact } from './redact.ts';
import type { Transcript, TranscriptMessage } from './transcript.ts';

/** One message of the clean record: not deleted, latest revision, redacted, mentions as names. */
export interface Line {
  readonly id: string;
  readonly at: string;
  readonly atMs: number;
  readonly user: string;
  readonly by: string;
  readonly role: string;
  readonly bot: boolean;
  readonly text: string;
  /** Ids of the people it mentions, in order. */
  readonly mentions: readonly string[];
  readonly thread: string | undefined;
  readonly pinned: boolean;
  readonly pinnedBy: string | undefined;
  readonly event: string | undefined;
  readonly reactions: readonly { readonly name: string; readonly count: number }[];
  readonly permalink: string | undefined;
  /** Something in it was masked. */
  readonly redacted: boolean;
}

/** The clean record, in the order of time. */
export interface CleanRecord {
  readonly lines: readonly Line[];
  /** Ids of messages that read like an instruction to a machine; nothing of them is in `lines`. */
  readonly withheld: readonly string[];
  readonly directory: Directory;
  readonly redact: Redact;
}

const LONGEST_TEXT = 8000;

/** Cleans a transcript before anything looks at it. One line per message id; a message said twice at the same instant counts once. */
export function sanitise(transcript: Transcript, deny: readonly string[]): CleanRecord {
  const directory = makeDirectory(transcript.users);
  const redact = makeRedact({
    texts: transcript.messages.flatMap((message) =>
      revisionsOf(message).map((text) => plain(text, directory)),
    ),
    deny,
    team: transcript.users.flatMap((user) => [user.displayName ?? '', user.name ?? '']).filter(Boolean),
  });
  const lines = uniqueMessages(transcript.messages).map((message) => toLine(message, directory, redact));
  const withheld = new Set(findInstructions(lines));
  return {
    lines: lines.filter((line) => !withheld.has(line.id)),
    withheld: [...withheld],
    directory,
    redact,
  };
}

function revisionsOf(message: TranscriptMessage): readonly string[] {
  return [message.text, message.edited?.previousText ?? ''].filter(Boolean);
}

function plain(text: string, directory: Directory): string {
  return toPlainText(stripInvisible(shorten(text)), directory);
}

/** A pasted dump must not hold up the draft; what a person writes is far shorter. */
function shorten(text: string): string {
  return text.length <= LONGEST_TEXT ? text : `${text.slice(0, LONGEST_TEXT)} …`;
}

function uniqueMessages(messages: readonly TranscriptMessage[]): readonly TranscriptMessage[] {
  const deleted = new Set(messages.filter((message) => message.deleted).map((message) => message.id));
  const latest = new Map<string, TranscriptMessage>();
  for (const message of messages) if (!deleted.has(message.id)) latest.set(message.id, message);
  const seen = new Set<string>();
  return [...latest.values()]
    .toSorted((a, b) => Date.parse(a.ts) - Date.parse(b.ts))
    .filter((message) => {
      const same = `${message.ts} ${message.user} ${message.text}`;
      return seen.has(same) ? false : seen.add(same);
    });
}

function toLine(message: TranscriptMessage, directory: Directory, redact: Redact): Line {
  const user = directory.byId(message.user);
  const files = (message.files ?? [])
    .map((file) => ` [file: ${file.name ?? file.url ?? 'unnamed'}]`)
    .join('');
  const text = plain(message.text + files, directory);
  const safe = redact(text);
  return {
    id: message.id,
    at: new Date(message.ts).toISOString(),
    atMs: Date.parse(message.ts),
    user: message.user,
    by: redact(plain(user ? nameOf(user) : message.user, directory)),
    role: user?.role?.toLowerCase() ?? '',
    bot: message.bot ?? user?.bot ?? false,
    text: safe,
    mentions: [...message.text.matchAll(/<@!?([\w.-]+)/g)].map(([, id]) => id ?? ''),
    thread: message.thread,
    pinned: message.pinned !== undefined,
    pinnedBy: message.pinned?.by,
    event: message.event?.type,
    reactions: message.reactions ?? [],
    permalink: message.permalink === undefined ? undefined : redact(message.permalink),
    redacted: safe !== text,
  };
}

function findInstructions(lines: readonly Line[]): readonly string[] {
  const marked = lines.filter((line) => readsLikeInstruction(line.text));
  const phrases = marked.flatMap((line) => phrasesOf(line.text));
  const repeats = (line: Line): boolean => phrases.some((phrase) => line.text.toLowerCase().includes(phrase));
  return lines.filter((line) => marked.includes(line) || repeats(line)).map((line) => line.id);
}
