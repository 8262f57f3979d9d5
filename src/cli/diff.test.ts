import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runDiff } from './diff.ts';
import { EXIT, FailedError, UsageError } from './verb.ts';

const CONFIG = `settings: { zone: Europe/Berlin }
people: { ana: { name: Ana }, ben: { name: Ben }, cleo: { name: Cleo } }
schedules:
  primary:
    time_zone: Europe/Berlin
    layers:
      - participants: [ana, ben] # a week each
        rotation: { start_date: 2026-01-05, hand_off: "09:00" }
policies: { p: { steps: [{ targets: [{ schedule: primary }] }] } }
services: { shop: { policy: p } }
last_resort: { targets: [{ person: ana }] }
`;
const SWAPPED = CONFIG.replace('[ana, ben]', '[ben, ana]');
const GAP = CONFIG.replace(
  'hand_off: "09:00" }',
  'hand_off: "09:00" }\n        restrictions: [{ type: daily, start: "03:00", end: "02:00" }]',
);
/** Monday, and the turn of Ben has just begun. */
const NOW = new Date('2026-10-19T07:00:00Z');
const FROM = ['--from', '2026-10-19 12:00', '--days', '30'];

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'firebell-diff-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function file(text: string): Promise<string> {
  const path = join(folder, `${crypto.randomUUID()}.yaml`);
  await writeFile(path, text);
  return path;
}

async function run(...argv: readonly string[]) {
  const [out, err]: [string[], string[]] = [[], []];
  const env = { DATA_DIR: join(folder, 'data') };
  const io = { out: (text: string) => out.push(text), err: (text: string) => err.push(text), env };
  const code = await runDiff(argv, io, { now: () => NOW });
  return { code, out: out.join(''), err: err.join('') };
}

describe('firebell diff', () => {
  it('says in one line that nothing changes', async () => {
    const { code, out, err } = await run(await file(CONFIG), await file(CONFIG.replace('# a week each', '')));
    expect({ code, out }).toEqual({ code: EXIT.ok, out: '' });
    expect(err).toMatch(/^Nothing changes against .*\.yaml\.\n$/);
  });

  it('says who is on call instead of whom, in wall time, and once for what goes on for ever', async () => {
    const { code, err } = await run(await file(CONFIG), await file(SWAPPED));
    expect(code).toBe(EXIT.ok);
    expect(err).toBe(`WARNING: who is on call NOW changes in primary: Ben -> Ana.

primary, times of Berlin:
  from now to Mon 26 Oct 09:00: Ben -> Ana
  Mon 26 Oct 09:00 to Mon 2 Nov 09:00: Ana -> Ben
  and so on, the same every 2 weeks (13 of them by Sun 17 Jan 2027 08:00)
  The list of layer 1 was edited in place, so its turns are counted anew. To keep whoever is on call, undo that and let
  \`firebell roster\` make the change, or write it so:
    participants: [ana, ben]
    roster_changes:
      - { at: "2026-10-19T07:00:00Z", participants: [ben, ana] }
`);
  });

  it('exits with 1 for a new gap, unless gaps are allowed', async () => {
    const [before, after] = [await file(CONFIG), await file(GAP)];
    const { code, err } = await run(before, after, ...FROM);
    expect(code).toBe(EXIT.no);
    expect(err).toContain('WARNING: primary gets 30 new times with nobody on call, and it goes on.');
    expect(err).toContain(
      'nobody on call Tue 20 Oct 02:00 to 03:00\n  and so on, the same every day (30 of them',
    );
    expect((await run(before, after, ...FROM, '--allow-gaps')).code).toBe(EXIT.ok);
    expect((await run(after, before, ...FROM)).code).toBe(EXIT.ok);
  });

  it('tells the two times apart that the clock shows twice', async () => {
    const early = GAP.replace('"03:00", end: "02:00"', '"02:30", end: "02:00"');
    const { err } = await run(
      await file(CONFIG),
      await file(early),
      '--from',
      '2026-10-25 00:00',
      '--days',
      '1',
    );
    expect(err).toContain('nobody on call Sun 25 Oct 02:00 (the first) to 02:30 (the first)');
  });

  it('prints everything as JSON alone', async () => {
    const { code, out, err } = await run(await file(CONFIG), await file(GAP), ...FROM, '--json');
    expect({ code, err }).toEqual({ code: EXIT.no, err: '' });
    expect(JSON.parse(out)).toMatchObject({
      from: '2026-10-19T10:00:00.000Z',
      schedules: [{ id: 'primary', kind: 'changed', newGaps: 30, runs: [{ pattern: 'same' }] }],
    });
  });

  it('compares although secrets are not set, and names them', async () => {
    const secret = `${CONFIG}notify:
  email: { url: "smtps://bell:\${DIFF_SMTP_PASSWORD}@mail.example.com", from: bell@example.com }
  webhooks: { hook: { url: "\${DIFF_HOOK_URL}", secret: "\${DIFF_HOOK_SECRET}" } }
`;
    const { code, err } = await run(
      await file(CONFIG),
      await file(
        secret
          .replace('policy: p', 'policy: p, owner: t')
          .replace('services:', 'teams: { t: { members: [ana] } }\nservices:'),
      ),
    );
    expect(code).toBe(EXIT.ok);
    expect(err).toContain('service shop: owner nobody -> team t');
    expect(err).toContain('(DIFF_SMTP_PASSWORD, DIFF_HOOK_URL, DIFF_HOOK_SECRET not set here: not compared)');
  });
});

