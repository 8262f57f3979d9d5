import type { Refusal } from '../../domain/decision.ts';
import type { Directory } from '../../domain/directory.ts';
import { IncidentStatus } from '../../domain/incident/incident.ts';
import { parseInstant } from '../../domain/schedule/parse-time.ts';
import { parseDuration } from '../../lib/duration.ts';
import { findNamed, fold, spell } from './names.ts';
import type { NameMatch } from './names.ts';
import type { Param } from './params.ts';
import { findSubject, policyOf } from './subject.ts';

/** Who typed it, where and when: what names and times are read against. */
export interface ReadContext {
  readonly directory: Directory;
  readonly platform: string;
  readonly now: Date;
  /** The asker's own zone. */
  readonly zone: string;
  /** The asker, whom `me` means; null for a guest. */
  readonly me: string | null;
}

/** What some words are, read as one kind of parameter. `none`: they are no such thing; `why` says what is wrong where there is more to say. */
export type ValueRead =
  | { readonly kind: 'value'; readonly value: unknown }
  | { readonly kind: 'problem'; readonly refusal: Refusal }
  | { readonly kind: 'none'; readonly why?: string; readonly hint?: string | null };

const AWAY_WORDS = /\s+(is|are|was|were)\s+(away|out|off|gone|absent|sick|ill|on \w+|not there)$/i;

const NONE: ValueRead = { kind: 'none' };

/** Reads words as a value of the parameter's kind. */
export function readValue(words: string, param: Param, context: ReadContext): ValueRead {
  switch (param.kind) {
    case 'person':
      return readPerson(words, context);
    case 'people':
      return readPeople(words, context);
    case 'service':
      return idOf(named(words, ['service'], context), words);
    case 'schedule':
      return readSchedule(words, context);
    case 'target':
      return readTarget(words, context);
    case 'schedule_or_team':
      return readScheduleOrTeam(words, context);
    case 'subject':
      return readSubject(words, context);
    case 'away':
      return readAway(words, context);
    case 'severity':
      return valueOr(severityOf(words, context.directory));
    case 'impact':
      return valueOr(oneOf(words, context.directory.severityMatrix?.impacts));
    case 'urgency':
      return valueOr(oneOf(words, context.directory.severityMatrix?.urgencies));
    case 'status':
      return valueOr(statusOf(words));
    case 'role':
      return valueOr(roleOf(words, context.directory));
    case 'number':
      return /^\d{1,6}$/.test(words) ? { kind: 'value', value: Number(words) } : NONE;
    case 'duration':
      return readDuration(words);
    case 'time':
      return readTime(words, { ...context, prefer: 'future' });
    case 'past_time':
      return readTime(words, { ...context, prefer: 'past' });
    case 'moment':
      return readMoment(words, context);
    case 'text':
      return words === '' ? NONE : { kind: 'value', value: words };
    case 'choice':
      return valueOr(param.choices?.find((choice) => choice === fold(words)) ?? null);
    case 'flag':
      return fold(words) === param.name ? { kind: 'value', value: true } : NONE;
  }
}

function valueOr(value: string | null): ValueRead {
  return value === null ? NONE : { kind: 'value', value };
}

function named(
  words: string,
  kinds: readonly ('person' | 'team' | 'schedule' | 'service')[],
  { directory, platform }: ReadContext,
): NameMatch {
  return findNamed(words, { directory, platform, kinds });
}

function idOf(match: NameMatch, words: string): ValueRead {
  if (match.kind === 'one') return { kind: 'value', value: match.target.id };
  return match.kind === 'many' ? ambiguous(words, match) : NONE;
}

function readPerson(words: string, context: ReadContext): ValueRead {
  if (['me', '@me'].includes(fold(words))) return valueOr(context.me);
  const read = idOf(named(words, ['person'], context), words);
  return read.kind === 'none' && /^<?@./.test(words) && !words.includes(' ') ? stranger(words) : read;
}

function stranger(words: string): ValueRead {
  const why = `I know nobody called ${words}.`;
  return {
    kind: 'problem',
    refusal: {
      why,
      hint: 'People are known by their id, name or handle in firebell.yaml; `oncall` names some.',
    },
  };
}

/** `@ana, @ben and carol` */
function readPeople(words: string, context: ReadContext): ValueRead {
  const whole = readPerson(words, context);
  if (whole.kind === 'value') return { kind: 'value', value: [whole.value] };
  const found: unknown[] = [];
  for (const word of words
    .split(/[\s,]+|\band\b/i)
    .filter((part) => part !== '' && part.toLowerCase() !== 'and')) {
    const read = readPerson(word, context);
    if (read.kind === 'problem') return read;
    if (read.kind === 'none') return stranger(word);
    found.push(read.value);
  }
  return found.length === 0 ? NONE : { kind: 'value', value: found };
}

/** A schedule, or the one of the team that is named. */
function readSchedule(words: string, context: ReadContext): ValueRead {
  const read = idOf(named(words, ['schedule'], context), words);
  if (read.kind !== 'none') return read;
  const team = named(words, ['team'], context);
  const schedule = team.kind === 'one' ? context.directory.teams.get(team.target.id)?.schedule : null;
  return valueOr(schedule ?? null);
}

