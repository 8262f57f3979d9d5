import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createApp } from '../../src/app.ts';
import { applyVerb } from '../../src/cli/apply.ts';
import { diffVerb } from '../../src/cli/diff.ts';
import { oncallVerb } from '../../src/cli/oncall.ts';
import { shiftsVerb } from '../../src/cli/shifts.ts';
import { EXIT, FailedError, type Io, type Verb } from '../../src/cli/verb.ts';
import { readConfigFile } from '../../src/config/read-file.ts';
import { BOT } from '../../src/domain/actor.ts';
import type { Override } from '../../src/domain/schedule/schedule.ts';
import { SOURCE_TYPES } from '../../src/ingest/sources/registry.ts';
import { SYSTEM_CLOCK } from '../../src/lib/clock.ts';
import { createLogger } from '../../src/lib/logger.ts';
import type { Store } from '../../src/store/db.ts';
import { openStore } from '../../src/store/open-store.ts';
import { lockRoster, saveRoster } from '../../src/store/rosters.ts';
import { freshDatabase, freshFolder, NO_POSTGRES } from '../support/database.ts';

const rotaOf = (people: string) => `people: { ana: { name: Ana }, ben: { name: Ben }, cleo: { name: Cleo } }
schedules:
  primary:
    time_zone: UTC
    layers:
      - participants: ${people}
        rotation: { every: 9 months, start_date: 2020-01-01, hand_off: "00:00" }
policies: { p: { steps: [{ targets: [{ schedule: primary }] }] } }
services: { shop: { policy: p } }
last_resort: { targets: [{ person: ana }] }
notify: { webhooks: { hook: { url: "https://example.com", secret: "\${APPLY_SECRET}" } } }
chat: { console: { sign_in: token } }
`;
const ALWAYS_ANA = rotaOf('[ana]');

/** A whole bot, running with this file on this database. */
interface Running {
  /** Puts a new file where the bot reads it. */
  readonly write: (text: string) => Promise<void>;
  readonly call: (
    verb: Verb,
    argv: readonly string[],
    answer?: string,
  ) => Promise<{ code: number; err: string }>;
}

async function running(kind: 'pglite' | 'postgres', override?: Override): Promise<Running> {
  const folder = await freshFolder();
  const database = kind === 'postgres' ? await freshDatabase() : undefined;
  const file = join(folder, 'firebell.yaml');
  await writeFile(file, ALWAYS_ANA);
  const read = () =>
    readConfigFile(file, { env: { APPLY_SECRET: 'only-for-the-test' }, sourceTypes: SOURCE_TYPES });
  const config = await read();
  if (!('config' in config)) throw new Error(JSON.stringify(config.problems));
  const store = await openStore({ dataDir: folder, databaseUrl: database });
  if (override) await makeOverride(store, override);
  const app = await createApp({
    config: config.config,
    readConfig: read,
    store,
    clock: SYSTEM_CLOCK,
    logger: createLogger({ level: 'silent' }),
    host: '127.0.0.1',
    port: 0,
    adminFolder: kind === 'pglite' ? folder : null,
    notesFolder: null,
    version: 'test',
  });
  onTestFinished(() => app.stop());
  await app.start();
  const env = {
    CONFIG: file,
    APPLY_SECRET: 'only-for-the-test',
    ...(database === undefined ? { DATA_DIR: folder } : { DATABASE_URL: database }),
  };
  return {
    write: (text) => writeFile(file, text),
    call: async (verb, argv, answer) => {
      let err = '';
      const io: Io = {
        out: () => undefined,
        err: (text) => void (err += text),
        env,
        ...(answer === undefined ? {} : { ask: () => Promise.resolve(answer) }),
      };
      return { code: await verb.run(argv, io), err };
    },
  };
}

async function makeOverride({ db }: Store, override: Override): Promise<void> {
  await db.transaction(async (tx) => {
    const { lastSeq } = await lockRoster(tx, 'primary');
    const kept = { id: 1, override, why: null, by: BOT, at: new Date(), ended: null };
    await saveRoster(tx, 'primary', { roster: { requests: [], overrides: [kept] }, lastSeq });
  });
}

const around = (days: number) =>
  new Date(Math.floor(Date.now() / 60_000) * 60_000 + days * 86_400_000).toISOString();

