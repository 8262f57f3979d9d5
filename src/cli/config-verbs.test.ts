import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newAdminKey, offerAdminAccess } from '../ingest/admin-file.ts';
import { checkVerb } from './check.ts';
import { oncallVerb } from './oncall.ts';
import { shiftsVerb } from './shifts.ts';
import { FailedError, UsageError, type Verb } from './verb.ts';

const CONFIG = `people: { ana: {}, ben: {} }
schedules:
  primary:
    time_zone: Europe/London
    layers:
      - participants: [ana, ben]
        rotation: { start_date: 2026-01-05, hand_off: "09:00" }
        restrictions: [{ type: daily, start: "09:00", end: "17:00" }]
  always:
    time_zone: UTC
    layers:
      - participants: [ana]
        rotation: { start_date: 2026-01-05, hand_off: "09:00" }
policies: { p: { steps: [{ targets: [{ schedule: primary }] }] } }
last_resort: { targets: [{ person: ana }] }
`;

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'firebell-verbs-'));
  await writeFile(join(folder, 'good.yaml'), CONFIG);
  await writeFile(join(folder, 'bad.yaml'), CONFIG.replace('schedule: primary }', 'schedule: primry }'));
});
afterAll(() => rm(folder, { recursive: true }));

async function run(verb: Verb, ...argv: readonly string[]) {
  const [out, err]: [string[], string[]] = [[], []];
  const env = { CONFIG: join(folder, 'good.yaml'), DATA_DIR: join(folder, 'data') };
  const code = await verb.run(argv, { out: (text) => out.push(text), err: (text) => err.push(text), env });
  return { code, out: out.join(''), err: err.join('') };
}

describe('firebell check', () => {
  it('says in a few words what a good file defines, and nothing on standard output', async () => {
    const { code, out, err } = await run(checkVerb);
    expect({ code, out }).toEqual({ code: 0, out: '' });
    expect(err).toContain(
      'good.yaml (from CONFIG) is fine: 2 people, 0 teams, 0 services, 2 schedules, 1 policy and 1 route.',
    );
    expect(err).toContain('the last resort is person ana');
  });

  it('names every problem with its place and exits with 1', async () => {
    const { code, err } = await run(checkVerb, join(folder, 'bad.yaml'));
    expect(code).toBe(1);
    expect(err).toContain(
      'bad.yaml:14:50: error: policies.p.steps[0].targets[0].schedule names `primry`, which is not a schedule. Did you mean `primary`?',
    );
    expect(err).toContain('bad.yaml does not load: 1 error.');
  });

  it('prints the problems as JSON alone', async () => {
    const { code, out, err } = await run(checkVerb, join(folder, 'bad.yaml'), '--json');
    expect({ code, err }).toEqual({ code: 1, err: '' });
    expect(JSON.parse(out)).toMatchObject({
      ok: false,
      problems: [
        { severity: 'error', line: 14, column: 50, path: 'policies.p.steps[0].targets[0].schedule' },
      ],
    });
  });

  it('fails for a file that is not there, and for words that it does not know', async () => {
    await expect(run(checkVerb, join(folder, 'none.yaml'))).rejects.toThrow(FailedError);
    await expect(run(checkVerb, 'a', 'b')).rejects.toThrow(UsageError);
    await expect(run(checkVerb, '--jsn')).rejects.toThrow(UsageError);
  });
});

