import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { aDirectory, byId, minutes, toPerson } from '../../../test/support/directory.ts';
import { DomainWorld } from '../../../test/support/domain-world.ts';
import { attemptWords, foreseenAttempts } from '../../../test/support/foreseen-pages.ts';
import {
  randomPeople,
  randomPolicy,
  randomSilence,
  SCHEDULES,
  TEAMS,
} from '../../../test/support/random-policies.ts';
import type { Directory } from '../directory.ts';
import { forecast } from './forecast.ts';
import { tellForecast } from './tell.ts';

const directories: fc.Arbitrary<Directory> = fc
  .record({
    first: randomPolicy('default', 'other'),
    other: randomPolicy('other', null),
    people: randomPeople,
  })
  .map(({ first, other, people }) =>
    aDirectory({
      people: byId(people),
      policies: byId([first, other]),
      schedules: byId(SCHEDULES),
      teams: byId(TEAMS),
      lastResort: { targets: [toPerson('cleo'), { kind: 'schedule', id: 'primary' }], everyMs: minutes(30) },
    }),
  );

const severities = fc.constantFrom('sev1', 'sev3', 'sev5');

/** What the run really does until the last resort is called for the second time. */
function played(directory: Directory, severity: string, silence: ReadonlySet<string>): readonly string[] {
  const world = new DomainWorld(directory, (id, channel) =>
    silence.has(`${id} ${channel}`) ? 'failed' : 'sent',
  );
  world.declare({ severity, service: 'checkout' });
  const isOver = () =>
    world.world.runs.every(({ position }) => position.at === 'last_resort' && position.call > 0);
  for (let n = 0; n < 150_000 && !isOver(); n += 1) world.wait(minutes(1));
  const lastCall = world.events.flatMap((event) =>
    event.type === 'escalation.step_reached' && event.position.at === 'last_resort' && event.position.call > 0
      ? event.pages.map(({ pageId }) => pageId)
      : [],
  );
  return world.world.pages
    .filter(({ id }) => !lastCall.includes(id))
    .flatMap(({ personId, attempts }) =>
      attempts.flatMap(({ channel, intendedAt, outcome }) =>
        outcome.state === 'withheld'
          ? []
          : [attemptWords(personId, channel, intendedAt, outcome.state === 'sent')],
      ),
    )
    .toSorted();
}

describe('whatever the policies, the people and who can be reached', () => {
  it('whopages foretells every attempt that is really made, and no other', () => {
    fc.assert(
      fc.property(directories, severities, randomSilence, (directory, severity, silence) => {
        const told = forecast(
          {
            about: { kind: 'service', id: 'checkout' },
            at: new Date('2026-03-02T03:00:00Z'),
            away: [],
            severity,
            urgency: null,
          },
          {
            directory,
            policyRuns: new Map(),
            reach: ({ id }, channel) => (silence.has(`${id} ${channel}`) ? 'closed' : null),
          },
        );
        if ('why' in told) throw new Error(told.why);

        expect(foreseenAttempts(told)).toEqual(played(directory, severity, silence));
        expect(told.moments.at(-1)?.kind).toBe('last_resort');
        expect(tellForecast(told, { directory, zone: 'Asia/Kathmandu' }).path).toHaveLength(
          told.moments.length,
        );
      }),
      { numRuns: 200 },
    );
  });
});