describe.each(['pglite', 'postgres'] as const)('firebell apply on %s', (kind) => {
  const missing = kind === 'postgres' ? NO_POSTGRES : null;
  const story = it.skipIf(missing !== null);

  story('says that nothing changes, and applies what warns of nothing', async () => {
    const bot = await running(kind);
    const same = await bot.call(applyVerb, []);
    expect(same).toMatchObject({ code: EXIT.ok });
    expect(same.err).toContain('Nothing changes against what is running.');
    await bot.write(
      `${ALWAYS_ANA.replace('{ shop: { policy: p } }', '{ shop: { policy: p, owner: t } }')}teams: { t: { members: [ana] } }\n`,
    );
    const { code, err } = await bot.call(applyVerb, []);
    expect(code).toBe(EXIT.ok);
    expect(err).toContain('service shop: owner nobody -> team t');
    expect((await bot.call(diffVerb, [])).err).toContain('Nothing changes against what the running bot has.');
  });

  story('asks before it takes somebody off call now, and needs --yes where nobody can be asked', async () => {
    const bot = await running(kind);
    await bot.write(rotaOf('[ben]'));
    const refused = await bot.call(applyVerb, []);
    expect(refused.code).toBe(EXIT.no);
    expect(refused.err).toContain('WARNING: who is on call NOW changes in primary: Ana -> Ben.');
    expect(refused.err).toContain('`firebell apply --yes` applies it all the same.');
    expect((await bot.call(applyVerb, [], 'n')).code).toBe(EXIT.no);
    expect((await bot.call(diffVerb, [])).err).toContain('Ana -> Ben');
    expect((await bot.call(applyVerb, [], 'y')).code).toBe(EXIT.ok);
    expect((await bot.call(diffVerb, [])).err).toContain('Nothing changes');
    await bot.write(rotaOf('[[]]').replace('participants: [[]]', 'participants: [ana, []]'));
    expect((await bot.call(applyVerb, ['--yes'])).code).toBe(EXIT.ok);
  });

  story('counts the overrides in the database, before and after', async () => {
    const override = { type: 'replaceAll', start: around(-1), end: around(7), users: ['cleo'] } as const;
    const bot = await running(kind, override);
    await bot.write(rotaOf('[ben]'));
    const { code, err } = await bot.call(applyVerb, []);
    expect(code).toBe(EXIT.ok);
    expect(err).not.toContain('WARNING');
    expect(err).toMatch(/ {2}\w+ \d+ \w+ (\d{4} )?\d\d:\d\d on: Ana -> Ben/);
    const withoutCleo = rotaOf('[ben]').replace(', cleo: { name: Cleo }', '');
    await bot.write(withoutCleo);
    const gone = await bot.call(applyVerb, []);
    expect(gone.code).toBe(EXIT.no);
    expect(gone.err).toContain(
      'WARNING: Cleo is not in `people` any more, and is still named by an override of schedule primary',
    );
  });

  story('finds the overrides also where somebody only asks who is on call', async () => {
    const override = { type: 'replaceAll', start: around(-1), end: around(7), users: ['cleo'] } as const;
    const bot = await running(kind, override);
    const now = await bot.call(oncallVerb, []);
    expect(now).toMatchObject({
      code: EXIT.ok,
      err: expect.stringMatching(/^primary: cleo until .* ana\n$/),
    });
    const later = await bot.call(shiftsVerb, ['--schedule', 'primary', '--from', 'now', '--to', around(9)]);
    expect(later.err).toMatch(/^\S+ \S+ to \S+ \S+ {2}cleo\n.* {2}ana\n$/);
    await bot.write(rotaOf('[ben]'));
    expect((await bot.call(oncallVerb, ['--at', around(8)])).err).toContain('primary: ana');
  });

  story('refuses a bad file', async () => {
    const bot = await running(kind);
    await bot.write(ALWAYS_ANA.replace('schedule: primary', 'schedule: primry'));
    expect(await bot.call(applyVerb, ['--yes'])).toMatchObject({ code: EXIT.no });
    await expect(bot.call(diffVerb, [])).rejects.toThrow(FailedError);
  });
});

it('compares with a running bot only where one runs', async () => {
  const folder = await freshFolder();
  const file = join(folder, 'firebell.yaml');
  await writeFile(file, ALWAYS_ANA);
  const io = { out: () => undefined, err: () => undefined, env: { DATA_DIR: folder } };
  await expect(diffVerb.run([file], io)).rejects.toThrow(/No bot is running on the data folder/);
});
