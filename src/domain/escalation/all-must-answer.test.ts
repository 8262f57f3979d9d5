import { describe, expect, it } from 'vitest';
import { aDirectory, aPolicy, aStep, byId, minutes, toPerson } from '../../../test/support/directory.ts';
import { DomainWorld } from '../../../test/support/domain-world.ts';
import type { Answer } from '../../../test/support/domain-world.ts';
import { person } from '../actor.ts';

const about = { incidentId: 1, pageId: null } as const;
const ack = (id: string, promiseMs: number | null = null) =>
  ({ type: 'escalation.acknowledge', by: person(id), promiseMs, ...about }) as const;
const decline = (id: string) => ({ type: 'escalation.decline', by: person(id), ...about }) as const;

/** Ana and Ben must both answer; then Dev, then Cleo. */
function world(answer: (personId: string) => Answer = () => 'sent'): DomainWorld {
  const both = aStep([toPerson('ana'), toPerson('ben')], { ackMode: 'all' });
  const policy = aPolicy([both, aStep([toPerson('dev')])]);
  const one = new DomainWorld(aDirectory({ policies: byId([policy]) }), answer);
  one.declare();
  return one;
}

describe('a step in which all must answer', () => {
  it('stops climbing at the first answer, and pages the others again until they answer themselves', () => {
    const one = world();
    one.say(ack('ana'));
    one.wait(minutes(12));
    expect(one.paged).toEqual(['ana', 'ben', 'ben', 'ben']);
    one.say(ack('ben'));
    one.wait(minutes(600));
    expect(one.paged).toHaveLength(4);
    expect(one.waits).toEqual([]);
    expect(one.happened.filter((type) => type === 'incident.acknowledged')).toHaveLength(1);
  });

  it('climbs while nobody answers, and keeps the pages of those who must', () => {
    const one = world();
    one.wait(minutes(5));
    expect(one.paged).toEqual(['ana', 'ben', 'dev']);
    expect(one.world.pages.map(({ end }) => end)).toEqual([null, null, null]);
    one.say(ack('dev'));
    expect(one.world.pages.map(({ end }) => end?.why)).toEqual([undefined, undefined, 'acknowledged']);
    one.wait(minutes(5));
    expect(one.paged).toEqual(['ana', 'ben', 'dev', 'ana', 'ben']);
    one.say(ack('ana'));
    one.say(ack('ben'));
    one.wait(minutes(600));
    expect(one.paged).toHaveLength(5);
  });

  it('asks those no more who cannot take it, while somebody else has it', () => {
    const one = world();
    one.say(ack('ana'));
    one.say(decline('ben'));
    one.wait(minutes(600));
    expect(one.paged).toEqual(['ana', 'ben']);
    expect(one.world.runs[0]?.status).toBe('acknowledged');
  });

  it('takes the next step at once when nobody of it can answer, however many must of an earlier one', () => {
    const one = world((id) => (id === 'dev' ? 'failed' : 'sent'));
    one.wait(minutes(5));
    expect(one.paged).toEqual(['ana', 'ben', 'cleo']);
  });

  it('keeps asking over a broken promise of the one who has it', () => {
    const one = world();
    one.say(ack('ana', minutes(3)));
    one.wait(minutes(3));
    expect(one.paged).toEqual(['ana', 'ben', 'ana']);
    one.say(ack('ana'));
    one.wait(minutes(5));
    expect(one.paged).toEqual(['ana', 'ben', 'ana', 'ben']);
  });

  it('begins anew for all of them when it is given back', () => {
    const one = world();
    one.say(ack('ana'));
    one.say({ type: 'escalation.unacknowledge', by: person('ana'), incidentId: 1 });
    expect(one.paged).toEqual(['ana', 'ben', 'ana', 'ben']);
    one.wait(minutes(4));
    expect(one.paged).toHaveLength(4);
  });

  it('asks nobody any more once it is resolved', () => {
    const one = world();
    one.say(ack('ana'));
    one.say({ type: 'incident.resolve', by: person('ana'), incidentId: 1, summary: null });
    one.wait(minutes(600));
    expect(one.paged).toEqual(['ana', 'ben']);
    expect(one.waits).toEqual([]);
  });
});
