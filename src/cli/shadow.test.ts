import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseCsv } from './shadow/csv.ts';
import { shadowVerb } from './shadow.ts';
import { EXIT, FailedError, UsageError } from './verb.ts';

const CONFIG = `
people: { ana: { name: Ana Silva, email: ana@example.com }, ben: { name: Ben, email: ben@example.com } }
schedules:
  primary:
    time_zone: UTC
    layers: [{ participants: [ana, ben], rotation: { every: 1 day, start_date: 2026-01-01, hand_off: "09:00" } }]
policies: { main: { steps: [{ targets: [{ schedule: primary }] }] } }
last_resort: { targets: [{ person: ana }] }
services: { web-shop: { name: Web shop, policy: main } }
`;

let folder = '';
let config = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'firebell-shadow-'));
  config = join(folder, 'firebell.yaml');
  await writeFile(config, CONFIG);
});
afterAll(() => rm(folder, { recursive: true }));

async function file(name: string, content: unknown): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, typeof content === 'string' ? content : JSON.stringify(content));
  return path;
}

async function run(...argv: readonly string[]) {
  const printed = { out: '', err: '' };
  const code = await shadowVerb.run([...argv, '--config', config], {
    out: (text) => void (printed.out += text),
    err: (text) => void (printed.err += text),
    env: {},
  });
  return { code, ...printed };
}

