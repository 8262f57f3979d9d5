import type { Figure } from '../bench.ts';
import { quantile } from './figures.ts';

/** Firebell and another bot that are asked the same. */
export interface SideBySide {
  readonly what: string;
  /** The other bot, with its article, and in a word. */
  readonly other: { readonly named: string; readonly short: string };
  readonly bound: NonNullable<Figure['bound']>;
  /** Asks one of them for a while; how many ms each answer took. */
  readonly ask: (bot: 'ours' | 'theirs') => Promise<readonly number[]>;
}

/** As many turns as it takes until what is used often is compiled: a bot that waits for incidents has run for days. */
const WARM_UPS = 4;
const TURNS = 5;

/** Median and p99 of both, and how they compare. In turns, so that what else the machine does hits both alike. */
export async function sideBySide({ what, other, bound, ask }: SideBySide): Promise<readonly Figure[]> {
  const took = { ours: [] as number[], theirs: [] as number[] };
  for (let turn = 1; turn <= WARM_UPS + TURNS; turn += 1) {
    const ours = await ask('ours');
    const theirs = await ask('theirs');
    if (turn <= WARM_UPS) continue;
    took.ours.push(...ours);
    took.theirs.push(...theirs);
  }
  return [0.5, 0.99].flatMap((share): Figure[] => {
    const name = share === 0.5 ? 'median' : 'p99';
    const [ours, theirs] = [quantile(took.ours, share), quantile(took.theirs, share)];
    return [
      { what: `${what}, ${name}`, value: ours, unit: 'ms' },
      { what: `${what}, by ${other.named}, ${name}`, value: theirs, unit: 'ms' },
      { what: `${what}, Firebell / ${other.short}, ${name}`, value: ours / theirs, unit: 'x', bound },
    ];
  });
}
