import type { Actor } from '../actor.ts';
import { personOf } from '../actor.ts';
import type { Refusal } from '../decision.ts';
import type { Directory, Matcher } from '../directory.ts';
import { formatDuration } from '../../lib/duration.ts';
import { compilePattern } from './pattern.ts';
import { MATCHER_HINT, matcherWords } from './read-silence.ts';
import { serviceNamed } from './service.ts';

/** What can be said about silences. */
export type SilenceCommand =
  | {
      readonly type: 'silence.start';
      readonly by: Actor;
      readonly matchers: readonly Matcher[];
      readonly until: Date;
      readonly why: string | null;
      readonly incidentId: number | null;
    }
  | {
      readonly type: 'silence.move';
      readonly by: Actor;
      readonly silenceId: number;
      readonly until: Date;
    }
  | { readonly type: 'silence.end'; readonly by: Actor; readonly silenceId: number };

/** So many silences may be active at once: each is asked about every alert that comes. */
export const MOST_SILENCES = 100;

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const SHORTEST = MINUTE;
const LONGEST_DAYS = 30;
const MOST_MATCHERS = 10;
const LONGEST_LABEL = 200;
const LONGEST_VALUE = 500;
/** Some ten `.*`, or names of three hundred letters: a match costs a few milliseconds at most, whatever alerts say. */
const MOST_COST = 300;
const LONGEST_REASON = 280;
/** Labels that say how bad an alert is or who told of it, and not what it is about. */
const WIDE_LABELS: ReadonlySet<string> = new Set(['severity', 'source', 'priority', 'level']);
/** A pattern that matches all of these would match anything. */
const ANYTHING = ['a', 'checkout', 'node-7.example.com:9100', 'Zq 0'];

/** Whether somebody may make this silence, and whether it can be kept; null is yes. */
export function mayStart(
  { by, matchers, until, why }: Extract<SilenceCommand, { type: 'silence.start' }>,
  { now, directory }: { readonly now: Date; readonly directory: Directory },
): Refusal | null {
  return (
    mayChange(by, directory) ??
    matchersProblem(matchers) ??
    lengthProblem(until.getTime() - now.getTime()) ??
    ((why ?? '').length > LONGEST_REASON
      ? no(`That reason has more than ${LONGEST_REASON} characters.`, 'Give it a shorter one.')
      : null) ??
    widthProblem(by, matchers, directory)
  );
}

/** Whether somebody may have a silence end at another time; null is yes. */
export function mayMove(
  { by, until }: Extract<SilenceCommand, { type: 'silence.move' }>,
  { now, directory }: { readonly now: Date; readonly directory: Directory },
): Refusal | null {
  return mayChange(by, directory) ?? lengthProblem(until.getTime() - now.getTime());
}

/** Whether somebody may make and end silences; null is yes. */
export function mayChange(by: Actor, { people }: Directory): Refusal | null {
  const who = by.kind === 'person' ? people.get(by.id) : undefined;
  if (who === undefined)
    return no(
      'Only a configured person can silence alerts.',
      '`link` makes this chat account yours, where you are one. An admin adds people in firebell.yaml.',
    );
  if (who.access !== 'observer') return null;
  return no(
    `${who.name} follows along as an observer and cannot silence alerts.`,
    'An admin changes `access` in firebell.yaml.',
  );
}

/** Matchers in which a service is named as the configuration names it, whatever spelling was typed. */
export function withServiceIds(matchers: readonly Matcher[], directory: Directory): readonly Matcher[] {
  return matchers.map((one) => {
    const isName = one.label === 'service' && (one.op === 'equals' || one.op === 'not_equals');
    const service = isName ? serviceNamed(one.value, directory) : null;
    return service === null ? one : { ...one, value: service.id };
  });
}

/** True when nothing in it says which alerts are meant: it would hold back those of every service. */
export function isWide(matchers: readonly Matcher[]): boolean {
  return !matchers.some((one) => !WIDE_LABELS.has(one.label.toLowerCase()) && isNarrow(one));
}

function isNarrow({ op, value }: Matcher): boolean {
  if (op === 'equals') return value !== '';
  return op === 'matches' && !matchesText('', value) && !ANYTHING.every((text) => matchesText(text, value));
}

function matchersProblem(matchers: readonly Matcher[]): Refusal | null {
  if (matchers.length === 0) return no('Which alerts?', MATCHER_HINT);
  if (matchers.length > MOST_MATCHERS)
    return no(
      `A silence has ${MOST_MATCHERS} matchers at most.`,
      'One pattern can hold several values: `a|b`.',
    );
  const [problem] = matchers.flatMap((one) => matcherRefusal(one) ?? []);
  if (problem !== undefined) return problem;
  if (matchers.every(matchesEmpty))
    return no(
      `${matcherWords(matchers)} matches alerts that do not even have ${matchers.length === 1 ? 'that label' : 'these labels'}.`,
      'One matcher at least must ask for something: `service=checkout`.',
    );
  return null;
}

function matcherRefusal({ label, op, value }: Matcher): Refusal | null {
  if (label.length > LONGEST_LABEL || value.length > LONGEST_VALUE)
    return no(
      `The matcher of ${label.slice(0, 40)} is longer than ${LONGEST_VALUE} characters.`,
      MATCHER_HINT,
    );
  if (op === 'equals' || op === 'not_equals') return null;
  const pattern = compilePattern(value);
  if (pattern.kind === 'bad')
    return no(
      `The pattern of ${label} cannot be used: ${pattern.why}.`,
      'For the text itself, without a pattern, use `=`.',
    );
  if (pattern.cost > MOST_COST)
    return no(
      `The pattern of ${label} is too large to be asked about every alert of a storm.`,
      'Use fewer `*` and `+`, and smaller numbers in {m,n}, or make several silences.',
    );
  return null;
}

/** Alertmanager's rule: a label that is missing is empty. */
function matchesEmpty({ op, value }: Matcher): boolean {
  switch (op) {
    case 'equals':
      return value === '';
    case 'not_equals':
      return value !== '';
    case 'matches':
      return matchesText('', value);
    case 'not_matches':
      return !matchesText('', value);
  }
}

function matchesText(text: string, pattern: string): boolean {
  const compiled = compilePattern(pattern);
  return compiled.kind === 'ok' && compiled.matches(text);
}

function lengthProblem(length: number): Refusal | null {
  if (length < SHORTEST)
    return no(
      length <= 0 ? 'That is over already.' : 'A silence lasts a minute at least.',
      'For example `silence service=checkout 30m`.',
    );
  if (length > LONGEST_DAYS * DAY)
    return no(
      `That is ${formatDuration(length)} from now; a silence lasts ${LONGEST_DAYS} days at most.`,
      'What nobody ever wants to hear of belongs in a route of firebell.yaml, with `incident: none`.',
    );
  return null;
}

function widthProblem(by: Actor, matchers: readonly Matcher[], { people }: Directory): Refusal | null {
  if (!isWide(matchers) || people.get(personOf(by) ?? '')?.access === 'admin') return null;
  return no(
    `${matcherWords(matchers)} holds back alerts of every service, which only an admin can do.`,
    'Say which are meant: `service=checkout`, `alertname=DiskFull`, `instance=db2`.',
  );
}

function no(why: string, hint: string): Refusal {
  return { why, hint };
}
