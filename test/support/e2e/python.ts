import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { missing } from './missing.ts';

const PYTHON = process.env['PYTHON'] ?? '/usr/bin/python3';
const ICALENDAR = '/usr/lib/python3/dist-packages/icalendar';
const SCRIPT = join(import.meta.dirname, '..', 'python', 'read_ical.py');

/** Why tests that need Python's calendar libraries are skipped; null when they run. */
export const NO_PYTHON_CALENDARS = whyNot();

function whyNot(): string | null {
  const advice = 'apt-get install python3-icalendar python3-dateutil, or set PYTHON to one that has them';
  if (process.env['PYTHON'] !== undefined || !existsSync(PYTHON)) return missing(PYTHON, advice);
  return missing(ICALENDAR, advice);
}

/** What Python makes of a calendar: `events` as they stand, or `expand` with a zone, a beginning and an end. */
export function inPython(calendar: string, ...words: readonly string[]): unknown {
  const { status, stdout, stderr } = spawnSync(PYTHON, [SCRIPT, ...words], {
    input: calendar,
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`Python could not read the calendar: ${stderr}\n${calendar}`);
  return JSON.parse(stdout);
}
