import { wallTime } from '../schedule/zone.ts';
import type { KeyTime, KeyTimes } from './postmortem-draft.ts';

/** What a reader finds where nobody said anything. */
export const NOT_IN_THE_RECORD = '*not in the record*';

/** An instant with date and zone, for reading. */
export function showLocal(at: string, zone: string): string {
  const instant = new Date(at);
  return `${toTheSecond(wallTime(instant, zone))} ${zoneName(instant, zone)}`;
}

/** The same instant in UTC. */
export function showUtc(at: string): string {
  return `${toTheSecond(Date.parse(at))} UTC`;
}

function toTheSecond(wall: number): string {
  return new Date(wall).toISOString().slice(0, 19).replace('T', ' ');
}

/** What people in the zone call their time at this instant: `CEST`, or `GMT+2` where English has no name for it. */
function zoneName(instant: Date, zone: string): string {
  const parts = new Intl.DateTimeFormat('en-US', { timeZone: zone, timeZoneName: 'short' }).formatToParts(
    instant,
  );
  return parts.find(({ type }) => type === 'timeZoneName')?.value ?? zone;
}

/** A span in the two largest units; undefined when it would be negative or one end is missing. */
export function showSpan(from: KeyTime | null, to: KeyTime | null): string | undefined {
  if (!from || !to) return undefined;
  const seconds = Math.round((Date.parse(to.at) - Date.parse(from.at)) / 1000);
  if (seconds < 0) return undefined;
  const parts = [
    [Math.floor(seconds / 86_400), 'd'],
    [Math.floor(seconds / 3600) % 24, 'h'],
    [Math.floor(seconds / 60) % 60, 'min'],
    [seconds % 60, 's'],
  ] as const;
  const first = parts.findIndex(([count]) => count > 0);
  if (first < 0) return '0 s';
  return parts
    .slice(first, first + 2)
    .filter(([count]) => count > 0)
    .map(([count, unit]) => `${count} ${unit}`)
    .join(' ');
}

/** What each key time is called, and from where it is measured. */
export const KEY_TIME_ROWS: readonly (readonly [keyof KeyTimes, string, keyof KeyTimes | null, string])[] = [
  ['impactStart', 'Impact started', null, ''],
  ['detected', 'Detected', 'impactStart', 'time to detect'],
  ['acknowledged', 'Acknowledged', 'detected', 'time to acknowledge'],
  ['mitigated', 'Mitigated', 'impactStart', 'time to mitigate'],
  ['resolved', 'Resolved', 'impactStart', 'time to resolve'],
];
