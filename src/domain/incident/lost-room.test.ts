import { describe, expect, it } from 'vitest';
import { aDirectory } from '../../../test/support/directory.ts';
import { DomainWorld } from '../../../test/support/domain-world.ts';
import { BOT, person } from '../actor.ts';
import { handlingOf } from '../effect.ts';

const room = { platform: 'discord', roomId: '77', name: 'inc-1' };
const lost = { type: 'incident.record_room_lost', by: BOT, incidentId: 1, room } as const;

function inItsRoom(): DomainWorld {
  const world = new DomainWorld(aDirectory());
  world.declare();
  world.say({ type: 'incident.record_room', by: BOT, incidentId: 1, room });
  return world;
}

describe('a room that was deleted by hand', () => {
  it('is replaced once, and everybody is told; nothing that waits for the new one holds it up', () => {
    const world = inItsRoom();
    world.say(lost);
    world.say(lost);

    expect(world.world.incident?.room).toBeNull();
    const opened = world.effects.filter((effect) => effect.type === 'chat.open_room' && effect.anew);
    expect(opened).toHaveLength(1);
    const said = world.effects.filter(
      (effect) => 'recorded' in effect && effect.recorded.event.type === 'incident.room_lost',
    );
    expect(said.map(({ type }) => type)).toEqual(['chat.announce', 'chat.broadcast']);
    const lanes = [...opened, ...said].map((effect) => handlingOf(effect).lane);
    expect(new Set(lanes).size).toBe(3);
  });

  it('is not replaced by word of a room that was left, nor when the incident is over', () => {
    const world = inItsRoom();
    world.say({ ...lost, room: { ...room, roomId: '76' } });
    expect(world.world.incident?.room).toEqual(room);
    world.say({ type: 'incident.cancel', by: person('ana'), incidentId: 1, reason: 'none' });
    world.say(lost);
    expect(world.world.incident?.room).toEqual(room);
  });
});
