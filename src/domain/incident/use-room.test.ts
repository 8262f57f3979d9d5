import { describe, expect, it } from 'vitest';
import { aDirectory } from '../../../test/support/directory.ts';
import { DomainWorld } from '../../../test/support/domain-world.ts';
import { BOT, person } from '../actor.ts';

function declared(changes: Parameters<DomainWorld['declare']>[0] = {}): DomainWorld {
  const world = new DomainWorld(aDirectory());
  world.declare(changes);
  return world;
}

describe('a channel of people’s own', () => {
  const room = { platform: 'slack', roomId: 'C0PAY', name: 'payments', isBorrowed: true };
  const use = { type: 'incident.use_room', by: person('ana'), incidentId: 1, room } as const;

  it('is the room of an incident that is declared in it, and no other is opened', () => {
    const { world, effects } = declared({ room });
    expect(world.incident?.room).toEqual(room);
    expect(effects.some(({ type }) => type === 'chat.open_room')).toBe(false);
  });

  it('becomes the room of one that has its own, which is told so, and stays it', () => {
    const world = declared();
    const own = { platform: 'slack', roomId: 'C0INC', name: 'inc-1' };
    world.say({ type: 'incident.record_room', by: BOT, incidentId: 1, room: own });
    world.say(use);
    world.say({ type: 'incident.record_room', by: BOT, incidentId: 1, room: own });

    expect(world.world.incident?.room).toEqual(room);
    expect(world.effects).toContainEqual({ type: 'chat.leave_room', incidentId: 1, room: own });
    const before = world.events.length;
    world.say(use);
    expect(world.events).toHaveLength(before);
  });

  it('is refused to a private incident, and to one that is over', () => {
    const hidden = declared({ visibility: 'private', room });
    expect(hidden.world.incident?.room).toBeNull();
    hidden.say(use);
    const over = declared();
    over.say({ type: 'incident.cancel', by: person('ana'), incidentId: 1, reason: 'none' });
    over.say(use);
    expect([hidden, over].map(({ refusals }) => refusals.at(-1)?.why)).toEqual([
      '#1 is private: it stays in the room that only its people see.',
      '#1 is cancelled; nothing was changed.',
    ]);
  });
});