describe('firebell oncall', () => {
  it('says who is on call, until when, and who is next', async () => {
    const { code, out } = await run(
      oncallVerb,
      '--schedule',
      'primary',
      '--at',
      '2026-01-11T16:30:00Z',
      '--json',
    );
    expect(code).toBe(0);
    expect(JSON.parse(out)).toEqual({
      schedule: 'primary',
      at: '2026-01-11T16:30:00Z',
      onCall: ['ana'],
      nextChange: '2026-01-11T17:00:00Z',
      next: [],
    });
  });

  it("reads wall time in the schedule's zone", async () => {
    const { out } = await run(oncallVerb, '--schedule', 'primary', '--at', '2026-07-06 09:00', '--json');
    expect(JSON.parse(out)).toMatchObject({ at: '2026-07-06T08:00:00Z', onCall: ['ana'] });
  });

  it('answers for every schedule without --schedule', async () => {
    const { out } = await run(oncallVerb, '--at', '2026-01-12T09:00:00Z', '--json');
    expect(JSON.parse(out)).toMatchObject([
      { schedule: 'primary', onCall: ['ben'] },
      { schedule: 'always', onCall: ['ana'], nextChange: null, next: [] },
    ]);
    const { err } = await run(oncallVerb, '--at', '2026-01-12T09:00:00Z');
    expect(err).toBe(
      `No bot is running on the data folder ${join(folder, 'data')}. By the file alone: overrides, swaps and absences made in chat or on the web are not in it.\n` +
        'primary: ben until 2026-01-12 17:00 GMT (Europe/London), then nobody\nalways: ana and nothing changes within 400 days\n',
    );
  });

  it('answers by the file when the bot that left word is gone', async () => {
    const data = join(folder, 'left');
    const takeBack = await offerAdminAccess(data, { url: 'http://127.0.0.1:9', key: newAdminKey() });
    let [out, err] = ['', ''];
    const code = await oncallVerb.run(['--schedule', 'always', '--json'], {
      out: (text) => void (out += text),
      err: (text) => void (err += text),
      env: { CONFIG: join(folder, 'good.yaml'), DATA_DIR: data },
    });
    expect([code, JSON.parse(out)]).toMatchObject([0, { onCall: ['ana'] }]);
    expect(err).toMatch(/^The bot at http:\/\/127\.0\.0\.1:9 does not answer: .+\. By the file alone: /);
    await takeBack();
  });

  it('reads nothing but the file that is named', async () => {
    const { err } = await run(oncallVerb, '--config', join(folder, 'good.yaml'), '--json');
    expect(err).toBe(
      'By the file alone: overrides, swaps and absences made in chat or on the web are not in it.\n',
    );
  });

  it('refuses an unknown schedule with the nearest one, and a time that is none', async () => {
    await expect(run(oncallVerb, '--schedule', 'primry')).rejects.toThrow(
      new UsageError(
        'there is no schedule "primry". Did you mean "primary"? Schedules are: primary, always.',
      ),
    );
    await expect(run(oncallVerb, '--at', 'whenever')).rejects.toThrow(UsageError);
    await expect(run(oncallVerb, 'primary')).rejects.toThrow(UsageError);
  });

  it('fails with the problems of a configuration that does not load', async () => {
    await expect(run(oncallVerb, '--config', join(folder, 'bad.yaml'))).rejects.toThrow(
      /bad\.yaml:14:50: error/,
    );
  });
});

describe('firebell shifts', () => {
  const range = ['--from', '2026-01-11', '--to', '2026-01-12T12:00:00Z'] as const;

  it('lists the shifts, gaps included', async () => {
    const { code, out } = await run(shiftsVerb, '--schedule', 'primary', ...range, '--json');
    expect(code).toBe(0);
    expect(JSON.parse(out)).toEqual({
      schedule: 'primary',
      from: '2026-01-11T00:00:00Z',
      to: '2026-01-12T12:00:00Z',
      shifts: [
        { start: '2026-01-11T00:00:00Z', end: '2026-01-11T09:00:00Z', onCall: [] },
        { start: '2026-01-11T09:00:00Z', end: '2026-01-11T17:00:00Z', onCall: ['ana'] },
        { start: '2026-01-11T17:00:00Z', end: '2026-01-12T09:00:00Z', onCall: [] },
        { start: '2026-01-12T09:00:00Z', end: '2026-01-12T12:00:00Z', onCall: ['ben'] },
      ],
    });
  });

  it('refuses what is missing, the wrong way round, too long or unknown', async () => {
    await expect(run(shiftsVerb, '--schedule', 'primary')).rejects.toThrow(UsageError);
    await expect(run(shiftsVerb, '--schedule', 'x', ...range)).rejects.toThrow(UsageError);
    const asked = (from: string, to: string) =>
      run(shiftsVerb, '--schedule', 'primary', '--from', from, '--to', to);
    await expect(asked('2026-02-01', '2026-01-01')).rejects.toThrow(/must be later than --from/);
    await expect(asked('2026-01-01', '2027-03-01')).rejects.toThrow(/more than 400 days/);
    await expect(asked('2026-01-01T00:00:00Z', '2027-02-05T00:00:00Z')).resolves.toMatchObject({ code: 0 });
  });
});
