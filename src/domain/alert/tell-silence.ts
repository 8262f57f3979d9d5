import type { Actor } from '../actor.ts';
import { personOf } from '../actor.ts';
import type { Directory } from '../directory.ts';
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

/** Tells something of a silence where it was made, and has it on the record of the incident that it was made from. */
function tellOf({ incidentId }: Pick<Silence, 'incidentId'>, text: Line): readonly Effect[] {
  const told: Effect = { type: 'chat.tell_room', incidentId, text };
  return incidentId === null ? [told] : [told, { type: 'incident.note_silence', incidentId, text }];
}

/** Tells, where it was made, that alerts are silenced from now on. */
export function silenceBegun(silence: Silence): readonly Effect[] {
  const { id, by, matchers, until, why } = silence;
  const text: Line = [
    whoOf(by),
    ' silenced ',
    { code: matcherWords(matchers) },
    ' until ',
    { time: until },
    ...(why === null ? [] : [`, because ${why}`]),
    `. New alerts like that page nobody (silence ${id}).`,
  ];
  return tellOf(silence, text);
}

/** A silence as one line of a list for whoever comes on call. */
export function silenceLine({ id, by, matchers, until, why, movedBy }: Silence): Line {
  return [
    `Silence ${id}: `,
    { code: matcherWords(matchers) },
    ' until ',
    { time: until },
    ', made by ',
    whoOf(by),
    ...(movedBy === null ? [] : [', its end moved by ', whoOf(movedBy)]),
    ...(why === null ? [] : [`: ${why}`]),
  ];
}

/** Tells, where it was made, that a silence ends at another time. */
export function silenceMoved(
  silence: Silence,
  { by, was }: { readonly by: Actor; readonly was: Date },
): readonly Effect[] {
  const { id, matchers, until } = silence;
  const text: Line = [
    whoOf(by),
    ` moved the end of silence ${id} (`,
    { code: matcherWords(matchers) },
    ') from ',
    { time: was },
    ' to ',
    { time: until },
    '.',
  ];
  return tellOf(silence, text);
}

/** Tells whoever made it that a silence ends soon; a guest or somebody who is gone is not told. */
export function silenceEndsSoon(
  { id, by, matchers, until }: Silence,
  back: HeldBack,
  { people }: Directory,
): readonly Effect[] {
  const personId = personOf(by);
  if (personId === null || !people.has(personId)) return [];
  const text: Line = [
    `Silence ${id} ends at `,
    { time: until },
    ': ',
    { code: matcherWords(matchers) },
    `. ${pagesThen(back)}`,
  ];
  const buttons = [
    { label: 'Two hours from now', command: `silence ${id} 2h` },
    { label: 'End it now', command: `silence end ${id}` },
  ];
  return [
    { type: 'chat.tell_person', personId, key: `silence-soon:${id}:${until.toISOString()}`, text, buttons },
  ];
}

function pagesThen({ held, firing }: HeldBack): string {
  if (firing === 0) return 'Nothing that it holds back fires now.';
  if (held === 1) return 'The alert that it holds back fires now and would page then.';
  const all = firing === held ? `All ${held} alerts` : `${firing} of the ${held} alerts`;
  return `${all} that it holds back ${firing === 1 ? 'fires' : 'fire'} now and would page then.`;
}

/** Tells, where it was made, that a silence is over and what comes of it. */
export function silenceOver(silence: Silence, back: HeldBack): readonly Effect[] {
  const { id, matchers, endedBy } = silence;
  const said: Line = [{ code: matcherWords(matchers) }, ` pages again. ${heldWords(back)}`];
  const text: Line =
    endedBy === null
      ? [`Silence ${id} is over: `, ...said]
      : [whoOf(endedBy), ` ended silence ${id}: `, ...said];
  return tellOf(silence, text);
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
