import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { scheduleVerb } from './schedule.ts';
import { EXIT, FailedError, UsageError } from './verb.ts';

const shared = process.env['FIREBELL_SHARED'] ?? join(import.meta.dirname, '../../../shared');
const examples = join(shared, 'data/schedules.json');

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'firebell-schedule-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function file(content: unknown): Promise<string> {
  const path = join(folder, `${crypto.randomUUID()}.json`);
  await writeFile(path, typeof content === 'string' ? content : JSON.stringify(content));
  return path;
}

async function run(...argv: readonly string[]) {
  const printed = { out: '', err: '' };
  const code = await scheduleVerb.run(argv, {
    out: (text) => void (printed.out += text),
    err: (text) => void (printed.err += text),
    env: {},
  });
  return { code, ...printed };
}

const schedule = {
  timeZone: 'Europe/Warsaw',
  layers: [
    {
      participants: ['alice', 'bob'],
      rotation: { unit: 'days', count: 1, startDate: '2026-03-27', handoffTime: '02:30' },
    },
  ],
};
const asked = {
  id: 7,
  title: 'kept',
  schedule,
  queries: [{ at: '2026-03-29T01:29:59.999Z' }, { at: '2026-03-27T00:00:00Z', why: 'kept too' }],
  timeline: { from: '2026-03-28T00:00:00Z', to: '2026-03-29T12:00:00Z' },
};
const answered = {
  ...asked,
  queries: [
    { at: '2026-03-29T01:29:59.999Z', onCall: ['bob'], nextChange: '2026-03-29T01:30:00Z' },
    { at: '2026-03-27T00:00:00Z', why: 'kept too', onCall: [], nextChange: '2026-03-27T01:30:00Z' },
  ],
  timeline: {
    ...asked.timeline,
    segments: [
      { start: '2026-03-28T00:00:00Z', end: '2026-03-28T01:30:00Z', onCall: ['alice'] },
      { start: '2026-03-28T01:30:00Z', end: '2026-03-29T01:30:00Z', onCall: ['bob'] },
      { start: '2026-03-29T01:30:00Z', end: '2026-03-29T12:00:00Z', onCall: ['alice'] },
    ],
  },
};

describe('firebell schedule eval', () => {
  it.each([
    ['a single case', asked, answered],
    ['a list of cases', [asked, asked], [answered, answered]],
    ['a file of cases', { format: 1, cases: [asked] }, { format: 1, cases: [answered] }],
    [
      'cases by name',
      { one: asked, two: { deeper: [asked] } },
      { one: answered, two: { deeper: [answered] } },
    ],
    ['a case with old answers', answered, answered],
    ['a case that asks nothing', { schedule }, { schedule }],
  ])('fills the answers into %s and keeps the rest', async (_, input, expected) => {
    const { code, out, err } = await run('eval', await file(input), '--json');
    expect(JSON.parse(out)).toEqual(expected);
    expect({ code, err }).toEqual({ code: EXIT.ok, err: '' });
  });

  it('says null when nothing changes within 400 days', async () => {
    const still = { ...schedule, layers: [{ ...schedule.layers[0], participants: ['alice'] }] };
    const { out } = await run(
      'eval',
      await file({ schedule: still, queries: [{ at: '2026-04-01T00:00:00Z' }] }),
      '--json',
    );
    expect(JSON.parse(out)).toMatchObject({ queries: [{ onCall: ['alice'], nextChange: null }] });
  });

  it('tells people in the wall time of the schedule', async () => {
    const { out } = await run('eval', await file(asked));
    expect(out).toContain('case 7 (wall clock of Europe/Warsaw)');
    expect(out).toContain('2026-03-27 01:00  nobody (until 2026-03-27 02:30)');
    expect(out).toContain('2026-03-29T01:30:00Z to 2026-03-29T12:00:00Z  alice');
  });

  it('has nobody in a layer that ends before it begins, and answers the rest', async () => {
    const never = {
      ...schedule.layers[0],
      activeFrom: '2026-03-29T00:00:00Z',
      activeUntil: '2026-03-28T00:00:00Z',
    };
    const input = { schedule: { ...schedule, layers: [never] }, queries: [{ at: '2026-03-29T01:00:00Z' }] };
    const { code, out } = await run('eval', await file(input), '--json');
    expect(code).toBe(EXIT.ok);
    expect(JSON.parse(out)).toEqual({
      ...input,
      queries: [{ ...input.queries[0], onCall: [], nextChange: null }],
    });
  });

  it('has nobody in a window of an empty list of days', async () => {
    const shut = { type: 'daily', days: [], start: '09:00', end: '17:00' };
    const sunday = { type: 'daily', days: ['sun'], start: '09:00', end: '17:00' };
    const never = { ...schedule.layers[0], restrictions: [shut] };
    const sundays = { ...schedule.layers[0], restrictions: [shut, sunday] };
    const queries = [{ at: '2026-03-28T12:00:00Z' }];
    const input = [never, sundays].map((layer) => ({ schedule: { ...schedule, layers: [layer] }, queries }));
    const { code, out, err } = await run('eval', await file(input), '--json');
    expect({ code, err }).toEqual({ code: EXIT.ok, err: '' });
    expect(JSON.parse(out)).toMatchObject([
      { queries: [{ onCall: [], nextChange: null }] },
      { queries: [{ onCall: [], nextChange: '2026-03-29T07:00:00Z' }] },
    ]);
  });

  it('answers the cases that it can read, hands the others through, and fails', async () => {
    const broken = { ...asked, id: 'two', schedule: { ...schedule, timeZone: 'Mars/Base' } };
    let out = '';
    const io = { out: (text: string) => void (out += text), err: () => {}, env: {} };
    const failure = scheduleVerb.run(['eval', await file([broken, asked]), '--json'], io);
    await expect(failure).rejects.toThrow(/cannot be evaluated in part:\n {2}case two: schedule\.timeZone/);
    expect(JSON.parse(out)).toEqual([broken, answered]);
  });

  it('takes null for a setting that is not there, and hands it through', async () => {
    const layer = { ...schedule.layers[0], priority: null, restrictions: null, rosterChanges: null };
    const taken = { type: 'substitute', start: '2026-03-27T02:00:00Z', end: '2026-03-27T03:00:00Z' };
    const overrides = [{ ...taken, user: 'alice', with: null }];
    const input = {
      schedule: { ...schedule, layers: [layer], overrides },
      queries: [{ at: '2026-03-27T02:30:00Z' }],
    };
    const { out } = await run('eval', await file(input), '--json');
    const queries = [{ at: '2026-03-27T02:30:00Z', onCall: [], nextChange: '2026-03-27T03:00:00Z' }];
    expect(JSON.parse(out)).toEqual({ ...input, queries });
  });

  it('names settings that it does not know and answers without them', async () => {
    const odd = {
      ...asked,
      schedule: { ...schedule, layers: [{ ...schedule.layers[0], restriction: [] }], note: 1 },
    };
    const { code, out, err } = await run('eval', await file(odd), '--json');
    expect(code).toBe(EXIT.ok);
    expect(JSON.parse(out)).toMatchObject({ queries: answered.queries });
    expect(err).toContain('case 7: schedule.layers[0].restriction is not a setting of a schedule');
    expect(err).toContain('case 7: schedule.note is not');
  });
});

