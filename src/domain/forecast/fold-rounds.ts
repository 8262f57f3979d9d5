import type { Moment, Place, RepeatMoment } from './path.ts';

/** Moments of one round of one policy. */
interface Round {
  readonly place: Place | null;
  readonly moments: readonly Moment[];
}

/** Puts rounds that only repeat the one before into one moment each, so that a path of ten rounds can be read. */
export function foldRounds(moments: readonly Moment[]): readonly Moment[] {
  const folded: Moment[] = [];
  let shape: string | null = null;
  for (const round of roundsOf(moments)) {
    const { place } = round;
    const same = place !== null && place.round > 1 && shape === shapeOf(round);
    shape = place === null ? null : shapeOf(round);
    if (!same) folded.push(...round.moments);
    else fold(folded, repeatOf(round, place));
  }
  return folded;
}

function fold(folded: Moment[], repeat: RepeatMoment): void {
  const last = folded.at(-1);
  const goesOn = last?.kind === 'repeat' && last.policy === repeat.policy;
  if (goesOn) folded[folded.length - 1] = { ...last, until: repeat.until, toRound: repeat.toRound };
  else folded.push(repeat);
}

function repeatOf({ moments }: Round, { policy, round }: Place): RepeatMoment {
  const at = moments[0]?.at ?? new Date(0);
  const last = moments.at(-1);
  const until = last && 'until' in last ? last.until : (last?.at ?? at);
  return { kind: 'repeat', at, until, policy, fromRound: round, toRound: round };
}

function roundsOf(moments: readonly Moment[]): readonly Round[] {
  const rounds: Round[] = [];
  for (const moment of moments) {
    const place = 'place' in moment ? moment.place : null;
    const last = rounds.at(-1);
    const isSame = last?.place?.policy === place?.policy && last?.place?.round === place?.round;
    if (last && place && isSame) rounds[rounds.length - 1] = { ...last, moments: [...last.moments, moment] };
    else rounds.push({ place, moments: [moment] });
  }
  return rounds;
}

/** What a round is made of, whenever it takes place: equal for rounds that page the same people in the same way. */
function shapeOf({ moments }: Round): string {
  const from = moments[0]?.at.getTime() ?? 0;
  return JSON.stringify(moments, function (this: Record<string, unknown>, key, value: unknown) {
    // JSON.stringify has made a text of a date before it asks.
    const raw = this[key];
    if (raw instanceof Date) return raw.getTime() - from;
    return key === 'round' ? undefined : value;
  });
}
