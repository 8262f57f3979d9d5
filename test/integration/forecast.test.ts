import fc from 'fast-check';
import { expect, it } from 'vitest';
import { BOT } from '../../src/domain/actor.ts';
import type { Directory } from '../../src/domain/directory.ts';
import { forecast } from '../../src/domain/forecast/forecast.ts';
import { readReach } from '../../src/engine/reach.ts';
import { incidentPages } from '../../src/store/reads.ts';
import { describeStores } from '../support/database.ts';
import { aDirectory, byId, minutes, toPerson } from '../support/directory.ts';
import { engineWorld, movableClock } from '../support/engine-world.ts';
import { attemptWords, foreseenAttempts } from '../support/foreseen-pages.ts';
import { randomPeople, randomPolicy, SCHEDULES, TEAMS } from '../support/random-policies.ts';

const COUNT = 6;
const HOUR = 60;

/** Policies, each of a service of its own, in one company; the first of them hand over to the next. */
function aCompany(seed: number): Directory {
  const [people] = fc.sample(randomPeople, { seed, numRuns: 1 });
  const policies = Array.from({ length: COUNT }, (_, i) => {
    const [one] = fc.sample(randomPolicy(`p${i}`, i % 3 === 0 ? `p${i + 1}` : null), {
      seed: seed + i,
      numRuns: 1,
    });
    if (!one) throw new Error('expected a policy');
    return one;
  });
  const [checkout] = aDirectory().services.values();
  if (!checkout) throw new Error('expected a service');
  return aDirectory({
    people: byId(people ?? []),
    policies: byId(policies),
    services: byId(policies.map(({ id }) => ({ ...checkout, id: `of-${id}`, name: id, policy: id }))),
    schedules: byId(SCHEDULES),
    teams: byId(TEAMS),
    lastResort: { targets: [toPerson('cleo')], everyMs: minutes(HOUR) },
  });
}

describeStores('whopages and the engine', (open) => {
  it('foretells what the engine then does, whatever the policy', async () => {
    const store = await open();
    const clock = movableClock();
    const directory = aCompany(7);
    const { engine, wait } = engineWorld(store, { directory, clock });
    const reach = await readReach({
      channels: () => new Map([['dm', { name: 'dm', reaches: () => true }]]),
      contacts: { list: () => Promise.resolve([]) },
      people: () => directory.people.values(),
    });

    const told = [...directory.services.keys()].map((id) =>
      forecast(
        { about: { kind: 'service', id }, at: clock.now(), away: [], severity: 'sev1', urgency: null },
        { directory, policyRuns: new Map(), reach },
      ),
    );
    const incidents: number[] = [];
    for (const service of directory.services.keys()) {
      const said = await engine.door.say({
        type: 'incident.declare',
        by: BOT,
        incidentId: 0,
        title: service,
        summary: null,
        severity: 'sev1',
        kind: 'real',
        visibility: 'public',
        service,
        page: { kind: 'service' },
        wantsRoom: false,
        autoResolve: false,
        ackTakesCommand: false,
      });
      if (said.kind !== 'done') throw new Error(said.refusal.why);
      incidents.push(said.incident.id);
    }
    const from = clock.now();
    await wait(minutes(3 * HOUR));

    let compared = 0;
    for (const [i, id] of incidents.entries()) {
      const path = told[i];
      if (!path || 'why' in path) throw new Error('expected a path');
      const end = path.moments.at(-1)?.at ?? from;
      const until = Math.min(end.getTime(), clock.now().getTime());
      const real = (await incidentPages(store.db, id))
        .filter(({ startedAt }) => startedAt.getTime() < until)
        .flatMap(({ personId, attempts }) =>
          attempts.flatMap(({ channel, intendedAt, outcome }) =>
            outcome.state === 'withheld'
              ? []
              : [attemptWords(personId, channel, intendedAt, outcome.state === 'sent')],
          ),
        );
      const foreseen = foreseenAttempts({
        ...path,
        moments: path.moments.filter(({ kind }) => kind !== 'last_resort'),
      });
      const inTime = (words: string) => Date.parse(words.split(' ')[2] ?? '') < until;

      compared += real.length;
      expect({ id, pages: real.filter(inTime).toSorted() }).toEqual({ id, pages: foreseen.filter(inTime) });
    }
    expect(compared).toBeGreaterThan(COUNT);
  });
});
