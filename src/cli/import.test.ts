import { mkdtemp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkVerb } from './check.ts';
import { importVerb } from './import.ts';
import { EXIT, FailedError, UsageError, type Verb } from './verb.ts';

const fixture = join(import.meta.dirname, '../../test/fixtures/import/pagerduty.json');

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'firebell-import-'));
});
afterAll(() => rm(folder, { recursive: true }));

function path(name: string): string {
  return join(folder, name);
}

async function run(verb: Verb, ...argv: readonly string[]) {
  const printed = { out: '', err: '' };
  const code = await verb.run(argv, {
    out: (text) => void (printed.out += text),
    err: (text) => void (printed.err += text),
    env: {},
  });
  return { code, ...printed };
}

describe('firebell import', () => {
  it('writes a configuration that firebell check accepts, and a report', async () => {
    const [out, report] = [path('a.yaml'), path('a.md')];
    const imported = await run(importVerb, 'pagerduty', fixture, '--out', out, '--report', report);
    expect(imported).toMatchObject({ code: EXIT.ok, out: '' });
    expect(imported.err).toContain(`Written to ${out}.`);
    expect((await run(checkVerb, out)).code).toBe(EXIT.ok);
    expect(await readFile(report, 'utf8')).toMatch(/^# Import from PagerDuty\n\n## Left out\n/);
  });

  it('prints JSON alone on standard output, and writes no file unasked', async () => {
    const { code, out } = await run(importVerb, 'pagerduty', fixture, '--json');
    expect(code).toBe(EXIT.ok);
    const printed = JSON.parse(out) as { readonly problems: readonly { readonly severity: string }[] };
    expect(printed).toMatchObject({
      vendor: 'pagerduty',
      config: { people: { ana: { name: 'Ana Silva', phone: '+351911234567' } } },
    });
    expect(new Set(printed.problems.map(({ severity }) => severity))).toEqual(new Set(['warning']));
  });

  it('reads a folder of answers, one to a file', async () => {
    const all = JSON.parse(await readFile(fixture, 'utf8')) as Record<string, unknown>;
    await mkdir(path('export/more'), { recursive: true });
    for (const [key, value] of Object.entries(all)) {
      await writeFile(
        path(`export/more/${key}.json`),
        JSON.stringify({ [key]: value, limit: 100, more: false }),
      );
    }
    const [whole, parts] = [path('b.yaml'), path('c.yaml')];
    await run(importVerb, 'pagerduty', fixture, '--out', whole);
    await run(importVerb, 'pagerduty', path('export'), '--out', parts);
    expect(await readFile(parts, 'utf8')).toBe(await readFile(whole, 'utf8'));
  });

  it('writes over nothing unless told to', async () => {
    await writeFile(path('mine.yaml'), 'people: {}\n');
    const call = run(importVerb, 'pagerduty', fixture, '--out', path('mine.yaml'));
    await expect(call).rejects.toThrow(
      /mine.yaml is there already: name another file, or write over it with --force/,
    );
    expect((await run(importVerb, 'pagerduty', fixture, '--out', path('mine.yaml'), '--force')).code).toBe(
      EXIT.ok,
    );
  });

  it.each([
    [[], UsageError, /needs the tool to import from: pagerduty/],
    [['pagerdutty', fixture], UsageError, /Did you mean pagerduty\?/],
    [['pagerduty'], UsageError, /needs a FILE or FOLDER/],
    [['pagerduty', fixture, '--json', '--out', '-'], UsageError, /both want standard output/],
    [['pagerduty', '/nowhere/at-all.json', '--json'], FailedError, /cannot read \/nowhere\/at-all.json/],
  ])('refuses %j', async (argv, error, message) => {
    const call = run(importVerb, ...argv);
    await expect(call).rejects.toThrow(error);
    await expect(call).rejects.toThrow(message);
  });

  it.each([
    ['{"users": [', FailedError, /is not JSON/],
    ['{"hello": [{"id": 1}]}', FailedError, /nothing of PagerDuty was found in/],
    ['[]', FailedError, /nothing of PagerDuty was found in/],
  ])('refuses a file with %s', async (text, error, message) => {
    const file = path(`${crypto.randomUUID()}.json`);
    await writeFile(file, text);
    const call = run(importVerb, 'pagerduty', file, '--json');
    await expect(call).rejects.toThrow(error);
    await expect(call).rejects.toThrow(message);
  });

  it.each([
    ['pagerduty', 'opsgenie', 'Opsgenie'],
    ['opsgenie', 'grafana-oncall', 'Grafana OnCall'],
    ['grafana-oncall', 'goalert', 'GoAlert'],
    ['goalert', 'pagerduty', 'PagerDuty'],
  ])('asked for %s, knows the export of %s', async (asked, real, title) => {
    const file = join(fixture, `../${real}.json`);
    const call = run(importVerb, asked, file, '--json');
    await expect(call).rejects.toThrow(`It looks like ${title}: try firebell import ${real}.`);
    expect((await run(importVerb, real, file, '--json')).code).toBe(EXIT.ok);
  });

  it('says so when there is nobody to page', async () => {
    const file = path('nobody.json');
    await writeFile(
      file,
      JSON.stringify({ services: [{ id: 'S', type: 'service', name: 'S', escalation_policy: null }] }),
    );
    const { code, err } = await run(importVerb, 'pagerduty', file, '--out', path('nobody.yaml'));
    expect(code).toBe(EXIT.no);
    expect(err).toContain("Nothing was written: PagerDuty's export has nobody who could be paged.");
  });
});
