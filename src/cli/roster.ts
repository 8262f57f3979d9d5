import { writeFile } from 'node:fs/promises';
import { isDeepStrictEqual } from 'node:util';
import { addRosterChange, showRosterChange, showSlots } from '../config/edit-roster.ts';
import { list } from '../config/explain.ts';
import { findConfigFile } from '../config/read-file.ts';
import { compareDirectories } from '../domain/diff/compare.ts';
import type { Directory, NamedSchedule } from '../domain/directory.ts';
import { changeRoster } from '../domain/schedule/change-roster.ts';
import type { Layer, RosterChange, Slot } from '../domain/schedule/schedule.ts';
import { SYSTEM_CLOCK, type Clock } from '../lib/clock.ts';
import { requireComparable } from './require-comparable.ts';
import { describeComparison, warningsOf } from './diff-words.ts';
import { readInput } from './input-file.ts';
import { grantRosterWish, readRosterWish } from './roster-words.ts';
import { showInstant } from './schedule-document.ts';
import { findSchedule, readInstant } from './schedule-words.ts';
import { EXIT, FailedError, UsageError, type Io, type Verb } from './verb.ts';
import { cityOf, showWall } from './wall-words.ts';
import { takeApart, type Words } from './words.ts';

const HELP = `firebell roster add PERSON --schedule NAME [--after PERSON]
firebell roster remove PERSON --schedule NAME
firebell roster set TURN TURN … --schedule NAME

Changes whose turns a rotation has, by adding a line to roster_changes in the configuration file. Comments stay as they are.
Whoever is on call now stays on call until the next hand-off, and the turns go on from there: nobody jumps. (An edit of
\`participants\` itself counts the whole rotation anew.) A TURN is a person, people together like ana+ben, or nobody.

  --after    add: behind whom; at the end of the list unless given
  --layer    which layer, counted from 1; needed when the schedule has several
  --at       from when on. Unless given: at once, or when whoever leaves hands off. "2026-10-26 09:00" or "mon 9:00", in the schedule's zone
  --now      at once, also when that takes off whoever is on call now
  --config   the configuration; else the file that CONFIG names, else ./firebell.yaml
  --dry-run  say what would change, write nothing

Run "firebell apply" afterwards. Exit code 0: written. 2: wrong call. 3: the file does not load, or cannot be changed safely.
`;

/** `firebell roster`: who takes turns, without taking off whoever is on call. */
export const rosterVerb: Verb = {
  name: 'roster',
  summary: 'Add or remove somebody in a rotation, and keep whoever is on call now',
  help: HELP,
  run: (argv, io) => runRoster(argv, io, SYSTEM_CLOCK),
};

const LOOK_MS = 90 * 86_400_000;

const OPTIONS = {
  schedule: true,
  after: true,
  layer: true,
  at: true,
  now: false,
  config: true,
  'dry-run': false,
} as const;

/** Changes a roster as the call says, by this clock; answers with the exit code. */
export async function runRoster(argv: readonly string[], io: Io, clock: Clock): Promise<number> {
  const words = takeApart(argv, OPTIONS);
  const file = await fileOf(words.value('config'), io);
  const text = (await readInput(file)).toString('utf8');
  const { directory } = requireComparable(text, { file, env: io.env }).config;
  const wish = readRosterWish(words.positionals, words.value('after'), directory);
  const place = findPlace(words, directory);
  const slots = grantRosterWish(lastRoster(place.layer), wish);
  const change = timeChange(words, { ...place, slots, now: clock.now() });
  const edited = addRosterChange(text, { schedule: place.named.id, layer: place.index, change });
  if ('problem' in edited) throw new FailedError(edited.problem);
  const after = requireComparable(edited.text, { file, env: io.env }).config.directory;
  checkEdit(place, change, after);
  const isDry = words.has('dry-run');
  if (!isDry) await writeFile(file, edited.text);
  io.err(report({ before: directory, after, place, change, file, now: clock.now(), isDry }));
  return EXIT.ok;
}

