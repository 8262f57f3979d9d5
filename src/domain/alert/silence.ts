import { z } from 'zod';
import type { Actor } from '../actor.ts';
import type { Matcher } from '../directory.ts';
import { compileMatcher } from './matcher.ts';
import type { Matches } from './matcher.ts';
import type { Signal } from './signal.ts';

/** A matcher as the database keeps it. */
export const SilenceMatcher: z.ZodType<Matcher> = z.object({
  label: z.string(),
  op: z.enum(['equals', 'not_equals', 'matches', 'not_matches']),
  value: z.string(),
});

/** What somebody wants no incident and no page of for a while: new alerts that match all of its matchers. */
export interface Silence {
  readonly id: number;
  readonly matchers: readonly Matcher[];
  readonly by: Actor;
  readonly at: Date;
  readonly until: Date;
  readonly why: string | null;
  /** The incident in whose room it was made, or that it was made from. */
  readonly incidentId: number | null;
  /** When somebody ended it before its time, and who. */
  readonly endedAt: Date | null;
  readonly endedBy: Actor | null;
  /** When somebody moved its end last, and who. */
  readonly movedAt: Date | null;
  readonly movedBy: Actor | null;
}

/** A silence and the alerts that it holds back: all, and those of them that fire now. */
export interface HeldSilence extends Silence {
  readonly held: number;
  readonly firing: number;
}

/** An alert that fires now, and the open incident that it belongs to. */
export interface WorkedOn {
  readonly incidentId: number;
  readonly service: string | null;
  readonly signal: Signal;
}

/** The silence that holds back an alert of this service; null when none does. */
export type Silencer = (signal: Signal, service: string | null) => number | null;

/** Whether it holds back alerts at this instant. */
export function isActive({ endedAt, until }: Pick<Silence, 'endedAt' | 'until'>, now: Date): boolean {
  return endedAt === null && now < until;
}

/** Finds the silence of an alert, of several the one that lasts longest. Costs nothing where there are none. */
export function silencer(silences: readonly Silence[], now: Date): Silencer {
  const active = silences.filter((one) => isActive(one, now)).toSorted(lastsLonger);
  if (active.length === 0) return () => null;
  const compiled = active.map(({ id, matchers }) => ({ id, matches: matchesAll(matchers) }));
  return (signal, service) => compiled.find(({ matches }) => matches(signal, service))?.id ?? null;
}

/** Whether an alert matches all of these. Those that cost least are asked first. */
export function matchesAll(matchers: readonly Matcher[]): Matches {
  const isPattern = ({ op }: Matcher) => op === 'matches' || op === 'not_matches';
  const tests = matchers.toSorted((a, b) => Number(isPattern(a)) - Number(isPattern(b))).map(compileMatcher);
  return (signal, service) => tests.every((test) => test(signal, service));
}

/** What silences do to the alerts of one service at an instant: hold back all of them, or some. */
export function coverOf(
  silences: readonly Silence[],
  service: string,
  at: Date,
): { readonly whole: readonly Silence[]; readonly part: readonly Silence[] } {
  const isOfService = ({ label }: Matcher) => label === 'service';
  const named = silences.filter((one) => {
    const own = one.matchers.filter(isOfService);
    return isActive(one, at) && own.length > 0 && own.every((matcher) => holdsFor(matcher, service));
  });
  const whole = named.filter(({ matchers }) => matchers.every(isOfService));
  return { whole, part: named.filter((one) => !whole.includes(one)) };
}

function holdsFor(matcher: Matcher, service: string): boolean {
  return compileMatcher(matcher)(NO_SIGNAL, service);
}

/** Of an alert of which nothing is known but its service. */
const NO_SIGNAL: Signal = {
  source: '-',
  key: '-',
  status: 'firing',
  severity: 'warning',
  title: '-',
  description: null,
  service: null,
  labels: {},
  links: [],
  startsAt: new Date(0),
  endsAt: null,
};

function lastsLonger(a: Silence, b: Silence): number {
  return b.until.getTime() - a.until.getTime() || a.id - b.id;
}