describe('firebell shadow', () => {
  it('reads CSV, and says how much agrees and where not', async () => {
    const log = await file(
      'a.csv',
      'at,service,person\r\n2026-01-01T10:00:00Z,"web-shop",ana@example.com\r\n2026-01-02T10:00:00Z,Web shop,ben\r\n2026-01-03T10:00:00Z,Web shop,ben\r\nyesterday,Web shop,ben\r\n',
    );
    const { code, out, err } = await run(log, '--json');
    expect(code).toBe(EXIT.ok);
    expect(JSON.parse(out)).toMatchObject({
      compared: 3,
      agreeing: 2,
      differences: [
        {
          at: '2026-01-03T10:00:00.000Z',
          kind: 'service',
          name: 'Web shop',
          theirs: ['ben'],
          ours: ['ana'],
          reason: 'hand_off',
        },
      ],
      unread: [{ line: `${log}:5` }],
    });
    expect(err).toContain('2 of 3 moments agree (66.6 %), 2026-01-01 to 2026-01-03.');
    expect(err).toContain(
      `${log}:5 has no "at" like 2026-03-02T06:03:12Z, with Z or an offset, but "yesterday"`,
    );
  });

  it('reads JSON lines, one of which may be the only one', async () => {
    const line = '{"at":"2026-01-01T11:00:00+01:00","schedule":"primary","people":["Ana Silva"]}\n';
    expect((await run(await file('one.jsonl', line))).err).toContain('1 of 1 moments agree');
    expect(
      (
        await run(
          await file('two.jsonl', `${line}${line.replace('01T11', '02T11').replace('Ana Silva', 'ben')}`),
        )
      ).err,
    ).toContain('2 of 2 moments agree');
  });

  // The shapes are those of https://developer.pagerduty.com/api-reference: log entries, incidents.
  it("reads PagerDuty's log entries and incidents", async () => {
    const incident = { id: 'PI1', type: 'incident_reference', summary: '[#1] Down' };
    const service = { id: 'PS1', type: 'service_reference', summary: 'Web shop' };
    const user = { id: 'PU1', type: 'user_reference', summary: 'Ana Silva' };
    const entries = [
      { id: 'R1', type: 'trigger_log_entry', created_at: '2026-01-01T10:00:00Z', incident, service },
      {
        id: 'R2',
        type: 'assign_log_entry',
        created_at: '2026-01-01T10:00:00Z',
        incident,
        service,
        assignees: [user],
      },
      {
        id: 'R3',
        type: 'notify_log_entry',
        created_at: '2026-01-01T10:00:04Z',
        incident,
        service,
        user,
        channel: { type: 'auto', notification: { type: 'push' } },
      },
      {
        id: 'R4',
        type: 'notify_log_entry',
        created_at: '2026-01-01T10:02:04Z',
        incident,
        service,
        user,
        channel: { type: 'auto', notification: { type: 'sms' } },
      },
    ];
    const log = await file('log_entries.json', { log_entries: entries, limit: 100, offset: 0, more: false });
    const other = {
      id: 'PI2',
      created_at: '2026-01-02T10:00:00Z',
      service,
      assignments: [
        { at: '2026-01-02T10:00:00Z', assignee: { id: 'PU2', type: 'user_reference', summary: 'Ben' } },
      ],
    };
    const incidents = await file('incidents.json', { incidents: [other] });
    expect((await run(log, incidents)).err).toContain('2 of 2 moments agree');
  });

  // The shapes are those of https://docs.opsgenie.com/docs/alert-api: alerts, recipients, logs.
  it("reads Opsgenie's alerts with their recipients, or their logs", async () => {
    const alert = {
      id: '70413a06',
      createdAt: '2026-01-01T10:00:00Z',
      message: 'Down',
      responders: [
        { type: 'team', id: 't' },
        { type: 'schedule', id: 's', name: 'primary' },
      ],
    };
    const alerts = await file('alerts.json', {
      data: [alert, { ...alert, id: '80413a06', createdAt: '2026-01-02T10:00:00Z' }],
    });
    const recipients = await file('recipients-70413a06.json', {
      data: [
        {
          user: { id: 'u', username: 'ana@example.com' },
          state: 'active',
          method: 'acknowledge',
          createdAt: '2026-01-01T10:00:03.000Z',
          updatedAt: '2026-01-01T10:00:09Z',
        },
      ],
    });
    const logs = await file('logs-80413a06.json', {
      data: [
        {
          log: 'Sent [Email] notification to [ben@example.com]',
          type: 'alertRecipient',
          owner: 'System',
          createdAt: '2026-01-02T10:00:05Z',
          offset: '1',
        },
        { log: 'Alert closed', type: 'system', owner: 'ana@example.com', createdAt: '2026-01-02T11:00:05Z' },
      ],
    });
    expect((await run(alerts, recipients, logs)).err).toContain('2 of 2 moments agree');
  });

  it('takes --about for what the log does not name', async () => {
    const log = await file('b.csv', 'at,person\n2026-01-01T10:00:00Z,ana\n');
    expect(await run(log)).toMatchObject({
      code: EXIT.no,
      err: expect.stringContaining('Nothing could be compared') as string,
    });
    expect((await run(log, '--about', 'schedule:primary')).err).toContain('1 of 1 moments agree');
  });

  it.each([
    ['', /is empty/],
    ['{"at": ', /is not JSON, and no line of it is/],
    ['when;who\n1;2\n', /neither JSON nor CSV with a first line that names "at", "person"/],
    ['{"users": []}', /no page of PagerDuty or Opsgenie in it/],
  ])('refuses the log %j', async (content, message) => {
    const log = await file(`${crypto.randomUUID()}.log`, content);
    await expect(run(log)).rejects.toThrow(FailedError);
    await expect(run(log)).rejects.toThrow(message);
  });

  it('refuses a call that says nothing, or what was not meant', async () => {
    await expect(run()).rejects.toThrow(UsageError);
    const log = await file('c.csv', 'at,person\n2026-01-01T10:00:00Z,ana\n');
    await expect(run(log, '--about', 'primary')).rejects.toThrow(/--about is like schedule:primary/);
  });
});

describe('CSV', () => {
  it.each([
    [
      'a,b\n1,2\n',
      [
        ['a', 'b'],
        ['1', '2'],
      ],
    ],
    ['"a ""x""","b\nc"\r\n,', [['a "x"', 'b\nc']]],
    ['a,,c', [['a', '', 'c']]],
    ['\uFEFFa\n\n\nb', [['a'], ['b']]],
  ])('%j', (text, rows) => {
    expect(parseCsv(text)).toEqual(rows);
  });
});
