import type { Effect } from '../effect.ts';
import type { Line } from '../text.ts';
import { counted, whoOf } from '../timeline/phrase.ts';
import { matcherWords } from './read-silence.ts';
import type { Silence } from './silence.ts';

/** How many alerts a silence held back in all, and how many of them fire on at its end. */
export interface HeldBack {
  readonly held: number;
  readonly firing: number;
}

/** Tells, where it was made, that alerts are silenced from now on. */
export function silenceBegun({ id, by, matchers, until, why, incidentId }: Silence): readonly Effect[] {
  const text: Line = [
    whoOf(by),
    ' silenced ',
    { code: matcherWords(matchers) },
    ' until ',
    { time: until },
    ...(why === null ? [] : [`, because ${why}`]),
    `. New alerts like that page nobody (silence ${id}).`,
  ];
  return [{ type: 'chat.tell_room', incidentId, text }];
}

/** Tells, where it was made, that a silence is over and what comes of it. */
export function silenceOver(silence: Silence, back: HeldBack): readonly Effect[] {
  const { id, matchers, endedBy, incidentId } = silence;
  const said: Line = [{ code: matcherWords(matchers) }, ` pages again. ${heldWords(back)}`];
  const text: Line =
    endedBy === null
      ? [`Silence ${id} is over: `, ...said]
      : [whoOf(endedBy), ` ended silence ${id}: `, ...said];
  return [{ type: 'chat.tell_room', incidentId, text }];
}

/** What a silence that is over held back, and what comes of that: a sentence or two. */
export function heldWords({ held, firing }: HeldBack): string {
  if (held === 0) return 'It held back no alert.';
  if (held === 1)
    return `It held back 1 alert, which ${firing === 0 ? 'does not fire any more' : 'still fires and counts as new now'}.`;
  const all = `It held back ${counted(held, 'alert')}.`;
  if (firing === 0) return `${all} None of them fires any more.`;
  return `${all} ${firing} still ${firing === 1 ? 'fires and counts' : 'fire and count'} as new now.`;
}