describe('a file that cannot be evaluated', () => {
  it.each([
    ['no JSON', '{', /is not JSON/],
    ['no case', { cases: [] }, /holds no case: expected an object with "schedule"/],
    ['a number', 3, /holds no case/],
    ['a schedule that is no object', { schedule: 3, queries: [] }, /the case: schedule: /],
    [
      'a broken schedule among good ones',
      [asked, { ...asked, id: 'two', schedule: { ...schedule, timeZone: 'Mars/Base' } }],
      /case two: schedule\.timeZone: unknown time zone "Mars\/Base"/,
    ],
    [
      'a broken layer, unnamed',
      { cases: [{ schedule: { ...schedule, layers: [{}] } }] },
      /case cases\[0\]: schedule\.layers\[0\]/,
    ],
    [
      'a query without an instant',
      { schedule, queries: [{ on: 1 }] },
      /queries\[0\]\.at: must be an instant/,
    ],
    [
      'a query in no zone',
      { schedule, queries: [{ at: '2026-01-01T00:00' }] },
      /queries\[0\]\.at: .*is not an instant/,
    ],
    [
      'a timeline backwards',
      { schedule, timeline: { from: '2026-01-02T00:00:00Z', to: '2026-01-01T00:00:00Z' } },
      /timeline\.to: must not be earlier than `from`/,
    ],
    ['nesting without end', `${'['.repeat(5000)}${']'.repeat(5000)}`, /holds no case/],
  ])('%s: fails and says why', async (_, content, message) => {
    const failure = run('eval', await file(content), '--json');
    await expect(failure).rejects.toThrow(FailedError);
    await expect(failure).rejects.toThrow(message);
  });

  it('is also one that is not there', async () => {
    await expect(run('eval', join(folder, 'missing.json'))).rejects.toThrow(/cannot read .*missing\.json/);
  });

  it.each([[[]], [['show', 'x']], [['eval']], [['eval', 'a', 'b']], [['eval', 'a', '--jsno']]])(
    'is not asked for by the words %j',
    async (argv) => {
      await expect(run(...argv)).rejects.toThrow(UsageError);
    },
  );
});

const script = `
  import { scheduleVerb } from ${JSON.stringify(new URL('schedule.ts', import.meta.url).href)};
  const out = (text) => void process.stdout.write(text);
  process.exitCode = await scheduleVerb.run(['eval', '-', '--json'], { out, err: out, env: {} });
`;

async function evaluateIn(timeZone: string, document: unknown): Promise<unknown> {
  const call = promisify(execFile)(process.execPath, ['--input-type=module', '--eval', script], {
    env: { ...process.env, TZ: timeZone, LC_ALL: 'ar_EG.UTF-8' },
    maxBuffer: 1e8,
  });
  call.child.stdin?.end(JSON.stringify(document));
  return JSON.parse((await call).stdout);
}

const zones = ['UTC', 'America/New_York', 'Australia/Lord_Howe', 'Pacific/Apia'];

describe('whatever the time zone of the process', () => {
  it.each(zones)('answers the same from standard input under TZ=%s', async (timeZone) => {
    expect(await evaluateIn(timeZone, asked)).toEqual(answered);
  });

  it.for(zones)('answers every worked example right under TZ=%s', async (timeZone, { skip }) => {
    skip(
      !existsSync(examples),
      `${examples} is not there: FIREBELL_SHARED names the folder that holds data/schedules.json`,
    );
    const text = await readFile(examples, 'utf8');
    const answers = new Set(['onCall', 'nextChange', 'segments']);
    const expected: unknown = JSON.parse(text);
    const questions: unknown = JSON.parse(text, (key, value: unknown) =>
      answers.has(key) ? undefined : value,
    );
    expect(questions).not.toEqual(expected);
    expect(await evaluateIn(timeZone, questions)).toEqual(expected);
  });
});
