import type { Places } from './support/place.ts';

/** One measured thing. A figure without a bound is for information. */
export interface Figure {
  /** What was measured, with where in front: `Postgres: …`. */
  readonly what: string;
  readonly value: number;
  /** `ms`, `s`, `x` or `per s`. */
  readonly unit: string;
  readonly bound?: Bound;
}

/** What a figure must not be above, or below. */
export type Bound = { readonly atMost: number } | { readonly atLeast: number };

/** One question of how fast Firebell is, asked of the real process over real HTTP or of one of its functions. */
export interface Bench {
  readonly name: string;
  readonly about: string;
  readonly run: (places: Places) => Promise<readonly Figure[]>;
}

/** Whether a figure keeps its bound; null when it has none. */
export function isMet({ value, bound }: Figure): boolean | null {
  if (!bound) return null;
  return 'atMost' in bound ? value <= bound.atMost : value >= bound.atLeast;
}
