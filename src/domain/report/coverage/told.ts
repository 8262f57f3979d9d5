import { formatDuration } from '../../../lib/duration.ts';
import type { Line } from '../../text.ts';
import { counted, listed } from '../../timeline/phrase.ts';
import { sayClock, sayDay } from '../../schedule/say-time.ts';
import type { Coverage } from './coverage.ts';
import { deductionLine, gapLine, scheduleName, spanWords } from './tell.ts';
import type { Reader } from './tell.ts';

/** A report in words, a line each. */
export interface ToldCoverage {
  readonly headline: string;
  readonly deductions: readonly Line[];
  readonly gaps: readonly Line[];
  readonly doubleDuty: readonly Line[];
  readonly shortRests: readonly Line[];
  readonly load: readonly Line[];
}

const DAY = 86_400_000;

/** Tells a report to somebody in a zone. Gaps that are meant to be are left to whoever asks for the numbers. */
export function tellCoverage(coverage: Coverage, reader: Reader): ToldCoverage {
  const { window, score, deductions, doubleDuty, shortRests, load } = coverage;
  const days = Math.round((window.to.getTime() - window.from.getTime()) / DAY);
  const { zone } = reader;
  return {
    headline: `${score} of 100 for ${days} days from ${sayDay(window.from, zone)}`,
    deductions: deductions.map((one): Line => [
      { bold: `-${one.points}` },
      ' ',
      ...deductionLine(one, reader),
    ]),
    gaps: coverage.schedules.flatMap(({ schedule, gaps }) =>
      gaps
        .filter(({ isPlanned }) => !isPlanned)
        .map((gap): Line => [scheduleName(schedule, reader), `: ${gapLine(gap, reader)}`]),
    ),
    doubleDuty: doubleDuty.map(({ person, schedules, ms, first }): Line => [
      { person },
      ' is on call in ',
      ...listed(schedules.map((id) => scheduleName(id, reader))),
      ` at once for ${formatDuration(ms)} in all, first on ${sayDay(first, zone)} ${sayClock(first, zone)}.`,
    ]),
    shortRests: shortRests.map(({ person, from, to }): Line => [
      { person },
      ` rests less than 11 hours: ${spanWords({ start: from, end: to }, zone)}.`,
    ]),
    load: load.map(({ person, ms, nights, weekends, holidays }): Line => [
      { person },
      `: ${hoursWords(ms)}, ${counted(nights, 'night')}, ${counted(weekends, 'weekend')}`,
      ...(reader.directory.holidays === undefined ? [] : [`, ${counted(holidays, 'holiday')}`]),
    ]),
  };
}

/** Whole hours of a time in ms: `412 h`. */
export function hoursWords(ms: number): string {
  return `${Math.round(ms / 3_600_000)} h`;
}
