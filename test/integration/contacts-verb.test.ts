import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { serve } from '@hono/node-server';
import { Hono } from 'hono';
import { expect, it, onTestFinished } from 'vitest';
import { contactsVerb } from '../../src/cli/contacts.ts';
import { EXIT, UsageError } from '../../src/cli/verb.ts';
import { newAdminKey, offerAdminAccess } from '../../src/ingest/admin-file.ts';
import { adminRoutes } from '../../src/ingest/admin-http.ts';
import { deskAt } from '../../src/ingest/desk.ts';
import { SYSTEM_CLOCK } from '../../src/lib/clock.ts';
import { contactKey, markFailing, markVerified } from '../../src/store/contacts.ts';
import { instanceSecret } from '../../src/store/instance.ts';
import { openStore } from '../../src/store/open-store.ts';
import { company, peopleWith } from '../support/company.ts';
import { freshFolder } from '../support/database.ts';
import { ACCOUNT } from '../support/twilio/account.ts';

const PHONE = '+4915112345678';
const SINCE = new Date('2026-03-02T03:00:00Z');

async function installation() {
  const folder = await freshFolder();
  await mkdir(folder, { recursive: true });
  const file = join(folder, 'firebell.yaml');
  const { accountSid: account_sid, authToken: auth_token, number: from } = ACCOUNT;
  const yaml = company({
    ...peopleWith({
      ana: { phone: PHONE, rules: { high: ['dm', 'sms'], low: ['dm'] } },
      ben: { rules: { high: ['email'] } },
    }),
    notify: {
      twilio: { account_sid, auth_token, from },
      email: { url: 'smtp://127.0.0.1:9', from: 'bell@example.com' },
    },
  });
  await writeFile(file, yaml);
  const run = async (...argv: readonly string[]) => {
    let [out, err] = ['', ''];
    const io = {
      out: (text: string) => void (out += text),
      err: (text: string) => void (err += text),
      env: { DATA_DIR: join(folder, 'data'), CONFIG: file },
    };
    return { code: await contactsVerb.run(argv, io), out, err };
  };
  const store = await openStore({ dataDir: join(folder, 'data') });
  onTestFinished(() => store.close());
  const key = newAdminKey();
  const { at, routes } = adminRoutes({
    desk: deskAt(store.db, SYSTEM_CLOCK),
    key,
    subjects: () => ({ sources: new Map(), people: new Map() }),
    reload: () => Promise.resolve([]),
    compare: () => ({ problem: 'not here' }),
    schedules: () => [],
  });
  const url = await listening(new Hono().route(at, routes));
  await offerAdminAccess(join(folder, 'data'), { url, key });
  return { run, db: store.db };
}

async function listening(app: Hono): Promise<string> {
  const { promise, resolve } = Promise.withResolvers<number>();
  const server = serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' }, ({ port }) => resolve(port));
  onTestFinished(() => void server.close());
  return `http://127.0.0.1:${await promise}`;
}

it('lists the addresses that do not work, beside a running bot, and says by its exit code whether there are any', async () => {
  const { run, db } = await installation();
  const ana = contactKey({ personId: 'ana', channel: 'sms', address: PHONE }, await instanceSecret(db));
  expect(await run()).toMatchObject({ code: EXIT.no, out: 'ana\tsms\t+49…78\tunverified\n' });

  await markVerified(db, ana, SINCE);
  expect(await run()).toMatchObject({
    code: EXIT.ok,
    out: '',
    err: expect.stringMatching(/^All \d+ addresses/),
  });
  expect((await run('--all')).out).toContain('ben\temail\tb…@example.com\ttrusted\n');

  await markFailing(db, ana, { since: SINCE, reason: 'the number is unknown' });
  const { code, out } = await run('--json');
  expect([code, JSON.parse(out)]).toEqual([
    EXIT.no,
    [
      {
        person: 'ana',
        channel: 'sms',
        address: '+49…78',
        standing: 'verified',
        failingSince: SINCE.toISOString(),
        failure: 'the number is unknown',
      },
    ],
  ]);
  expect(out).not.toContain(PHONE);
}, 60_000);

it('knows no other words', async () => {
  const { run } = await installation();
  await expect(run('ana')).rejects.toThrow(UsageError);
}, 60_000);
