import fc from 'fast-check';
import { expect, it } from 'vitest';
import { z } from 'zod';
import { oncallVerb } from '../../src/cli/oncall.ts';
import { showInstant } from '../../src/cli/schedule-document.ts';
import { shiftsVerb } from '../../src/cli/shifts.ts';
import type { Verb } from '../../src/cli/verb.ts';
import { onCallAt } from '../../src/domain/schedule/on-call.ts';
import type { Override, Schedule } from '../../src/domain/schedule/schedule.ts';
import { hours, startBot } from '../support/bot.ts';
import type { Bot } from '../support/bot.ts';

const NAMES: Readonly<Record<string, string>> = {
  ana: 'Ana Souza',
  ben: 'Ben Okafor',
  cleo: 'Cleo Martin',
  dev: 'Dev Patel',
};
const PEOPLE = Object.keys(NAMES);
const NOON = new Date('2026-03-28T12:00:00Z');

const layer = fc.record({
  participants: fc.array(fc.constantFrom(...PEOPLE), { minLength: 1, maxLength: 4 }),
  unit: fc.constantFrom('hours' as const, 'days' as const),
  count: fc.integer({ min: 1, max: 20 }),
  priority: fc.integer({ min: 0, max: 1 }),
});
const change = fc.record({
  person: fc.constantFrom(...PEOPLE),
  length: fc.integer({ min: 1, max: 30 }),
  adds: fc.boolean(),
});
const story = fc.record({
  zone: fc.constantFrom('UTC', 'Europe/Berlin', 'Australia/Lord_Howe'),
  layers: fc.array(layer, { minLength: 1, maxLength: 3 }),
  changes: fc.array(change, { minLength: 1, maxLength: 3 }),
});

it('is the same person in chat, on the web, at the command line and on the page, over random schedules with overrides', async () => {
  const bot = await startBot();
  bot.now = NOON;
  const folder = await bot.offersItself();
  for (const [n, { zone, layers, changes }] of fc.sample(story, { numRuns: 4, seed: 7 }).entries()) {
    const id = `s${n}`;
    const schedule: Schedule = {
      timeZone: zone,
      layers: layers.map(({ participants, unit, count, priority }) => ({
        participants,
        priority,
        rotation: { unit, count, startDate: '2026-03-01', handoffTime: '09:00' },
      })),
    };
    await bot.rewrites({ schedules: { [id]: { name: id, schedule } }, policies: policyOf(id) });
    const overrides: Override[] = [];
    for (const { person, length, adds } of changes) {
      const said = await bot.as('dev').types(`override ${id} ${adds ? 'add ' : ''}@${person} for ${length}h`);
      const span = {
        start: bot.now.toISOString(),
        end: new Date(bot.now.getTime() + hours(length)).toISOString(),
      };
      if (!said.words.includes('To take it back')) continue;
      overrides.push(
        adds ? { type: 'add', ...span, user: person } : { type: 'replaceAll', ...span, users: [person] },
      );
    }
    for (const later of [0, 7, 26]) {
      bot.now = new Date(bot.now.getTime() + hours(later));
      const wanted = onCallAt({ ...schedule, overrides }, bot.now);
      expect(await inChat(bot, id), `chat, story ${n}`).toEqual(wanted);
      expect(await onWeb(bot, id), `web, story ${n}`).toEqual(wanted);
      expect(await atShell(folder, id, bot.now), `shell, story ${n}`).toEqual(wanted);
      expect(await paged(bot, id), `page, story ${n}`).toEqual(wanted);
    }
  }
});

function policyOf(schedule: string): object {
  return { main: { steps: [{ targets: [{ schedule }], ack_within: '5m' }] } };
}

function peopleIn(words: string): readonly string[] {
  return PEOPLE.filter((id) => words.includes(NAMES[id] ?? id)).sort();
}

async function inChat(bot: Bot, schedule: string): Promise<readonly string[]> {
  const { words } = await bot.as('sue').types(`oncall schedule ${schedule}`);
  return peopleIn(words.split(/ until |, with no change/)[0] ?? '');
}

async function onWeb(bot: Bot, schedule: string): Promise<readonly string[]> {
  const { words } = await bot.as('sue').opens(`/schedules/${schedule}`);
  return peopleIn(/On call now(.*?)(Until|With no change)/.exec(words)?.[1] ?? '');
}

/** What `firebell oncall` and `firebell shifts` print, which must be the same. */
async function atShell(folder: string, schedule: string, at: Date): Promise<readonly string[]> {
  const [from, to] = [at.toISOString(), new Date(at.getTime() + 1000).toISOString()];
  const now = await prints(oncallVerb, folder, ['--schedule', schedule, '--at', from, '--json']);
  const shifts = await prints(shiftsVerb, folder, [
    '--schedule',
    schedule,
    '--from',
    from,
    '--to',
    to,
    '--json',
  ]);
  const { onCall } = z.object({ onCall: z.array(z.string()) }).parse(now);
  expect(shifts).toMatchObject({ shifts: [{ start: showInstant(at), onCall }] });
  return onCall;
}

async function prints(verb: Verb, folder: string, argv: readonly string[]): Promise<unknown> {
  let [out, err] = ['', ''];
  const io = {
    out: (text: string) => void (out += text),
    err: (text: string) => void (err += text),
    env: { DATA_DIR: folder },
  };
  await verb.run(argv, io);
  expect(err).toBe('');
  return JSON.parse(out);
}

async function paged(bot: Bot, schedule: string): Promise<readonly string[]> {
  await bot.as('dev').types(`escalate schedule ${schedule} are you there`);
  const id = (await bot.incidents()).at(-1) ?? 0;
  const people = (await bot.pages(id)).map(({ personId }) => personId);
  await bot.as('dev').types(`cancel #${id} it was a question`);
  return people.sort();
}
