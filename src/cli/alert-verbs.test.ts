import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sharedFile, WITHOUT_DATA } from '../../test/support/shared-data.ts';
import { parseVerb } from './parse.ts';
import { replayVerb } from './replay.ts';
import { EXIT, FailedError, UsageError } from './verb.ts';
import type { Verb } from './verb.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'firebell-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function run(verb: Verb, ...argv: readonly string[]) {
  let [out, err] = ['', ''];
  const io = {
    out: (text: string) => void (out += text),
    err: (text: string) => void (err += text),
    env: {},
  };
  const code = await verb.run(argv, io);
  return { code, out, err, json: (): unknown => JSON.parse(out) };
}

async function file(name: string, text: string): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, text);
  return path;
}

describe('firebell parse', () => {
  it('prints the normalised alerts, and what is wrong with the others', async () => {
    const body = await file('two.json', '[{"title":"Disk full","severity":"high","dedup_key":"d"},{}]');
    const { code, err, json } = await run(parseVerb, '--source', 'generic', body, '--json');
    expect(code).toBe(EXIT.ok);
    expect(json()).toMatchObject({
      source: 'generic',
      alerts: [
        { key: 'd', status: 'firing', severity: 'error', title: 'Disk full', service: null, labels: {} },
      ],
      rejected: [{ index: 1 }],
    });
    expect(err).toMatch(/^Alert 1: .*title/);
  });

  it('reads form fields when the call says so', async () => {
    const body = await file('form.txt', 'summary=disk+full&dedup=disk&action=close');
    const type = ['--content-type', 'application/x-www-form-urlencoded'];
    const { json } = await run(parseVerb, '--source', 'generic', body, '--json', ...type);
    expect(json()).toMatchObject({ alerts: [{ key: 'disk', status: 'resolved', title: 'disk full' }] });
  });

  it('says no when nothing is usable', async () => {
    const { code, json } = await run(
      parseVerb,
      '--source',
      'generic',
      await file('bad.json', '{"a'),
      '--json',
    );
    expect(code).toBe(EXIT.no);
    expect(json()).toMatchObject({
      alerts: [],
      rejected: [{ index: null, reason: expect.stringMatching(/not JSON/) }],
    });
  });

  it('explains a wrong call and a missing file', async () => {
    await expect(run(parseVerb, 'x.json')).rejects.toThrow(UsageError);
    await expect(run(parseVerb, '--source', 'nobody', 'x.json')).rejects.toThrow(/known are .*generic/);
    await expect(run(parseVerb, '--source', 'generic', join(folder, 'none'))).rejects.toThrow(FailedError);
  });
});

describe('firebell replay', () => {
  const line = (i: number, minutes: number, change: object = {}) =>
    JSON.stringify({
      i,
      t: new Date(Date.UTC(2026, 0, 1, 0, minutes)).toISOString(),
      source: 'am',
      dedupKey: 'disk',
      status: 'firing',
      severity: 'warning',
      title: 'Disk will fill',
      service: 'db',
      labels: {},
      startsAt: '2026-01-01T00:00:00Z',
      ...change,
    });

  it('prints the incidents, names bad lines and goes on', async () => {
    const own = { key: 'own', source: 's', status: 'firing', title: 'Own', startsAt: '2026-01-01T05:00:00Z' };
    const recording = await file(
      'a.jsonl',
      [line(0, 0), 'nonsense', line(2, 5, { dedupKey: 'cpu' }), '', JSON.stringify(own)].join('\n'),
    );
    const assign = join(folder, 'assign.jsonl');
    const { code, err, json } = await run(replayVerb, recording, '--json', '--assign', assign);
    expect(code).toBe(EXIT.ok);
    expect(err).toMatch(/^line 2 is not a JSON object/);
    expect(json()).toMatchObject({
      lines: 3,
      incidents: [
        {
          id: 1,
          title: 'Disk will fill (db)',
          service: 'db',
          severity: 'warning',
          alerts: [{ key: 'disk', firstLine: 0, lines: [0] }, { key: 'cpu' }],
        },
        { id: 2, alerts: [{ key: 'own', lines: [4] }] },
      ],
      suppressed: [],
      rejected: [{ line: 2 }],
    });
    const assigned = (await readFile(assign, 'utf8'))
      .trim()
      .split('\n')
      .map((text): unknown => JSON.parse(text));
    expect(assigned).toMatchObject([
      { i: 0, group: 'G-1' },
      { i: 2, group: 'G-1' },
      { i: 4, group: 'G-2' },
    ]);
  });

  it('uses the routes of a configuration', async () => {
    const config = await readFile(join(import.meta.dirname, '../../examples/firebell.yaml'), 'utf8');
    const path = await file('firebell.yaml', config);
    const recording = await file(
      'b.jsonl',
      [line(0, 0, { severity: 'info' }), line(1, 0, { dedupKey: 'x', service: 'postgres' })].join('\n'),
    );
    const { json } = await run(replayVerb, recording, '--json', '--config', path);
    expect(json()).toMatchObject({ incidents: [{ service: 'database' }], suppressed: [{ key: 'disk' }] });
  });

  it('says no when no line can be used, and explains a wrong call', async () => {
    expect((await run(replayVerb, await file('c.jsonl', '{}\n[]\n'), '--json')).code).toBe(EXIT.no);
    await expect(run(replayVerb)).rejects.toThrow(UsageError);
    await expect(run(replayVerb, join(folder, 'none'))).rejects.toThrow(FailedError);
    await expect(run(replayVerb, 'x', '--json', '--assign', '-')).rejects.toThrow(UsageError);
  });

  const storm = sharedFile('storms', 'p1-day.alerts.jsonl');
  it.skipIf(storm === null)(
    `opens an incident for every line of a recorded day (skipped when ${WITHOUT_DATA})`,
    async () => {
      const { out, err } = await run(replayVerb, storm ?? '', '--assign', '-');
      expect(err).toContain(' 0 lines skipped');
      const assigned = out.trim().split('\n');
      expect(assigned).toHaveLength(481);
      expect(assigned.filter((text) => text.includes('"group":null'))).toEqual([]);
    },
  );

  it('takes tens of thousands of lines in seconds', async () => {
    const lines = Array.from({ length: 20_000 }, (_, i) =>
      line(i, i, {
        dedupKey: `k${i % 5000}`,
        service: `s${i % 300}`,
        status: i % 3 === 0 ? 'resolved' : 'firing',
      }),
    );
    const recording = await file('big.jsonl', lines.join('\n'));
    const { err } = await run(replayVerb, recording, '--assign', join(folder, 'big-assign.jsonl'));
    expect(err).toContain('20000 lines');
  });
});
