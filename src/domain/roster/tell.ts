import type { Actor } from '../actor.ts';
import { personOf } from '../actor.ts';
import type { Effect } from '../effect.ts';
import type { Line } from '../text.ts';
import { whoOf } from '../timeline/phrase.ts';
import type { Difference, Period } from './difference.ts';

/** A change of who is on call, for telling those whom it concerns. */
export interface Told {
  readonly by: Actor;
  readonly scheduleName: string;
  readonly difference: Difference;
  readonly why: string | null;
  /** The same for the same change, so that it is told once. */
  readonly key: string;
}

const MOST_PERIODS = 3;

/** Tells everybody who comes on call or no longer is by a change that somebody else made. */
export function tellOfChange({ by, scheduleName, difference, why, key }: Told): readonly Effect[] {
  const me = personOf(by);
  const because: Line = why === null ? [] : [` Why: ${why}`];
  const people = new Set([...difference.comes.keys(), ...difference.goes.keys()]);
  return [...people].flatMap((personId): readonly Effect[] => {
    if (personId === me) return [];
    const [comes, goes] = [difference.comes.get(personId) ?? [], difference.goes.get(personId) ?? []];
    const sentences: Line = [
      ...(comes.length === 0
        ? []
        : [whoOf(by), ` put you on call for ${scheduleName}: `, ...periodsLine(comes), '.']),
      ...(goes.length === 0
        ? []
        : [
            ...(comes.length === 0 ? [whoOf(by), ' changed it: you'] : [' You']),
            ` are not on call for ${scheduleName} any more: `,
            ...periodsLine(goes),
            '.',
          ]),
    ];
    const buttons = [{ label: 'Show my shifts', command: 'shifts' }];
    return [
      {
        type: 'chat.tell_person',
        personId,
        key: `${key}:${personId}`,
        text: [...sentences, ...because],

        buttons,
      },
    ];
  });
}

/** Stretches of time as people read them, the first few. */
export function periodsLine(periods: readonly Period[]): Line {
  const shown = periods.slice(0, MOST_PERIODS);
  const more = periods.length - shown.length;
  const said = shown.flatMap(({ start, end }, i): Line => [
    ...(i === 0 ? [] : [', ']),
    { time: start },
    ' to ',
    { time: end },
  ]);
  return more === 0 ? said : [...said, ` and ${more} more times`];
}