describe('what cannot be compared', () => {
  it('is a file that is not there or does not load', async () => {
    const good = await file(CONFIG);
    await expect(run(good, join(folder, 'none.yaml'))).rejects.toThrow(FailedError);
    await expect(
      run(good, await file(CONFIG.replace('schedule: primary', 'schedule: primry'))),
    ).rejects.toThrow(/does not load, so there is nothing to compare:\n.*Did you mean `primary`/);
  });

  it.each([
    [['a', 'b', 'c']],
    [['a', 'b', '--against', 'main']],
    [['-', '--against', 'main']],
    [['a', '--jsno']],
  ])('is asked for by the wrong words %j', async (argv) => {
    await expect(run(...argv)).rejects.toThrow(UsageError);
  });

  it.each(['0', '401', '-1', '1.5', 'ninety', ''])('is a period of --days %j', async (days) => {
    const same = await file(CONFIG);
    await expect(run(same, same, `--days=${days}`)).rejects.toThrow(
      /--days must be a whole number from 1 to 400/,
    );
  });
});

describe('against a git revision', () => {
  let repository = '';
  const git = (...args: readonly string[]) => promisify(execFile)('git', ['-C', repository, ...args]);

  beforeAll(async () => {
    repository = await mkdtemp(join(folder, 'git-'));
    await git('init', '--quiet', '--initial-branch', 'main');
    await writeFile(join(repository, 'firebell.yaml'), CONFIG);
    await git('add', '.');
    const who = ['-c', 'user.name=Ana', '-c', 'user.email=ana@example.com', '-c', 'commit.gpgsign=false'];
    await git(...who, 'commit', '--quiet', '--message', 'Begin');
    await writeFile(join(repository, 'firebell.yaml'), GAP);
    await writeFile(join(repository, 'other.yaml'), CONFIG);
  });

  it('compares the file with what the revision holds under its name', async () => {
    const { code, err } = await run(join(repository, 'firebell.yaml'), '--against', 'main', ...FROM);
    expect(code).toBe(EXIT.no);
    expect(err).toContain('new times with nobody on call');
    expect((await run(join(repository, 'firebell.yaml'), '--against', 'HEAD', ...FROM)).code).toBe(EXIT.no);
  });

  it('takes a file that the revision does not hold as all new', async () => {
    const { code, err } = await run(join(repository, 'other.yaml'), '--against', 'main');
    expect(code).toBe(EXIT.ok);
    expect(err).toContain('primary is new, times of Berlin. On call now:');
    expect(err).toContain('person ana: added');
  });

  it('fails for a revision or a repository that is not there, and never takes a revision for an option', async () => {
    const here = join(repository, 'firebell.yaml');
    await expect(run(here, '--against', 'nowhere')).rejects.toThrow(/git knows no revision nowhere here/);
    await expect(run(here, '--against=--output=/tmp/x')).rejects.toThrow(FailedError);
    await expect(run(await file(CONFIG), '--against', 'main')).rejects.toThrow(/is not in a git repository/);
  });
});
