import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { runRoster } from './roster.ts';
import { EXIT, FailedError, UsageError } from './verb.ts';

const CONFIG = `settings: { zone: Europe/Berlin }
people: { ana: { name: Ana }, ben: { name: Ben }, cleo: { name: Cleo }, dev: { name: Dev } }
schedules:
  primary:
    time_zone: Europe/Berlin
    layers:
      - participants: [ana, ben] # a week each
        rotation: { start_date: 2026-01-05, hand_off: "09:00" }
  many:
    time_zone: UTC
    layers:
      - { participants: [ana], rotation: { start_date: 2026-01-05, hand_off: "09:00" } }
      - { participants: [ben, [ana, cleo], []], rotation: { start_date: 2026-01-05, hand_off: "09:00" } }
policies: { p: { steps: [{ targets: [{ schedule: primary }, { schedule: many }] }] } }
last_resort: { targets: [{ person: ana }] }
`;
/** In the middle of a turn of Ben's. */
const NOW = new Date('2026-10-20T08:00:30Z');

let folder = '';
let file = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'firebell-roster-'));
  file = join(folder, 'firebell.yaml');
});
beforeEach(() => writeFile(file, CONFIG));
afterAll(() => rm(folder, { recursive: true }));

async function run(...argv: readonly string[]) {
  const err: string[] = [];
  const io = {
    out: () => expect.unreachable(),
    err: (text: string) => err.push(text),
    env: { CONFIG: file },
  };
  const code = await runRoster(argv, io, { now: () => NOW });
  return { code, err: err.join(''), text: await readFile(file, 'utf8') };
}

describe('firebell roster', () => {
  it('adds somebody at once and keeps whoever is on call', async () => {
    const { code, err, text } = await run('add', 'cleo', '--schedule', 'primary');
    expect(code).toBe(EXIT.ok);
    expect(text).toBe(
      CONFIG.replace(
        '[ana, ben] # a week each',
        '[ana, ben] # a week each\n        roster_changes:\n          - { at: "2026-10-20T08:00:00Z", participants: [ana, ben, cleo] }',
      ),
    );
    expect(err).toContain(`primary, layer 1: [ana, ben, cleo] from Tue 20 Oct 10:00 Berlin on.
primary, times of Berlin:
  Mon 26 Oct 09:00 to Mon 2 Nov 09:00: Ana -> Cleo
  Mon 2 Nov 09:00 to Mon 9 Nov 09:00: Ben -> Ana
`);
    expect(err).not.toContain('WARNING');
    expect(err).toContain('`firebell apply` makes it count.');
  });

  it('lets whoever leaves finish their turn, unless it shall be now', async () => {
    const later = await run('remove', 'ben', '--schedule', 'primary');
    expect(later.text).toContain('- { at: "2026-10-26T08:00:00Z", participants: [ana] }');
    expect(later.err).not.toContain('WARNING');
    await writeFile(file, CONFIG);
    const now = await run('remove', 'ben', '--schedule', 'primary', '--now');
    expect(now.text).toContain('- { at: "2026-10-20T08:00:00Z", participants: [ana] }');
    expect(now.err).toContain('WARNING: who is on call NOW changes in primary: Ben -> Ana.');
  });

  it('goes on from the last change, and refuses one before it', async () => {
    await run('add', 'cleo', '--schedule', 'primary', '--at', '2026-11-02 09:00');
    const { text } = await run(
      'add',
      'dev',
      '--schedule',
      'primary',
      '--after',
      'ana',
      '--at',
      '2026-11-03 00:00',
    );
    expect(text).toContain(`          - { at: "2026-11-02T08:00:00Z", participants: [ana, ben, cleo] }
          - { at: "2026-11-02T23:00:00Z", participants: [ana, dev, ben, cleo] }
`);
    await expect(run('remove', 'cleo', '--schedule', 'primary')).rejects.toThrow(
      /a change is planned already for Tue 3 Nov 00:00; give --at/,
    );
  });

  it('sets a list of people alone, together, and nobody', async () => {
    const { text } = await run('set', 'dev', 'ana+ben', 'nobody', '--schedule', 'many', '--layer', '1');
    expect(text).toContain(
      'hand_off: "09:00" }, roster_changes: [{ at: "2026-10-26T09:00:00Z", participants: [dev, [ana, ben], []] }] }',
    );
  });

  it('takes somebody out of a turn that is shared, and leaves the turn of nobody', async () => {
    const { text } = await run('remove', 'ana', '--schedule', 'many', '--layer', '2');
    expect(text).toContain('participants: [ben, [cleo], []] }] }');
  });

  it('writes nothing in a dry run', async () => {
    const { err, text } = await run('add', 'cleo', '--schedule', 'primary', '--dry-run');
    expect(text).toBe(CONFIG);
    expect(err).toContain('Nothing was written');
  });

  it.each([
    [['add', 'cloe', '--schedule', 'primary'], /nobody in `people` is called "cloe"\. Did you mean "cleo"\?/],
    [['add', 'cleo'], /--schedule is missing\. Schedules are: primary, many\./],
    [['add', 'cleo', '--schedule', 'primry'], /Did you mean "primary"\?/],
    [['add', 'ana', '--schedule', 'primary'], /ana has a turn there already/],
    [
      ['add', 'cleo', '--schedule', 'primary', '--after', 'dev'],
      /--after: dev has no turn there\. Turns are: ana, ben\./,
    ],
    [['add', 'dev', '--schedule', 'many'], /Which layer of many\?\n {2}--layer 1 {2}\[ana]\n {2}--layer 2/],
    [['add', 'dev', '--schedule', 'many', '--layer', '3'], /Which layer of many\?/],
    [['remove', 'dev', '--schedule', 'primary'], /dev has no turn there/],
    [['remove', 'ana', '--schedule', 'many', '--layer', '1'], /nobody would be left without ana/],
    [['remove', 'ana', 'ben', '--schedule', 'primary'], /takes one PERSON/],
    [['set', '--schedule', 'primary'], /needs the turns in order/],
    [['keep', 'ana', '--schedule', 'primary'], /knows add, remove and set, not "keep"/],
    [['add', 'cleo', '--schedule', 'primary', '--at', 'mon 9:00', '--now'], /--at or --now, not both/],
    [['remove', 'ben', '--after', 'ana', '--schedule', 'primary'], /--after goes with add only/],
  ])('refuses %j with the next step', async (argv, message) => {
    const failure = run(...argv);
    await expect(failure).rejects.toThrow(UsageError);
    await expect(failure).rejects.toThrow(message);
    expect(await readFile(file, 'utf8')).toBe(CONFIG);
  });

  it('refuses to change what it cannot read', async () => {
    await expect(
      run('add', 'cleo', '--schedule', 'primary', '--config', join(folder, 'none.yaml')),
    ).rejects.toThrow(FailedError);
  });
});
