import { knownValues } from './known-values.ts';
import type { Refusal } from '../../domain/decision.ts';
import type { Param } from './params.ts';
import { readValue } from './read-value.ts';
import type { ReadContext, ValueRead } from './read-value.ts';

/** What a typed line gives: a value for each parameter, and the words that nothing took. */
export type Parsed =
  | { readonly ok: true; readonly args: Readonly<Record<string, unknown>>; readonly left: string }
  | { readonly ok: false; readonly refusal: Refusal };

const LONGEST_VALUE_WORDS = 6;

interface Taking {
  readonly rest: string;
  readonly args: Readonly<Record<string, unknown>>;
  readonly refusal: Refusal | null;
}

/** Reads the words after a verb. `"…"` around the text keeps everything in it from being read as something else. */
export function parseArgs(line: string, params: readonly Param[], context: ReadContext): Parsed {
  const text = params.find(({ kind }) => kind === 'text');
  const quoted = text === undefined ? null : /^["“”](.+)["“”]$/s.exec(line.trim());
  if (text !== undefined && quoted !== null)
    return finish({ rest: quoted[1] ?? '', args: {}, refusal: null }, params);
  const place = params.findIndex(({ kind }) => kind === 'text');
  const isTail = (param: Param, i: number): boolean => (place >= 0 ? i > place : isTakenFromEnd(param));
  const tail = params.filter(isTail);
  const head = params.filter((param, i) => param !== text && !isTail(param, i));
  const start: Taking = { rest: line.trim(), args: {}, refusal: null };
  return finish(
    takeAll(takeAll(start, { params: tail, take: takeFromEnd, context }), {
      params: head,
      take: takeFromStart,
      context,
    }),
    params,
    context,
  );
}

/** Without a text in the line: what is introduced by a word, and what one word says that nothing else can mean. */
function isTakenFromEnd({ keywords, kind, required }: Param): boolean {
  if (keywords !== undefined || kind === 'flag') return true;
  return required !== true && (kind === 'severity' || kind === 'choice');
}

interface TakeAll {
  readonly params: readonly Param[];
  readonly take: (rest: string, param: Param, context: ReadContext) => Taken;
  readonly context: ReadContext;
}

type Taken = { readonly rest: string; readonly read: ValueRead };

/** Takes parameters for as long as one of them can be read, each once, in whatever order they stand. */
function takeAll(start: Taking, { params, take, context }: TakeAll): Taking {
  let taking = start;
  let open = params;
  for (let progress = true; progress && taking.refusal === null && open.length > 0;) {
    progress = false;
    for (const param of open) {
      const { rest, read } = take(taking.rest, param, context);
      if (read.kind === 'problem') return { ...taking, refusal: read.refusal };
      if (read.kind === 'none') continue;
      taking = { rest, args: { ...taking.args, [param.name]: read.value }, refusal: null };
      open = open.filter((one) => one !== param);
      progress = true;
      break;
    }
  }
  return taking;
}

/** The longest beginning of the line that can be read as the parameter. */
function takeFromStart(rest: string, param: Param, context: ReadContext): Taken {
  const { keywords } = param;
  const line = keywords === undefined ? rest : afterKeyword(rest, keywords);
  if (line === null || line === '') return { rest, read: { kind: 'none' } };
  // A list of people and a time take as many words as there are.
  const words = line.split(/\s+/);
  const most = param.kind === 'people' ? words.length : Math.min(words.length, LONGEST_VALUE_WORDS);
  for (let count = most; count > 0; count -= 1) {
    const read = readValue(words.slice(0, count).join(' '), param, context);
    if (read.kind !== 'none') return { rest: words.slice(count).join(' '), read };
  }
  return { rest, read: { kind: 'none' } };
}

function afterKeyword(rest: string, keywords: readonly string[]): string | null {
  const keyword = keywords.find((word) => rest.toLowerCase().startsWith(`${word} `));
  return keyword === undefined ? null : rest.slice(keyword.length).trim();
}

/** The end of the line, if it can be read as the parameter: after its keyword, or the last word alone. */
function takeFromEnd(rest: string, param: Param, context: ReadContext): Taken {
  if (param.keywords !== undefined) return takeAfterKeyword(rest, param, context);
  const last = /(?:^|\s)(\S+)$/.exec(rest)?.[1];
  // In free text a person is only meant with the sign for it.
  if (last === undefined || (param.kind === 'person' && !/^<?@/.test(last)))
    return { rest, read: { kind: 'none' } };
  return { rest: rest.slice(0, rest.length - last.length).trimEnd(), read: readValue(last, param, context) };
}

function takeAfterKeyword(rest: string, param: Param, context: ReadContext): Taken {
  const lower = rest.toLowerCase();
  for (const keyword of [...(param.keywords ?? [])].sort((a, b) => b.length - a.length)) {
    const at =
      lower.startsWith(`${keyword} `) && !lower.includes(` ${keyword} `)
        ? 0
        : lower.lastIndexOf(` ${keyword} `) + 1;
    if (at === 0 && !lower.startsWith(`${keyword} `)) continue;
    const value = rest.slice(at + keyword.length).trim();
    if (value.split(/\s+/).length > LONGEST_VALUE_WORDS) continue;
    const read = readValue(value, param, context);
    if (read.kind !== 'none') return { rest: rest.slice(0, at).trimEnd(), read };
  }
  return { rest, read: { kind: 'none' } };
}

function finish({ rest, args, refusal }: Taking, params: readonly Param[], context?: ReadContext): Parsed {
  if (refusal !== null) return { ok: false, refusal };
  const text = params.find(({ kind }) => kind === 'text');
  const given: Record<string, unknown> = {
    ...args,
    ...(text !== undefined && rest !== '' ? { [text.name]: rest } : {}),
  };
  const left = text === undefined ? rest : '';
  const missing = params.find(({ name, required }) => required === true && given[name] === undefined);
  if (missing !== undefined) return { ok: false, refusal: lacking(missing, rest, context) };
  const all = params.map(
    ({ name, kind }) => [name, given[name] ?? (kind === 'flag' ? false : null)] as const,
  );
  return { ok: true, args: Object.fromEntries(all), left };
}

/** What is said when a parameter is missing, or when words are none. */
export function lacking(param: Param, rest: string, context: ReadContext | undefined): Refusal {
  const read: ValueRead =
    rest === '' || context === undefined ? { kind: 'none' } : readValue(rest, param, context);
  if (read.kind === 'problem') return read.refusal;
  if (read.kind === 'none' && read.why !== undefined) return { why: read.why, hint: read.hint ?? null };
  const said =
    rest === '' || param.kind === 'text' ? 'is missing' : `is missing; “${rest.slice(0, 60)}” is none`;
  return {
    why: `${param.description}: that ${said}.`,
    hint: context === undefined ? null : knownValues(param, context.directory),
  };
}
