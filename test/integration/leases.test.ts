import { sql } from 'drizzle-orm';
import { expect, it } from 'vitest';
import type { Db } from '../../src/store/db.ts';
import { releaseLease, takeLease } from '../../src/store/leases.ts';
import { describeStores } from '../support/database.ts';

const GATEWAY = { name: 'a gateway', forMs: 60_000 };

function take(db: Db, holder: string): Promise<boolean> {
  return takeLease(db, { ...GATEWAY, holder });
}

describeStores('a lease', (open) => {
  it('is held by one process, however many ask at once', async () => {
    const { db } = await open();
    const asked = await Promise.all(['a', 'b', 'c', 'd'].map((holder) => take(db, holder)));
    expect(asked.filter(Boolean)).toHaveLength(1);
  });

  it('is prolonged by its holder alone', async () => {
    const { db } = await open();
    expect([await take(db, 'a'), await take(db, 'a'), await take(db, 'b')]).toEqual([true, true, false]);
  });

  it('goes to somebody else once it has run out, and is then lost to its holder', async () => {
    const { db } = await open();
    await take(db, 'a');
    await db.execute(sql`update leases set until = clock_timestamp() - interval '1 second'`);
    expect([await take(db, 'b'), await take(db, 'a')]).toEqual([true, false]);
  });

  it('is free at once when it is given back, which only its holder can do', async () => {
    const { db } = await open();
    await take(db, 'a');
    await releaseLease(db, { name: GATEWAY.name, holder: 'b' });
    expect(await take(db, 'b')).toBe(false);
    await releaseLease(db, { name: GATEWAY.name, holder: 'a' });
    expect(await take(db, 'b')).toBe(true);
  });
});
