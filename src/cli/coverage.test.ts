import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { coverageVerb } from './coverage.ts';
import { UsageError } from './verb.ts';

const CONFIG = `people: { ana: { name: Ana }, ben: { name: Ben } }
schedules:
  primary:
    time_zone: UTC
    layers: [{ participants: [ana, ben], rotation: { every: 1 day, start_date: 2026-01-05, hand_off: "09:00" } }]
    overrides: [{ type: replace_all, users: [], start: "2026-01-10T10:00:00Z", end: "2026-01-10T12:00:00Z" }]
policies: { p: { steps: [{ targets: [{ schedule: primary }] }, { targets: [{ person: ana }, { person: ben }] }] } }
last_resort: { targets: [{ person: ana }] }
`;

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'firebell-coverage-'));
  await writeFile(join(folder, 'firebell.yaml'), CONFIG);
});
afterAll(() => rm(folder, { recursive: true }));

async function run(...argv: readonly string[]) {
  const [out, err]: [string[], string[]] = [[], []];
  const env = { CONFIG: join(folder, 'firebell.yaml') };
  const io = { out: (text: string) => out.push(text), err: (text: string) => err.push(text), env };
  const code = await coverageVerb.run([...argv, '--from', '2026-01-06T00:00:00Z', '--days', '10'], io);
  return { code, out: out.join(''), err: err.join('') };
}

describe('firebell coverage', () => {
  it('prints the score, why, and who carries how much on standard error', async () => {
    const { code, out, err } = await run();

    expect({ code, out }).toEqual({ code: 0, out: '' });
    expect(err).toBe(`Coverage: 96 of 100 for 10 days from Tue 6 Jan (times in UTC)
  -4 primary has nobody on call for 2 h on Sat 10 Jan 10:00.
Nobody on call:
  primary: Sat 10 Jan 10:00 to 12:00 (2 h): an override takes everybody off
Short rests:
  Ben rests less than 11 hours: Sat 10 Jan 10:00 to 12:00 (2 h).
On call, by person:
  Ana: 120 h, 5 nights, 1 weekend
  Ben: 118 h, 5 nights, 1 weekend
`);
  });

  it('prints JSON on standard output, and exits with 1 below the least score', async () => {
    const { code, out } = await run('primary', '--json', '--least', '97');

    expect(code).toBe(1);
    expect(JSON.parse(out)).toMatchObject({
      window: { from: '2026-01-06T00:00:00Z', to: '2026-01-16T00:00:00Z' },
      score: 96,
      deductions: [{ kind: 'gaps', points: 4, schedule: 'primary', count: 1, first: '2026-01-10T10:00:00Z' }],
      schedules: [{ schedule: 'primary', gaps: [{ cause: 'override', end: '2026-01-10T12:00:00Z' }] }],
    });
  });

  it.each([
    [['pirmary'], 'there is no schedule or team "pirmary". Did you mean "primary"?'],
    [['--least', '101'], '--least is a whole number up to 100, not "101"'],
  ])('%j is a wrong call, with what to do', async (argv, words) => {
    const failed = run(...argv);
    await expect(failed).rejects.toThrow(UsageError);
    await expect(failed).rejects.toThrow(words);
  });
});
