import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { UsageError } from './verb.ts';
import { whopagesVerb } from './whopages.ts';

const CONFIG = `people:
  ana: { name: Ana, zone: Europe/Berlin }
  ben: { name: Ben, email: ben@example.com, rules: { high: [email] } }
schedules:
  primary:
    time_zone: UTC
    layers: [{ participants: [ana, ben], rotation: { every: 1 day, start_date: 2026-01-05, hand_off: "09:00" } }]
policies: { p: { steps: [{ targets: [{ schedule: primary }] }, { targets: [{ person: ben }] }] } }
services: { shop: { name: The shop, policy: p } }
last_resort: { targets: [{ person: ana }] }
`;

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'firebell-whopages-'));
  await writeFile(join(folder, 'firebell.yaml'), CONFIG);
});
afterAll(() => rm(folder, { recursive: true }));

async function run(...argv: readonly string[]) {
  const [out, err]: [string[], string[]] = [[], []];
  const env = { CONFIG: join(folder, 'firebell.yaml') };
  const code = await whopagesVerb.run(argv, {
    out: (text) => out.push(text),
    err: (text) => err.push(text),
    env,
  });
  return { code, out: out.join(''), err: err.join('') };
}

const AT = ['--at', '2026-01-05T22:58:00Z', '--zone', 'Europe/Berlin'];

describe('firebell whopages', () => {
  it('prints the path in words on standard error', async () => {
    const { code, out, err } = await run('shop', ...AT);

    expect({ code, out }).toEqual({ code: 0, out: '' });
    expect(err.split('\n')).toEqual(
      [
        'Whom The shop would page',
        'If it began on Mon 5 Jan at 23:58 (Europe/Berlin, UTC+1) as Moderate, high urgency, and nobody answered. By the policy p.',
        '  23:58 Step 1 of 2: primary: Ana. dm 23:58. Waits 5 min.',
        '  Tue 6 Jan 00:03 (Mon 23:03 UTC) Step 2 of 2: Ben. Ben cannot be reached: email fails (Ben cannot get mail: no mail server is configured). Nobody of them can be reached, so it goes on at once.',
        '  Tue 6 Jan 00:03 (Mon 23:03 UTC) Last resort: Ana. dm 00:03. Again every 5 min until somebody acknowledges.',
        '',
      ].map((line, i) => (i === 4 ? line.replace('Tue 6 Jan ', '') : line)),
    );
  });

  it('prints JSON with instants in UTC on standard output, and exits with 1 when nobody is reached', async () => {
    const { code, out } = await run('shop', '--away', 'ana,ben', '--json', ...AT);

    expect(code).toBe(1);
    expect(JSON.parse(out)).toMatchObject({
      question: { about: { kind: 'service', id: 'shop' }, at: '2026-01-05T22:58:00Z', away: ['ana', 'ben'] },
      policies: ['p'],
      reachesSomebody: false,
      moments: [
        { kind: 'skip', at: '2026-01-05T22:58:00Z', reason: 'nobody' },
        { kind: 'skip', at: '2026-01-05T22:58:00Z' },
        { kind: 'last_resort', everyMs: 300000, pages: [] },
      ],
    });
  });

  it.each([
    [['shpo'], 'There is no service, policy, schedule, team or person “shpo”. Did you mean shop?'],
    [[], 'needs the NAME of a service'],
    [['shop', '--away', 'zed'], '--away: "zed" is not one person. People are: ana, ben.'],
    [['shop', '--impact', 'big'], '--impact cannot be "big": no severity_matrix is configured'],
    [['shop', '--urgency', 'medium'], '--urgency cannot be "medium": it is one of high, low'],
    [['shop', '--severity', 'sev9'], 'There is no severity sev9. Severities are, worst first: sev1'],
    [['shop', '--zone', 'Berlin'], '--zone: unknown time zone "Berlin"'],
    [['shop', '--at', 'sometime'], '--at: "sometime" is not a time I understand'],
  ])('%j is a wrong call, with what to do', async (argv, words) => {
    const failed = run(...argv);
    await expect(failed).rejects.toThrow(UsageError);
    await expect(failed).rejects.toThrow(words);
  });
});
