import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it, onTestFinished } from 'vitest';
import { readRemains } from '../support/survival/remains.ts';
import { openStore } from '../../src/store/open-store.ts';
import { freshFolder } from '../support/database.ts';
import { CONFIG, tokenFor } from '../support/survival/company.ts';
import { SYSTEM_CLOCK } from '../../src/lib/clock.ts';
import { eventually } from '../support/survival/living-bot.ts';

const MAIN = fileURLToPath(new URL('../../src/main.ts', import.meta.url));

describe('`firebell start`', () => {
  it('finishes what it has in hand at SIGTERM and ends well, within seconds', async () => {
    const { bot, url, token, dataDir } = await start();
    const alerts = Array.from({ length: 20 }, (_, i) => ({
      title: `Alert ${i}`,
      labels: { place: `p${i}` },
      dedup_key: `k${i}`,
    }));
    const posted = await fetch(`${url}/ingest/generic/${token}`, {
      method: 'POST',
      body: JSON.stringify(alerts),
    });
    const began = performance.now();
    bot.kill('SIGTERM');
    await once(bot, 'exit');

    expect(posted.status).toBe(200);
    expect(bot.exitCode).toBe(0);
    expect(performance.now() - began).toBeLessThan(10_000);
    const store = await openStore({ dataDir });
    const { incidents, outbox } = await readRemains(store);
    await store.close();
    expect(incidents).toHaveLength(20);
    expect(outbox.filter(({ leaseToken }) => leaseToken !== null)).toEqual([]);
  });

  it('keeps its configuration at SIGHUP when the file has become a bad one, and says so', async () => {
    const { bot, url, config } = await start();
    const configuration = (): Promise<string> => detailOf(url);
    const before = await configuration();

    writeFileSync(config, 'people: { ana: { zone: Atlantis/Deep } }\npolicies: {}\n');
    bot.kill('SIGHUP');
    const said = await eventually('the problem in /readyz', async () => {
      const now = await configuration();
      return now === before ? null : now;
    });
    expect(said).toContain('error: last_resort is missing');
    expect((await fetch(`${url}/readyz`)).status).toBe(200);
    const overview = await (await fetch(url)).text();
    for (const name of ['ana', 'ben', 'cleo', 'dev', 'eve']) expect(overview).toContain(`person ${name}`);

    copyFileSync(CONFIG, config);
    bot.kill('SIGHUP');
    expect(
      await eventually('the old one again', async () => ((await configuration()) === before ? before : null)),
    ).toBe(before);
  });
});

async function detailOf(url: string): Promise<string> {
  const body: unknown = await (await fetch(`${url}/readyz`)).json();
  return JSON.stringify(body).replace(/^.*"configuration":\{"ok":(?:true|false),"detail":/, '');
}

interface Started {
  readonly bot: ChildProcess;
  readonly url: string;
  readonly token: string;
  readonly dataDir: string;
  /** A copy of the company's file. */
  readonly config: string;
}

async function start(): Promise<Started> {
  const dataDir = await freshFolder();
  const token = await tokenFor({ dataDir }, 'generic', SYSTEM_CLOCK);
  const config = join(dataDir, 'firebell.yaml');
  copyFileSync(CONFIG, config);
  const bot = spawn(process.execPath, [MAIN, 'start'], {
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { ...process.env, DATA_DIR: dataDir, CONFIG: config, PORT: '0', LOG_LEVEL: 'error' },
  });
  onTestFinished(() => void bot.kill('SIGKILL'));
  const url = await new Promise<string>((resolve, reject) => {
    let said = '';
    bot.stderr.on('data', (chunk: Buffer) => {
      said += chunk.toString();
      const found = /open (http:\S+)/.exec(said)?.[1];
      if (found !== undefined) resolve(found);
    });
    bot.once('exit', () => reject(new Error(`the bot ended: ${said}`)));
  });
  return { bot, url, token, dataDir, config };
}
