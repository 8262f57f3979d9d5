import type { Directory, Matcher, Route } from '../directory.ts';
import { compileMatcher, valueOf } from './matcher.ts';
import type { Matches } from './matcher.ts';
import { compilePattern } from './pattern.ts';
import { foldName, serviceOf } from './service.ts';
import type { Signal } from './signal.ts';

/** Where an alert goes: what a route wants with it, for which service, and with which others it is one problem. */
export interface Destination {
  readonly route: Route;
  /** Id of a configured service; null when neither the alert nor the route names one that is known. */
  readonly service: string | null;
  /** Route and the values it groups by; alerts with the same are candidates for one group. */
  readonly groupKey: string;
  /** False when the alert is only kept on record. */
  readonly opens: boolean;
}

interface CompiledRoute {
  readonly route: Route;
  readonly matches: Matches;
}

/** Keys stay short enough for an index of the database, in any script. */
const LONGEST_KEY = 600;
const LONGEST_VALUE = 200;

const compiled = new WeakMap<Directory, readonly CompiledRoute[]>();

/** The first route that matches decides; null when none does, which a checked configuration rules out. */
export function destinationOf(signal: Signal, directory: Directory): Destination | null {
  const named = serviceOf(signal, directory)?.id ?? null;
  const found = routesOf(directory).find(({ matches }) => matches(signal, named));
  if (!found) return null;
  const { route } = found;
  const service = named ?? route.service;
  return {
    route,
    service,
    groupKey: groupKeyFor(route, signal, service),
    opens: route.incident === 'open' && !isHeartbeat(signal),
  };
}

/**
 * True for an alert whose sender says with the severity `none` that nobody is to be told, such as Prometheus' Watchdog,
 * which fires for ever to show that the pipeline works.
 */
export function isHeartbeat(signal: Signal): boolean {
  return signal.labels['severity']?.trim().toLowerCase() === 'none';
}

/** Why a matcher cannot be used, for whoever checks a configuration; null when it can. */
export function matcherProblem({ op, value }: Matcher): string | null {
  if (op === 'equals' || op === 'not_equals') return null;
  const result = compilePattern(value);
  return result.kind === 'bad' ? result.why : null;
}

function routesOf(directory: Directory): readonly CompiledRoute[] {
  const made = compiled.get(directory);
  if (made) return made;
  const routes = directory.routes.map((route) => {
    const tests = route.matchers.map(compileMatcher);
    return {
      route,
      matches: (signal: Signal, service: string | null) => tests.every((test) => test(signal, service)),
    };
  });
  compiled.set(directory, routes);
  return routes;
}

function groupKeyFor(route: Route, signal: Signal, service: string | null): string {
  const values = route.groupBy.map((label) =>
    label === 'service' ? serviceKey(signal, service) : valueOf(label, signal, service),
  );
  return shorten(
    JSON.stringify([route.name, ...values.map((value) => shorten(value, LONGEST_VALUE))]),
    LONGEST_KEY,
  );
}

/** An alert that belongs to no service at all is a problem of its own, not one with all others of that kind. */
function serviceKey(signal: Signal, service: string | null): string {
  if (service !== null) return service;
  return signal.service === null
    ? `alert:${signal.source}|${signal.key}`
    : `named:${foldName(signal.service)}`;
}

function shorten(value: string, longest: number): string {
  if (value.length <= longest) return value;
  return `${value.slice(0, longest).toWellFormed()}~${hash(value).toString(36)}`;
}

/** FNV-1a in 32 bits: tells apart long values that begin alike. */
function hash(text: string): number {
  let state = 0x811c9dc5;
  for (let i = 0; i < text.length; i += 1) state = Math.imul(state ^ text.charCodeAt(i), 0x01000193);
  return state >>> 0;
}
