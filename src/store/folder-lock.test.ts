import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { lockFolder } from './folder-lock.ts';

function aFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'firebell-lock-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

function heldBy(folder: string, holder: unknown): void {
  writeFileSync(join(folder, 'firebell.lock'), typeof holder === 'string' ? holder : JSON.stringify(holder));
}

const SINCE = '2026-03-01T12:00:00.000Z';

/** A process that has come and gone. */
function aDeadHolder() {
  const { pid } = spawnSync(process.execPath, ['-e', '0']);
  return { pid, began: null, url: null, since: SINCE };
}

describe('the lock of a data folder', () => {
  it('says who holds it, where that one can be reached, and what to do', async () => {
    const folder = aFolder();
    await lockFolder(folder, 'http://127.0.0.1:3000');

    const message = new RegExp(
      `in use by process ${process.pid} at http://127.0.0.1:3000, since .*DATA_DIR.*DATABASE_URL`,
      's',
    );
    await expect(lockFolder(folder, null)).rejects.toThrow(message);
  });

  it('can be had again after it was released', async () => {
    const folder = aFolder();
    const lock = await lockFolder(folder, null);
    await lock.release();

    await lockFolder(folder, null);

    expect(JSON.parse(readFileSync(join(folder, 'firebell.lock'), 'utf8'))).toMatchObject({
      pid: process.pid,
    });
  });

  it('is taken over from a process that is gone', async () => {
    const folder = aFolder();
    heldBy(folder, aDeadHolder());

    await expect(lockFolder(folder, null)).resolves.toBeDefined();
    expect(existsSync(join(folder, 'firebell.lock.takeover'))).toBe(false);
  });

  it.skipIf(!existsSync('/proc/self/stat'))(
    'is taken over when another process has the number of the dead one (needs /proc)',
    async () => {
      const folder = aFolder();
      heldBy(folder, { pid: process.ppid, began: '1@another-boot', url: null, since: SINCE });

      await expect(lockFolder(folder, null)).resolves.toBeDefined();
    },
  );

  it('is taken over when its file was cut off while it was written', async () => {
    const folder = aFolder();
    heldBy(folder, '{"pid": 1');

    await expect(lockFolder(folder, null)).resolves.toBeDefined();
  });

  it('is taken over at once when a process was killed in the middle of taking it over, and another while it took over from that', async () => {
    const folder = aFolder();
    const gone = aDeadHolder();
    for (const name of ['firebell.lock', 'firebell.lock.takeover', 'firebell.lock.takeover.takeover'])
      writeFileSync(join(folder, name), JSON.stringify(gone));

    await lockFolder(folder, null);

    expect(readdirSync(folder)).toEqual(['firebell.lock']);
    expect(JSON.parse(readFileSync(join(folder, 'firebell.lock'), 'utf8'))).toMatchObject({
      pid: process.pid,
    });
  });

  it('is left to a living process that is taking it over', async () => {
    const folder = aFolder();
    heldBy(folder, aDeadHolder());
    const taking = { pid: process.ppid, began: null, url: null, since: SINCE };
    writeFileSync(join(folder, 'firebell.lock.takeover'), JSON.stringify(taking));

    await expect(lockFolder(folder, null)).rejects.toThrow(`in use by process ${process.ppid}, since`);
    expect(readdirSync(folder)).toEqual(['firebell.lock', 'firebell.lock.takeover']);
  });

  it('goes to one only, of many who find the same dead holder', async () => {
    const folder = aFolder();
    heldBy(folder, { pid: 2 ** 22 + 1, began: null, url: null, since: SINCE });

    const tries = await Promise.allSettled(Array.from({ length: 8 }, () => lockFolder(folder, null)));

    expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(readdirSync(folder)).toEqual(['firebell.lock']);
  });
});
