import { describe, expect, it } from 'vitest';
import { person } from '../../domain/actor.ts';
import { aDirectory, aPerson, byId } from '../../../test/support/directory.ts';
import { ChatWorld } from '../../../test/support/chat-world.ts';
import { inRoom, withNames } from '../../../test/support/named.ts';

async function proposed(world: ChatWorld, verb: string, typed: Readonly<Record<string, string>>) {
  const [[param, text] = ['', '']] = Object.entries(typed);
  const asker = { actor: person('ana'), platform: 'discord', roomId: null };
  return world.front.propose({ ...asker, verb, param, text });
}

async function words(world: ChatWorld, verb: string, typed: Readonly<Record<string, string>>) {
  return (await proposed(world, verb, typed)).map(({ insert }) => insert);
}

describe('what an option can be', () => {
  it('is everything while nothing is typed, and then the best match first', async () => {
    const world = new ChatWorld(
      aDirectory({
        people: byId([
          aPerson('joana', { name: 'Joana Lang' }),
          aPerson('dana', { name: 'Dana Anders' }),
          aPerson('andrea', { name: 'Andrea Roth' }),
          aPerson('zoe', { name: 'Ana Zöller' }),
          aPerson('ana', { name: 'Ana Souza' }),
        ]),
      }),
    );
    expect(await words(world, 'invite', { people: '' })).toHaveLength(5);
    expect(await words(world, 'invite', { people: 'ana' })).toEqual(['@ana', '@zoe', '@joana', '@dana']);
    expect(await words(world, 'invite', { people: '@an' })).toEqual([
      '@andrea',
      '@ana',
      '@zoe',
      '@dana',
      '@joana',
    ]);
    expect(await words(world, 'invite', { people: 'zoll' })).toEqual(['@zoe']);
    expect(await words(world, 'invite', { people: 'andraE' })).toEqual(['@andrea']);
  });

  it('is what was meant when a letter is wrong, and nothing when nothing is like it', async () => {
    const world = new ChatWorld(withNames());
    expect(await words(world, 'new', { service: 'chekout' })).toEqual(['checkout']);
    expect(await words(world, 'new', { service: 'legd' })).toEqual(['ledger']);
    expect(await words(world, 'new', { service: 'xyzzy' })).toEqual([]);
    expect(await words(world, 'escalate', { target: 'team chec' })).toEqual(['team checkout']);
  });

  it('is one more person where several can stand', async () => {
    const world = new ChatWorld(withNames());
    expect(await words(world, 'invite', { people: '@ana @dev cl' })).toEqual(['@ana @dev @cleo']);
    expect(await words(world, 'invite', { people: '@ana @dev ' })).not.toContain('@ana @dev @ana');
  });

  it('is an incident by its number or words of its title, however many are open', async () => {
    const world = await inRoom();
    await world.declare('Search is slow');
    for (let i = 3; i <= 40; i += 1) await world.declare(`Queue ${i} is stuck`);
    expect((await words(world, 'ack', { incident: '' }))[0]).toBe('#40');
    expect((await words(world, 'ack', { incident: '1' })).slice(0, 3)).toEqual(['#1', '#19', '#18']);
    expect(await words(world, 'ack', { incident: '#2' })).toContain('#2');
    expect(await words(world, 'ack', { incident: 'search slow' })).toEqual(['#2']);
    expect(await words(world, 'ack', { incident: 'serach' })).toEqual(['#2']);
    expect((await proposed(world, 'ack', { incident: 'search' }))[0]).toMatchObject({
      label: expect.stringMatching(/^#2 · SEV\d$/),
      detail: 'Search is slow',
    });
  });

  it('is an incident that is over where a verb is about those', async () => {
    const world = await inRoom();
    await world.declare('Search is slow');
    await world.type('resolve #1');
    expect(await words(world, 'ack', { incident: '' })).toEqual(['#2']);
    expect(await words(world, 'reopen', { incident: '' })).toEqual(['#1']);
    expect(await words(world, 'postmortem', { incident: '' })).toEqual(['#2', '#1']);
    expect((await proposed(world, 'reopen', { incident: '1' }))[0]?.label).toContain('resolved');
  });
});

describe('a line', () => {
  it('goes on with what is called so, whether or not its sign or kind is typed', async () => {
    const world = await inRoom();
    expect(await world.completions('invite cle')).toEqual(['invite @cleo ']);
    expect(await world.completions('escalate team pay')).toEqual(['escalate team payments ']);
    expect(await world.completions('escalate chec')).toEqual([
      'escalate team checkout ',
      'escalate service checkout ',
    ]);
  });
});
