import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { openStore } from '../../src/store/open-store.ts';
import { freshFolder } from '../support/database.ts';
import { CONFIG, directoryOf, tokenFor } from '../support/survival/company.ts';
import { startClock } from '../support/survival/fast-clock.ts';
import { eventually, liveBot } from '../support/survival/living-bot.ts';
import type { LivingBot } from '../support/survival/living-bot.ts';
import { noPromises } from '../support/survival/promises.ts';
import type { Promises } from '../support/survival/promises.ts';
import { settled } from '../support/survival/rest.ts';
import { judge } from '../support/survival/verdict.ts';

const why = whyNot();

describe.skipIf(why !== null)(
  `the disk of the embedded database, full${why === null ? '' : ` (skipped: ${why})`}`,
  () => {
    it(
      'costs nothing that was promised: the bot says so, and after a restart with space all is there',
      { timeout: 240_000 },
      async () => {
        const disk = smallDisk('400m');
        const dataDir = join(disk, 'data');
        cpSync(await freshFolder(), dataDir, { recursive: true });
        const clock = startClock(new Date('2026-08-03T12:00:00Z'), 1);
        const token = await tokenFor({ dataDir }, 'generic', clock);
        const first = await liveBot(clock, { DATA_DIR: dataDir, CONFIG }, token);
        const promises = noPromises();
        expect(await postUntilRefused(first, promises, 5)).toBeNull();

        fill(disk, join(disk, 'filler'));
        const refusal = await postUntilRefused(first, promises, 2_000);
        expect([503, null]).toContain(refusal?.status);
        const ended = await Promise.race([first.gone, eventually('readyz to say so', () => unready(first))]);
        expect(ended === 'unready' || ended !== 0).toBe(true);
        expect(first.log()).toMatch(/No space left|could not be stored|PANIC|disk/i);
        first.signal('SIGKILL');
        await first.gone;

        rmSync(join(disk, 'filler'));
        const second = await liveBot(clock, { DATA_DIR: dataDir, CONFIG }, token);
        expect(await postUntilRefused(second, promises, 5)).toBeNull();
        await settled(() => second.url);
        expect(await second.stop()).toBe(0);
        const store = await openStore({ dataDir });
        const { problems } = await judge(store, { promises, directory: await directoryOf(CONFIG), clock });
        await store.close();
        expect(problems).toEqual([]);
      },
    );
  },
);

let posts = 0;

/** Posts so many alerts, each of some size, until one is not accepted; answers with that answer, or null. */
async function postUntilRefused(bot: LivingBot, promises: Promises, most: number) {
  for (let n = 0; n < most; n += 1) {
    posts += 1;
    const key = `k${posts}`;
    const description = Array.from({ length: 400 }, () => Math.random().toString(36)).join(' ');
    const answer = await bot.post({
      title: `Alert ${key}`,
      dedup_key: key,
      service: 'checkout',
      labels: { place: `p${posts % 3}` },
      description,
    });
    if (answer.status !== 200) return answer;
    promises.alerts.set(key, { status: 'firing', posts: 1 });
  }
  return null;
}

async function unready(bot: LivingBot): Promise<'unready' | null> {
  const answer = await fetch(`${bot.url}/readyz`).catch(() => null);
  return answer?.status === 503 ? 'unready' : null;
}

/** Leaves about a megabyte. */
function fill(disk: string, file: string): void {
  const { bavail, bsize } = statfsSync(disk);
  writeFileSync(file, Buffer.alloc(Math.max(0, bavail * bsize - 1024 * 1024)));
}

/** A disk of its own, as large as this. */
function smallDisk(size: string): string {
  const disk = mkdtempSync(join(tmpdir(), 'firebell-disk-'));
  mount(disk, size);
  onTestFinished(() => {
    spawnSync('umount', ['-l', disk]);
    rmSync(disk, { recursive: true, force: true });
  });
  return disk;
}

function mount(at: string, size: string): boolean {
  mkdirSync(at, { recursive: true });
  return spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${size}`, 'tmpfs', at]).status === 0;
}

function whyNot(): string | null {
  if (process.platform !== 'linux' || process.getuid?.() !== 0)
    return 'a small disk can be mounted by root on Linux alone';
  const probe = mkdtempSync(join(tmpdir(), 'firebell-disk-'));
  const mounted = mount(probe, '1m');
  if (mounted) spawnSync('umount', [probe]);
  rmSync(probe, { recursive: true, force: true });
  return mounted ? null : 'this machine lets nobody mount a small disk';
}
