import { expect, it } from 'vitest';
import { ChatWorld, saidPrivately } from '../../../test/support/chat-world.ts';
import { aDirectory, aPerson, byId } from '../../../test/support/directory.ts';
import type { Actor } from '../../domain/actor.ts';
import { person } from '../../domain/actor.ts';

const stranger: Actor = { kind: 'guest', platform: 'discord', id: '111', name: 'someone' };

async function on(platform: string, text: string, actor: Actor, world = new ChatWorld()): Promise<string> {
  return saidPrivately(await world.front.command({ actor, platform, roomId: null, text }));
}

it('tells a code to somebody who is known, wherever that is', async () => {
  expect(await on('console', 'link', person('ana'))).toContain('/inc link K7QM-2XRP');
  expect(await on('slack', 'link', person('ana'))).toContain('Type this where you want to be known as Ana');
});

it('tells no code to a guest, and says what to do instead', async () => {
  const said = await on('discord', 'link', stranger);
  expect(said).toContain('no code to tell');
  expect(said).toContain('discord: "111"');
});

it('refuses a code of somebody who is known already, of a wrong one, and outside of Slack and Discord', async () => {
  expect(await on('discord', 'link K7QM-2XRP', person('ana'))).toContain('linked already: you are Ana');
  expect(await on('discord', 'link K7QM-2XRP', stranger)).toContain('not good');
  expect(await on('console', 'link K7QM-2XRP', stranger)).toContain('Accounts of Slack and Discord');
});

it('parts only what was linked, and says why where nothing was', async () => {
  expect(await on('discord', 'unlink', stranger)).toContain('linked to nobody');
  expect(await on('console', 'unlink', person('ana'))).toContain('Say which account');
  expect(await on('console', 'unlink discord', person('ana'))).toContain('No discord account');
  const ana = aPerson('ana', { handles: { discord: '111' } });
  const world = new ChatWorld(aDirectory({ people: byId([ana]) }));
  expect(await on('discord', 'unlink', person('ana'), world)).toContain('in the configuration');
});

it('shows in whoami which accounts are linked', async () => {
  const ana = aPerson('ana', { handles: { discord: '111', slack: 'U1', ntfy: 'topic' } });
  const world = new ChatWorld(aDirectory({ people: byId([ana, aPerson('ben')]) }));
  expect(await on('console', 'whoami', person('ana'), world)).toContain(
    'Linked to U1 on slack, 111 on discord',
  );
  expect(await on('console', 'whoami', person('ben'), world)).toContain('Linked to no account');
});
