import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { importVerb } from '../../import.ts';
import { EXIT, FailedError, UsageError } from '../../verb.ts';
import { GOALERT_QUERY } from './goalert-query.ts';

const fixtures = join(import.meta.dirname, '../../../../test/fixtures/import');
const TOKEN = 'the-token-of-the-test';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'firebell-fetch-'));
});
afterAll(() => rm(folder, { recursive: true }));

type Page = { readonly status?: number; readonly headers?: Record<string, string>; readonly body: unknown };
type Answers = (path: URL, request: IncomingMessage, body: string) => Page;

const open: (() => Promise<void>)[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((close) => close()));
});

/** An API that refuses whoever has not the token, written as the vendor wants it. */
async function api(
  authorization: string,
  answers: Answers,
): Promise<{ readonly url: string; readonly asked: string[] }> {
  const asked: string[] = [];
  const handle = async (request: IncomingMessage, response: ServerResponse) => {
    let body = '';
    for await (const part of request) body += String(part);
    const path = new URL(request.url ?? '/', 'http://localhost');
    asked.push(`${path.pathname}${path.search}`);
    const page =
      request.headers.authorization === authorization
        ? answers(path, request, body)
        : { status: 401, body: { message: 'no' } };
    response.writeHead(page.status ?? 200, { 'content-type': 'application/json', ...page.headers });
    response.end(typeof page.body === 'string' ? page.body : JSON.stringify(page.body));
  };
  const server = createServer((request, response) => void handle(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  open.push(() => new Promise((resolve) => server.close(() => resolve())));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked };
}

async function fixture(name: string): Promise<Record<string, unknown>> {
  return JSON.parse(await readFile(join(fixtures, `${name}.json`), 'utf8')) as Record<string, unknown>;
}

async function run(...argv: readonly string[]) {
  const printed = { out: '', err: '' };
  const code = await importVerb.run(argv, {
    out: (text) => void (printed.out += text),
    err: (text) => void (printed.err += text),
    env: { KEY: TOKEN },
  });
  return { code, ...printed };
}

function configOf(out: string): Record<string, Record<string, unknown>> {
  return (JSON.parse(out) as { config: Record<string, Record<string, unknown>> }).config;
}

describe('firebell import --url', () => {
  it("reads PagerDuty's API page by page, each schedule by itself, and waits when it is told to", async () => {
    const all = await fixture('pagerduty');
    let refusals = 2;
    const { url, asked } = await api(`Token token=${TOKEN}`, (path) => {
      if (refusals > 0) {
        refusals -= 1;
        return {
          status: refusals === 1 ? 429 : 503,
          headers: refusals === 1 ? { 'ratelimit-reset': '0' } : { 'retry-after': '0' },
          body: {},
        };
      }
      const [, key = '', id] = path.pathname.split('/');
      const list = (all[key] ?? []) as readonly { readonly id: string; readonly name: string }[];
      if (id !== undefined) return { body: { schedule: list.find((one) => one.id === id) } };
      const offset = Number(path.searchParams.get('offset') ?? 0);
      const page = list
        .slice(offset, offset + 1)
        .map((one) => (key === 'schedules' ? { id: one.id, type: 'schedule', name: one.name } : one));
      return { body: { [key]: page, limit: 1, offset, more: offset + 1 < list.length } };
    });
    const { code, out } = await run('pagerduty', '--url', url, '--token-env', 'KEY', '--json');
    expect(code).toBe(EXIT.ok);
    expect(Object.keys(configOf(out)['people'] ?? {})).toEqual(['ana', 'ben', 'gone-person']);
    expect(asked.filter((path) => path.startsWith('/users?')).length).toBe(4);
    expect(asked.some((path) => /^\/schedules\/PS1\?since=.*&until=/.test(path))).toBe(true);
  });

  it("reads Opsgenie's API, with what belongs to users, teams and schedules", async () => {
    const all = await fixture('opsgenie');
    const listOf = (key: string) => {
      const value = all[key] as { data?: readonly unknown[] } | readonly unknown[];
      return Array.isArray(value) ? value : ((value as { data?: readonly unknown[] }).data ?? []);
    };
    const { url } = await api(`GenieKey ${TOKEN}`, ({ pathname, searchParams }) => {
      const [, , kind = '', id, part, rule] = pathname.split('/');
      const items = listOf(kind === 'forwarding-rules' ? 'integrations' : kind) as readonly {
        readonly id: string;
      }[];
      if (kind === 'forwarding-rules') return { body: { data: [] } };
      if (part === 'notification-rules') {
        const rules = listOf('notificationRules').filter(() => id === 'e07c63f0') as readonly {
          readonly id: string;
          readonly steps: unknown;
        }[];
        return {
          body: { data: rule === undefined ? rules.map((one) => ({ ...one, steps: undefined })) : rules[0] },
        };
      }
      if (part === 'routing-rules')
        return {
          body: { data: listOf('routingRules').map((one) => ({ ...(one as object), _parent: undefined })) },
        };
      if (part === 'overrides')
        return {
          body: { data: listOf('overrides').map((one) => ({ ...(one as object), _parent: undefined })) },
        };
      if (part === 'timeline') return { body: all['timeline'] };
      if (id !== undefined) return { body: { data: items.find((one) => one.id === id) } };
      if (kind !== 'users') return { body: { data: items } };
      const offset = Number(searchParams.get('offset') ?? 0);
      const next = offset + 1 < items.length ? { next: `${url}/v2/users?limit=1&offset=${offset + 1}` } : {};
      return { body: { data: items.slice(offset, offset + 1), paging: next } };
    });
    const { code, out } = await run('opsgenie', '--url', url, '--token-env', 'KEY', '--json');
    expect(code).toBe(EXIT.ok);
    const config = configOf(out);
    expect(Object.keys(config['people'] ?? {})).toEqual(['fahri', 'sam', 'kim']);
    expect(config['people']?.['sam']).toMatchObject({ rules: { high: ['dm', 'email', 'sms after 1m'] } });
    expect(config['schedules']?.['ops_schedule']).toMatchObject({
      overrides: [{ type: 'replace_all', users: ['kim'] }],
    });
  });

  it("reads GoAlert's API by one query, until no list goes on", async () => {
    const { data } = (await fixture('goalert')) as { data: Record<string, { nodes: readonly unknown[] }> };
    const { url, asked } = await api(`Bearer ${TOKEN}`, (_, __, body) => {
      const { query, variables } = JSON.parse(body) as { query: string; variables: Record<string, string> };
      if (query !== GOALERT_QUERY) return { status: 400, body: {} };
      const at = Number(variables['usersAfter'] ?? 0);
      const users = {
        nodes: data['users']?.nodes.slice(at, at + 2),
        pageInfo: { hasNextPage: at === 0, endCursor: '2' },
      };
      return { body: { data: { ...data, users } } };
    });
    const { out } = await run('goalert', '--url', url, '--token-env', 'KEY', '--json');
    expect(asked).toEqual(['/api/graphql', '/api/graphql']);
    expect(Object.keys(configOf(out)['people'] ?? {})).toEqual(['ana', 'ben', 'cleo']);
  });

  it('sends GoAlert the query that the manual shows', async () => {
    expect(await readFile(join(fixtures, '../../../docs/moving-to-firebell.md'), 'utf8')).toContain(
      GOALERT_QUERY,
    );
  });

  it("reads Grafana OnCall's API by the addresses it gives, and keeps what it read", async () => {
    const all = await fixture('grafana-oncall');
    const { url } = await api(TOKEN, ({ pathname, searchParams }) => {
      const [, , , what = '', id] = pathname.split('/');
      if (id === 'S3Z477AHDXTMF')
        return {
          body: {
            results: [
              { user_pk: 'UANA', shift_start: '2026-02-09T14:00:00Z', shift_end: '2026-02-10T14:00:00Z' },
            ],
            next: null,
          },
        };
      if (id) return { body: { results: [], next: null } };
      const { results = [] } = (all[what] ?? {}) as { results?: readonly unknown[] };
      const at = Number(searchParams.get('page') ?? 1);
      return {
        body: {
          results: results.slice(at - 1, at),
          next: at < results.length ? `${url}/api/v1/${what}/?page=${at + 1}` : null,
        },
      };
    });
    const saved = join(folder, 'saved');
    const { code, out, err } = await run(
      'grafana-oncall',
      '--url',
      url,
      '--token-env',
      'KEY',
      '--json',
      '--save',
      saved,
    );
    expect(code).toBe(EXIT.ok);
    expect(err).toMatch(/schedule Primary: \d+\.\d % of the time|schedule Primary: the same people/);
    expect((await readdir(saved)).length).toBeGreaterThan(10);
    expect(JSON.parse((await run('grafana-oncall', saved, '--json')).out)).toMatchObject({
      config: configOf(out),
    });
  });

  it('never gives the token to another host', async () => {
    const { url } = await api(TOKEN, () => ({
      body: { results: [], next: 'https://elsewhere.example.com/api/v1/users/?page=2' },
    }));
    await expect(run('grafana-oncall', '--url', url, '--token-env', 'KEY', '--json')).rejects.toThrow(
      /sends to another host for more \(https:\/\/elsewhere.example.com\)/,
    );
  });

  it.each([
    [{ status: 401, body: {} }, /the token is refused \(401\)/],
    [{ status: 403, body: {} }, /may not read this \(403\)/],
    [{ status: 404, body: {} }, /is --url the address of the API\?/],
    [{ status: 400, body: { error: 'bad\nthing' } }, /it answered 400: \{"error":"bad\\nthing"\}/],
    [{ body: '<html>' }, /the answer is not JSON/],
    [{ status: 429, headers: { 'retry-after': '0' }, body: {} }, /too many requests \(429\)/],
  ])('says what to do about %j', async (page, message) => {
    const { url } = await api(TOKEN, () => page);
    const call = run('grafana-oncall', '--url', url, '--token-env', 'KEY', '--json');
    await expect(call).rejects.toThrow(FailedError);
    await expect(call).rejects.toThrow(message);
  });

  it.each([
    [['pagerduty', '--url', 'https://api.pagerduty.com'], /--url needs --token-env/],
    [['pagerduty', '--url', 'https://api.pagerduty.com', '--token-env', 'NOT_THERE'], /NOT_THERE is not set/],
    [['pagerduty', '--url', 'http://api.pagerduty.com', '--token-env', 'KEY'], /must begin with https:\/\//],
    [['pagerduty', '--url', 'pagerduty', '--token-env', 'KEY'], /must begin with https:\/\//],
    [
      ['pagerduty', 'x.json', '--url', 'https://api.pagerduty.com', '--token-env', 'KEY'],
      /either files or --url/,
    ],
  ])('refuses %j', async (argv, message) => {
    const call = run(...argv, '--json');
    await expect(call).rejects.toThrow(UsageError);
    await expect(call).rejects.toThrow(message);
  });
});
