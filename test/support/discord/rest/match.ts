import type { Route } from './route.ts';
import { ROUTES } from './routes.ts';

/** A route, and what stood in the places of its names. */
export interface Matched {
  readonly route: Route;
  readonly params: Readonly<Record<string, string>>;
}

interface Compiled {
  readonly route: Route;
  readonly pieces: readonly string[];
}

const COMPILED: readonly Compiled[] = ROUTES.map((route) => ({ route, pieces: route.path.split('/') }));

/** The route for a request; the first that fits. Null when Discord has no such route here. */
export function matchRoute(method: string, path: string): Matched | null {
  const said = path.split('/').map(decodeURIComponent);
  for (const { route, pieces } of COMPILED) {
    if (route.method !== method || pieces.length !== said.length) continue;
    const params = fill(pieces, said);
    if (params !== null) return { route, params };
  }
  return null;
}

function fill(pieces: readonly string[], said: readonly string[]): Readonly<Record<string, string>> | null {
  const params: Record<string, string> = {};
  for (const [index, piece] of pieces.entries()) {
    const value = said[index] ?? '';
    const name = /^\{(\w+)}$/.exec(piece)?.[1];
    if (name === undefined ? piece !== value : !isFitting(name, value)) return null;
    if (name !== undefined) params[name] = value;
  }
  return params;
}

/** Ids are numbers, but for `@me` where a person may stand. */
function isFitting(name: string, value: string): boolean {
  if (!name.endsWith('_id')) return value !== '';
  return /^\d+$/.test(value) || (name === 'user_id' && value === '@me');
}
