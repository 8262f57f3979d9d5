import type { Forecast, Moment } from '../../src/domain/forecast/path.ts';

/** One attempt to reach somebody: `ana dm 2026-03-02T03:00:00.000Z sent`. */
export type AttemptWords = string;

/** The words of an attempt. */
export function attemptWords(personId: string, channel: string, at: Date, isSent: boolean): AttemptWords {
  return `${personId} ${channel} ${at.toISOString()} ${isSent ? 'sent' : 'failed'}`;
}

/** Every attempt of a forecast up to the first call of the last resort, repeated rounds written out. */
export function foreseenAttempts({ moments }: Forecast): readonly AttemptWords[] {
  return writtenOut(moments)
    .flatMap((moment) => ('pages' in moment ? moment.pages : []))
    .flatMap(({ personId, attempts }) =>
      attempts.map(({ channel, at, failure }) => attemptWords(personId, channel, at, failure === null)),
    )
    .toSorted();
}

function writtenOut(moments: readonly Moment[]): readonly Moment[] {
  const all: Moment[] = [];
  for (const moment of moments) {
    if (moment.kind !== 'repeat') {
      all.push(moment);
      continue;
    }
    const last = all.at(-1);
    const before = last && 'place' in last ? last.place : null;
    const round = all.filter(
      (one) => 'place' in one && one.place?.policy === before?.policy && one.place?.round === before?.round,
    );
    const lengthMs = moment.at.getTime() - (round[0]?.at.getTime() ?? 0);
    for (let n = 1; n <= moment.toRound - moment.fromRound + 1; n += 1)
      all.push(...round.map((one) => later(one, n * lengthMs)));
  }
  return all;
}

function later(moment: Moment, ms: number): Moment {
  if (!('pages' in moment)) return moment;
  const pages = moment.pages.map((page) => ({
    ...page,
    attempts: page.attempts.map((attempt) => ({ ...attempt, at: new Date(attempt.at.getTime() + ms) })),
  }));
  return { ...moment, pages };
}
