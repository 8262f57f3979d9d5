import { formatDuration } from '../../../lib/duration.ts';
import type { Line } from '../../text.ts';
import { counted, listed } from '../../timeline/phrase.ts';
import { sayClock, sayDay } from '../../schedule/say-time.ts';
import type { Coverage } from './coverage.ts';
import type { ShortRest } from './load.ts';
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
/** More short rests of one person than these are told in one line. */
const MOST_RESTS = 3;

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
    shortRests: [...Map.groupBy(shortRests, ({ person }) => person).values()].flatMap((rests) =>
      restLines(rests, zone),
    ),
    load: load.map(({ person, ms, nights, weekends, holidays }): Line => [
      { person },
      `: ${hoursWords(ms)}, ${counted(nights, 'night')}, ${counted(weekends, 'weekend')}`,
      ...(reader.directory.holidays === undefined ? [] : [`, ${counted(holidays, 'holiday')}`]),
    ]),
  };
}

/** The short rests of one person: each, or in one line where there are many. */
function restLines(rests: readonly ShortRest[], zone: string): readonly Line[] {
  const [first] = rests;
  if (first === undefined) return [];
  const words = ({ from, to }: ShortRest) => spanWords({ start: from, end: to }, zone);
  if (rests.length <= MOST_RESTS)
    return rests.map((one): Line => [{ person: one.person }, ` rests less than 11 hours: ${words(one)}.`]);
  const least = Math.min(...rests.map(({ from, to }) => to.getTime() - from.getTime()));
  return [
    [
      { person: first.person },
      ` rests less than 11 hours ${rests.length} times, the shortest for ${formatDuration(least)}, first ${words(first)}.`,
    ],
  ];
}

/** Whole hours of a time in ms: `412 h`. */
export function hoursWords(ms: number): string {
  return `${Math.round(ms / 3_600_000)} h`;
}
