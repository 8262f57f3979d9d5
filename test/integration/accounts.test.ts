import { describe, expect, it } from 'vitest';
import { withAccounts } from '../../src/domain/contact/accounts.ts';
import type { Directory } from '../../src/domain/directory.ts';
import { createAccounts } from '../../src/engine/accounts.ts';
import type { Accounts } from '../../src/engine/accounts.ts';
import type { Store } from '../../src/store/db.ts';
import { listLinks } from '../../src/store/platform-links.ts';
import { describeStores } from '../support/database.ts';
import { aDirectory, aPerson, byId, minutes } from '../support/directory.ts';

interface World {
  readonly accounts: Accounts;
  readonly pass: (ms: number) => void;
  readonly who: (userId: string) => Promise<string | null>;
  readonly news: () => number;
}

function worldOn({ db }: Store, directory: Directory = aDirectory()): World {
  let now = new Date('2026-03-02T03:00:00Z').getTime();
  let changes = 0;
  const accounts = createAccounts({
    db,
    clock: { now: () => new Date(now) },
    configured: () => directory,
    secret: 'a secret of the installation',
    changed: async () => void (changes += 1),
  });
  return {
    accounts,
    pass: (ms) => void (now += ms),
    news: () => changes,
    who: async (userId) => {
      const { people } = withAccounts(directory, await listLinks(db));
      return [...people.values()].find(({ handles }) => handles['discord'] === userId)?.id ?? null;
    },
  };
}

const ana = aPerson('ana');
const on = (userId: string) => ({ platform: 'discord', userId });

describeStores('linking an account by a code', (open) => {
  it('makes the account that gives the code the account of whoever was told it', async () => {
    const { accounts, who, news } = worldOn(await open());
    const code = await accounts.issueCode(ana);
    expect(await who('111')).toBe(null);
    expect(await accounts.link(on('111'), code)).toMatchObject({ id: 'ana' });
    expect([await who('111'), news()]).toEqual(['ana', 1]);
  });

  it('reads a code however it is typed', async () => {
    const { accounts, who } = worldOn(await open());
    const code = await accounts.issueCode(ana);
    await accounts.link(on('111'), ` ${code.toLowerCase().replace('-', ' ')} `);
    expect(await who('111')).toBe('ana');
  });

  it('takes a code once, also when two give it at the same moment', async () => {
    const { accounts, who } = worldOn(await open());
    const code = await accounts.issueCode(ana);
    await Promise.all(['111', '222', '333'].map((userId) => accounts.link(on(userId), code)));
    const linked = await Promise.all(['111', '222', '333'].map(who));
    expect(linked.filter((id) => id === 'ana')).toHaveLength(1);
  });

  it('takes no code that is old, replaced by a newer one, or made up', async () => {
    const { accounts, pass, who } = worldOn(await open());
    const replaced = await accounts.issueCode(ana);
    const old = await accounts.issueCode(ana);
    expect(await accounts.link(on('111'), replaced)).toMatchObject({
      why: expect.stringContaining('not good'),
    });
    pass(minutes(10));
    expect(await accounts.link(on('111'), old)).toMatchObject({ why: expect.stringContaining('older than') });
    expect(await accounts.link(on('111'), 'AAAA-AAAA')).toMatchObject({ why: expect.any(String) });
    expect(await accounts.link(on('111'), 'please')).toMatchObject({
      why: expect.stringContaining('no code'),
    });
    expect(await who('111')).toBe(null);
  });

  it('stops an account that guesses, even when it finally has the right one', async () => {
    const { accounts, pass, who } = worldOn(await open());
    for (let guess = 0; guess < 5; guess += 1) await accounts.link(on('666'), 'AAAA-AAAA');
    const code = await accounts.issueCode(ana);
    expect(await accounts.link(on('666'), code)).toMatchObject({ why: expect.stringContaining('Too many') });
    expect(await who('666')).toBe(null);
    expect(await accounts.link(on('111'), code)).toMatchObject({ id: 'ana' });
    pass(minutes(10));
    expect(await accounts.link(on('666'), await accounts.issueCode(ana))).toMatchObject({ id: 'ana' });
  });

  it('keeps one account of a person per chat, the newest, until it is parted', async () => {
    const { accounts, who } = worldOn(await open());
    await accounts.link(on('111'), await accounts.issueCode(ana));
    await accounts.link(on('222'), await accounts.issueCode(ana));
    expect([await who('111'), await who('222')]).toEqual([null, 'ana']);
    expect([await accounts.unlink(ana, 'discord'), await accounts.unlink(ana, 'discord')]).toEqual([
      true,
      false,
    ]);
    expect(await who('222')).toBe(null);
  });

  it('leaves to the configuration who somebody is whom it names', async () => {
    const configured = aPerson('ana', { handles: { discord: '111' } });
    const directory = aDirectory({ people: byId([configured, aPerson('ben')]) });
    const { accounts, who } = worldOn(await open(), directory);
    expect(await accounts.link(on('222'), await accounts.issueCode(configured))).toMatchObject({
      why: expect.stringContaining('another account'),
    });
    expect([await who('111'), await who('222')]).toEqual(['ana', null]);
  });
});

describe('accounts laid over the configuration', () => {
  it('count nothing for people who are gone, and nothing against what is configured', () => {
    const directory = aDirectory({
      people: byId([aPerson('ana', { handles: { discord: '111' } }), aPerson('ben')]),
    });
    const { people } = withAccounts(directory, [
      { platform: 'discord', userId: '999', personId: 'ana' },
      { platform: 'discord', userId: '111', personId: 'ben' },
      { platform: 'slack', userId: 'U1', personId: 'ben' },
      { platform: 'slack', userId: 'U2', personId: 'gone' },
    ]);
    expect([...people.values()].map(({ id, handles }) => [id, handles])).toEqual([
      ['ana', { discord: '111' }],
      ['ben', { slack: 'U1' }],
    ]);
  });
});
