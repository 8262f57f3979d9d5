import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import postgres from 'postgres';
import type { Bench, Figure } from './bench.ts';
import { SERVICES } from './support/company.ts';
import { median } from './support/figures.ts';
import { openPostLine } from './support/line.ts';
import { newAlert, post } from './support/monitor.ts';
import type { Intake, SentAlert } from './support/monitor.ts';
import type { Places } from './support/place.ts';
import { runSql } from './support/run-sql.ts';

const CONNECTIONS = 32;
const ROUNDS = 5;
/** So long that the opening of a storm's incidents is a part of it and not most of it. */
const ROUND_MS = 4_000;
const IN_ONE_POST = 100;

/** How many new alerts a second are stored, beside what the same Postgres makes of plain inserts at the same moment. */
export const ingest: Bench = {
  name: 'ingest',
  about: 'Durable ingest on Postgres, 32 connections',
  run: async (places) => {
    const place = await places.fresh('postgres');
    const bot = await place.start();
    const baseline = await openBaseline(places);
    const intake = { url: bot.url, token: place.token };
    const lines = openLines(intake);
    const store = (place: () => string | undefined) =>
      perSecond((n) => lines.post(n, newAlert(anyService(), place())), ROUND_MS);
    try {
      for (let n = 1; n <= ROUNDS; n += 1) await store(() => `warm-up-${n}`);
      const rounds = [];
      for (let n = 1; n <= ROUNDS; n += 1) {
        await bot.settled();
        const inserts = await perSecond(baseline.insert, ROUND_MS);
        const alerts = await store(() => `storm-${n}`);
        const pgbench = await baseline.pgbench();
        rounds.push({ inserts, alerts, pgbench, ratio: alerts / inserts });
      }
      await bot.settled();
      const batches = await inBatches(intake);
      await bot.settled();
      const own = await store(() => undefined);
      return [
        ...figuresOf(rounds),
        ...batches,
        { what: 'Postgres: new alerts stored, each opens an incident of its own', value: own, unit: 'per s' },
      ];
    } finally {
      lines.close();
      await baseline.close();
      await bot.end('SIGKILL');
      await place.remove();
    }
  },
};

/** As in a real storm: all services of one place, so that a few incidents take all the alerts. */
function stormAlert(place: string): SentAlert {
  return newAlert(anyService(), place);
}

function anyService(): string {
  return SERVICES[Math.floor(Math.random() * SERVICES.length)] ?? '';
}

/** The monitors' connections, which are kept. */
function openLines({ url, token }: Intake) {
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${token}` };
  const lines = Array.from({ length: CONNECTIONS }, () => openPostLine(`${url}/ingest/generic`, headers));
  return {
    post: async (n: number, alert: SentAlert): Promise<void> => {
      const status = await lines[n]?.post(JSON.stringify(alert));
      if (status !== 200) throw new Error(`expected an alert to be taken, got ${status}`);
    },
    close: () => lines.forEach((line) => line.close()),
  };
}

/** How often the work is done in a second when so many do it at once. */
async function perSecond(work: (connection: number) => Promise<unknown>, forMs: number): Promise<number> {
  const began = performance.now();
  let count = 0;
  const one = async (_: unknown, connection: number) => {
    while (performance.now() - began < forMs) {
      await work(connection);
      count += 1;
    }
  };
  await Promise.all(Array.from({ length: CONNECTIONS }, one));
  return (count * 1000) / (performance.now() - began);
}

interface Baseline {
  /** One row in a transaction of its own, through the driver that Firebell uses. */
  readonly insert: () => Promise<unknown>;
  /** The same by Postgres's own measuring tool, in transactions a second; null where it is not installed. */
  readonly pgbench: () => Promise<number | null>;
  readonly close: () => Promise<void>;
}

async function openBaseline(places: Places): Promise<Baseline> {
  const server = await places.postgresUrl();
  await runSql(server, 'create database baseline');
  const url = new URL(server);
  url.pathname = '/baseline';
  await runSql(url.href, 'create table rows (id bigserial primary key, body text not null)');
  const client = postgres(url.href, { max: CONNECTIONS, onnotice: () => undefined });
  const body = JSON.stringify(stormAlert('somewhere'));
  const script = join(places.folder(), 'insert.sql');
  writeFileSync(script, `insert into rows (body) values ('${body}');\n`);
  return {
    insert: () => client`insert into rows (body) values (${body})`,
    pgbench: async () => pgbench(url.href, script),
    close: () => client.end(),
  };
}

function pgbench(url: string, script: string): number | null {
  const seconds = String(Math.round(ROUND_MS / 1000));
  const args = ['-n', '-c', String(CONNECTIONS), '-j', '2', '-T', seconds, '-f', script, url];
  const { status, stdout } = spawnSync('pgbench', args, { encoding: 'utf8' });
  const tps = /^tps = ([\d.]+)/m.exec(stdout ?? '')?.[1];
  return status === 0 && tps !== undefined ? Number(tps) : null;
}

interface Round {
  readonly inserts: number;
  readonly alerts: number;
  readonly pgbench: number | null;
  readonly ratio: number;
}

function figuresOf(rounds: readonly Round[]): readonly Figure[] {
  const native = rounds.flatMap((round) => (round.pgbench === null ? [] : [round.pgbench]));
  return [
    {
      what: `Postgres: new alerts stored, ${CONNECTIONS} connections, one a post`,
      value: median(rounds.map(({ alerts }) => alerts)),
      unit: 'per s',
    },
    {
      what: 'Postgres: single-row inserts through the same driver',
      value: median(rounds.map(({ inserts }) => inserts)),
      unit: 'per s',
    },
    {
      what: 'Postgres: alerts a second / inserts a second',
      value: median(rounds.map(({ ratio }) => ratio)),
      unit: 'x',
      bound: { atLeast: 0.5 },
    },
    ...(native.length === 0
      ? []
      : [{ what: 'Postgres: single-row inserts by pgbench', value: median(native), unit: 'per s' }]),
  ];
}

/** What a post costs that carries many alerts, beside one that carries one. One post at a time. */
async function inBatches(intake: Intake): Promise<readonly Figure[]> {
  const one: number[] = [];
  const many: number[] = [];
  const timed = async (alerts: readonly SentAlert[], took: number[]) => {
    const began = performance.now();
    await post(intake, alerts);
    took.push(performance.now() - began);
  };
  for (let n = 0; n < 30; n += 1) {
    await timed([stormAlert('batch')], one);
    await timed(
      Array.from({ length: IN_ONE_POST }, () => stormAlert('batch')),
      many,
    );
  }
  const [msOne, msMany] = [median(one), median(many)];
  return [
    { what: 'Postgres: one post with 1 alert', value: msOne, unit: 'ms' },
    { what: `Postgres: one post with ${IN_ONE_POST} alerts`, value: msMany, unit: 'ms' },
    {
      what: `Postgres: cost of ${IN_ONE_POST} alerts in one post / of ${IN_ONE_POST} posts`,
      value: msMany / (msOne * IN_ONE_POST),
      unit: 'x',
    },
  ];
}