/** `@ana and @ben are away`, or names alone; with more behind them it may be something else's words. */
function readAway(words: string, context: ReadContext): ValueRead {
  const names = words.replace(AWAY_WORDS, '');
  const read = readPeople(names, context);
  const isSure = names !== words || !/\s/.test(names);
  return read.kind === 'problem' && !isSure ? NONE : read;
}

function readTarget(words: string, context: ReadContext): ValueRead {
  if (['me', '@me'].includes(fold(words)) && context.me !== null)
    return readTarget(`@${context.me}`, context);
  const match = named(words, ['person', 'team', 'schedule', 'service'], context);
  if (match.kind === 'one') return { kind: 'value', value: match.target };
  if (match.kind === 'many') return ambiguous(words, match);
  const policy = policyOf(words, context.directory);
  if (policy !== null) return { kind: 'value', value: policy };
  return /^<?@./.test(words) && !words.includes(' ') ? stranger(words) : NONE;
}

function readScheduleOrTeam(words: string, context: ReadContext): ValueRead {
  // A schedule goes before the team of its name: it is the smaller question.
  const schedule = named(words, ['schedule'], context);
  const match = schedule.kind === 'one' ? schedule : named(words, ['schedule', 'team'], context);
  if (match.kind === 'one') return { kind: 'value', value: match.target };
  return match.kind === 'many' ? ambiguous(words, match) : NONE;
}

function readSubject(words: string, context: ReadContext): ValueRead {
  if (['me', '@me'].includes(fold(words)) && context.me !== null)
    return { kind: 'value', value: { kind: 'person', id: context.me } };
  const found = findSubject(words, context);
  if ('kind' in found) return { kind: 'value', value: { kind: found.kind, id: found.id } };
  return { kind: 'none', why: found.why, hint: found.hint };
}

function ambiguous(words: string, { targets }: Extract<NameMatch, { kind: 'many' }>): ValueRead {
  const ways = targets
    .slice(0, 6)
    .map(
      (target) => `${target.kind === 'person' ? '' : `${target.kind} `}${target.name} (\`${spell(target)}\`)`,
    );
  return {
    kind: 'problem',
    refusal: {
      why: `“${words}” could be ${ways.join(' or ')}. Which one?`,
      hint: 'Write it as shown in the brackets.',
    },
  };
}

function severityOf(words: string, { severities }: Directory): string | null {
  const wanted = fold(words).replace(/^(sev|severity)[ -]?(?=\d)/, '');
  const found = severities.find(({ id, name }) => [fold(id), fold(name)].includes(fold(words)));
  const numbered = /^\d$/.test(wanted) ? severities.find(({ id }) => id.endsWith(wanted)) : undefined;
  return (found ?? numbered)?.id ?? null;
}

function oneOf(words: string, known: readonly string[] = []): string | null {
  return known.find((one) => fold(one) === fold(words)) ?? null;
}

const STATUS_WORDS: Readonly<Record<string, IncidentStatus>> = {
  investigate: 'investigating',
  identify: 'identified',
  monitor: 'monitoring',
  mitigate: 'monitoring',
  mitigated: 'monitoring',
  fixed: 'resolved',
  resolve: 'resolved',
  close: 'closed',
};

function statusOf(words: string): string | null {
  const word = fold(words);
  const read = IncidentStatus.safeParse(word);
  return read.success ? read.data : (STATUS_WORDS[word] ?? null);
}

function roleOf(words: string, { settings }: Directory): string | null {
  const word = fold(words);
  const found = settings.roles.find((role) => fold(role) === word);
  const leads = ['lead', 'leader', 'commander', 'ic', 'incident commander'].includes(word);
  const short = settings.roles.filter((role) => word.length >= 4 && fold(role).startsWith(word));
  return (
    found ?? (leads ? settings.roles[0] : undefined) ?? (short.length === 1 ? short[0] : undefined) ?? null
  );
}

function readDuration(words: string): ValueRead {
  const value = parseDuration(words.replace(/^(in|for|within)\s+/i, ''));
  return value === null
    ? {
        kind: 'none',
        why: `“${cut(words)}” is not a duration I understand. Write for example 30m, 2h or 1h30m.`,
      }
    : { kind: 'value', value };
}

function readTime(words: string, context: ReadContext & { readonly prefer: 'past' | 'future' }): ValueRead {
  const read = parseInstant(words, context);
  return 'at' in read ? { kind: 'value', value: read.at } : { kind: 'none', why: read.problem };
}

function readMoment(words: string, context: ReadContext): ValueRead {
  const duration = readDuration(words);
  if (duration.kind === 'value' && typeof duration.value === 'number') {
    return { kind: 'value', value: new Date(context.now.getTime() + duration.value) };
  }
  return readTime(words, { ...context, prefer: 'future' });
}

function cut(words: string): string {
  return words.length > 40 ? `${words.slice(0, 40)}…` : words;
}