async function fileOf(named: string | undefined, { env }: Io): Promise<string> {
  const { path, because } = await findConfigFile(env, named);
  if (because !== 'example') return path;
  throw new FailedError(
    'There is no firebell.yaml here to change. Copy examples/firebell.yaml, or name one with --config.',
  );
}

interface Place {
  readonly named: NamedSchedule;
  readonly index: number;
  readonly layer: Layer;
}

function findPlace(words: Words<typeof OPTIONS>, directory: Directory): Place {
  const name = words.value('schedule');
  if (name === undefined)
    throw new UsageError(`--schedule is missing.${list('Schedules are', [...directory.schedules.keys()])}`);
  const named = findSchedule(name, directory);
  const { layers } = named.schedule;
  const written = words.value('layer') ?? (layers.length === 1 ? '1' : '');
  const index = /^\d{1,3}$/.test(written) ? Number(written) - 1 : -1;
  const layer = layers[index];
  if (layer) return { named, index, layer };
  const shown = layers.map((one, i) => `  --layer ${i + 1}  ${showSlots(lastRoster(one))}`);
  throw new UsageError([`Which layer of ${named.id}?`, ...shown].join('\n'));
}

function lastRoster({ participants, rosterChanges = [] }: Layer): readonly Slot[] {
  return rosterChanges.at(-1)?.participants ?? participants;
}

interface Wanted extends Place {
  readonly slots: readonly Slot[];
  readonly now: Date;
}

function timeChange(words: Words<typeof OPTIONS>, { named, layer, slots, now }: Wanted): RosterChange {
  const { schedule } = named;
  const at = words.value('at');
  if (at !== undefined && words.has('now'))
    throw new UsageError('firebell roster takes --at or --now, not both');
  const change =
    at === undefined && !words.has('now')
      ? changeRoster({ layer, schedule }, slots, now)
      : {
          at: minuteOf(readInstant(at ?? 'now', { option: '--at', now, zone: schedule.timeZone })),
          participants: slots,
        };
  const last = layer.rosterChanges?.at(-1)?.at;
  if (last === undefined || Date.parse(last) <= Date.parse(change.at)) return change;
  const when = showWall(new Date(last), { zone: schedule.timeZone, now });
  throw new UsageError(
    `a change is planned already for ${when}; give --at a time after it, or edit roster_changes by hand`,
  );
}

function minuteOf(at: Date): string {
  return showInstant(new Date(Math.floor(at.getTime() / 60_000) * 60_000));
}

// The text was changed without understanding all of it: what came of that must be what was meant.
function checkEdit({ named, index, layer }: Place, change: RosterChange, { schedules }: Directory): void {
  const written = schedules.get(named.id)?.schedule.layers[index];
  const meant = { ...layer, rosterChanges: [...(layer.rosterChanges ?? []), change] };
  if (isDeepStrictEqual(written, meant)) return;
  throw new FailedError(
    `${named.id} cannot be changed safely in this file. Add this to roster_changes by hand:\n  - ${showRosterChange(change)}`,
  );
}

interface Report {
  readonly before: Directory;
  readonly after: Directory;
  readonly place: Place;
  readonly change: RosterChange;
  readonly file: string;
  readonly now: Date;
  readonly isDry: boolean;
}

function report({ before, after, place, change, file, now, isDry }: Report): string {
  const { id, schedule } = place.named;
  const comparison = compareDirectories(before, after, {
    now,
    from: now,
    to: new Date(now.getTime() + LOOK_MS),
  });
  const when = showWall(new Date(change.at), { zone: schedule.timeZone, now });
  const told = `${id}, layer ${place.index + 1}: ${showSlots(change.participants)} from ${when} ${cityOf(schedule.timeZone)} on.`;
  return [
    ...warningsOf(comparison).map((warning) => `WARNING: ${warning}`),
    told,
    ...describeComparison(comparison),
    isDry ? `Nothing was written to ${file}.` : `Written to ${file}. \`firebell apply\` makes it count.`,
    '',
  ].join('\n');
}
