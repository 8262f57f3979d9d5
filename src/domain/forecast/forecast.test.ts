import { describe, expect, it } from 'vitest';
import {
  aDirectory,
  aPerson,
  aPolicy,
  aStep,
  byId,
  dailyRotation,
  minutes,
  toPerson,
} from '../../../test/support/directory.ts';
import { plainLine } from '../../chat/views/plain.ts';
import type { Directory, Person, Policy, Step } from '../directory.ts';
import { forecast } from './forecast.ts';
import type { Forecast } from './path.ts';
import type { Facts } from './forecast.ts';
import type { Question } from './question.ts';
import { tellForecast } from './tell.ts';

const AT = new Date('2026-03-02T03:00:00Z');
const TO_PRIMARY = { kind: 'schedule', id: 'primary' } as const;

function directoryWith(policy: Policy, changes: Partial<Directory> = {}): Directory {
  const primary = { id: 'primary', name: 'Primary', schedule: dailyRotation('ana', 'ben') };
  return aDirectory({ policies: byId([policy]), schedules: byId([primary]), ...changes });
}

function ask(directory: Directory, question: Partial<Question> = {}, facts: Partial<Facts> = {}): Forecast {
  const asked: Question = {
    about: { kind: 'service', id: 'checkout' },
    at: AT,
    away: [],
    severity: 'sev1',
    urgency: null,
    ...question,
  };
  const told = forecast(asked, { directory, policyRuns: new Map(), reach: () => null, ...facts });
  if ('why' in told) throw new Error(told.why);
  return told;
}

/** The path as somebody in a zone reads it. */
function pathOf(told: Forecast, directory: Directory, zone = 'UTC'): readonly string[] {
  const { path, notes } = tellForecast(told, { directory, zone });
  return [...path, ...notes].map((line) => plainLine(line, { directory, zone }));
}

function steps(...list: readonly Step[]): Directory {
  return directoryWith(aPolicy(list));
}

function onlyAfter(afterMs: number): Person['rules'] {
  return { high: [{ channel: 'dm', afterMs }], low: [] };
}

describe('the path', () => {
  it('has each step with its time, whoever is on call then, and the last resort with its repetition', () => {
    const directory = steps(aStep([TO_PRIMARY]), aStep([toPerson('dev')], { ackWithinMs: minutes(15) }));

    expect(pathOf(ask(directory), directory)).toEqual([
      '03:00 Step 1 of 2: Primary: Ana. dm 03:00. Waits 5 min.',
      '03:05 Step 2 of 2: Dev. dm 03:05. Waits 15 min.',
      '03:20 Last resort: Cleo. dm 03:20. Again every 10 min until somebody acknowledges.',
    ]);
  });

  it('looks up who is on call when a step begins, and names the day when it changes', () => {
    const directory = steps(aStep([TO_PRIMARY]), aStep([TO_PRIMARY]));

    expect(pathOf(ask(directory, { at: new Date('2026-03-02T23:58:00Z') }), directory)).toEqual([
      '23:58 Step 1 of 2: Primary: Ana. dm 23:58. Waits 5 min.',
      'Tue 3 Mar 00:03 Step 2 of 2: Primary: Ben. dm 00:03. Waits 5 min.',
      '00:08 Last resort: Cleo. dm 00:08. Again every 10 min until somebody acknowledges.',
    ]);
  });

  it('is read in the zone of whoever asks, with the day of UTC beside it where that is another', () => {
    const directory = steps(aStep([TO_PRIMARY]));
    const told = ask(directory, { at: new Date('2026-03-02T23:30:00Z') });

    expect(pathOf(told, directory, 'Asia/Kolkata')[0]).toBe(
      '05:00 (Mon 23:30 UTC) Step 1: Primary: Ana. dm 05:00. Waits 5 min.',
    );
    const { asked } = tellForecast(told, { directory, zone: 'Asia/Kolkata' });
    expect(plainLine(asked, { directory, zone: 'UTC' })).toBe(
      'If it began on Tue 3 Mar at 05:00 (Asia/Kolkata, UTC+5:30; Mon 2 Mar 23:30 UTC) as SEV1, high urgency, and nobody answered. By the policy default.',
    );
  });

  it('has the rules of each person, with those for which there is no time', () => {
    const rules = [
      { channel: 'dm', afterMs: 0 },
      { channel: 'email', afterMs: minutes(2) },
      { channel: 'sms', afterMs: minutes(30) },
    ];
    const people = byId([
      aPerson('ana', { rules: { high: rules, low: rules } }),
      aPerson('ben'),
      aPerson('cleo'),
    ]);
    const directory = directoryWith(aPolicy([aStep([toPerson('ana'), toPerson('ben')])]), { people });

    expect(pathOf(ask(directory), directory)[0]).toBe(
      '03:00 Step 1: Ana; Ben. Ana: dm 03:00, email 03:02, no time for sms after 30 min. Ben: dm 03:00. Waits 5 min.',
    );
  });

  it('has no time for a rule that falls due in the moment in which the escalation climbs', () => {
    const people = byId([aPerson('cleo'), aPerson('ana', { rules: onlyAfter(minutes(5)) })]);
    const { moments } = ask(
      directoryWith(aPolicy([aStep([toPerson('ana')], { ackMode: 'all' })], { rounds: 2 }), { people }),
    );

    expect(moments[0]).toMatchObject({
      pages: [{ personId: 'ana', attempts: [], unused: [{ channel: 'dm', afterMs: minutes(5) }] }],
    });
  });

  it('passes over what has nobody, and what does not apply, and says why', () => {
    const directory = directoryWith(
      aPolicy([
        aStep([{ kind: 'schedule', id: 'nights' }]),
        aStep([toPerson('ben')], { conditions: [{ kind: 'severity_at_least', severity: 'sev2' }] }),
        aStep([toPerson('dev')]),
      ]),
    );

    expect(pathOf(ask(directory, { severity: 'sev3' }), directory).slice(0, 3)).toEqual([
      '03:00 Step 1 of 3 is passed over at once: nobody is there: nights: nobody.',
      '03:00 Step 2 of 3 is passed over at once: only for SEV2 or worse.',
      '03:00 Step 3 of 3: Dev. dm 03:00. Waits 5 min.',
    ]);
  });

  it('goes on at once where nobody can be reached, and says so', () => {
    const directory = steps(aStep([toPerson('ana')]), aStep([toPerson('ben')]));
    const reach = ({ id }: { readonly id: string }) => (id === 'ana' ? 'Ana has no address for dm' : null);

    expect(pathOf(ask(directory, {}, { reach }), directory).slice(0, 2)).toEqual([
      '03:00 Step 1 of 2: Ana. Ana cannot be reached: dm fails (Ana has no address for dm). Nobody of them can be reached, so it goes on at once.',
      '03:00 Step 2 of 2: Ben. dm 03:00. Waits 5 min.',
    ]);
  });

  it('takes those who are away off everything, and names them', () => {
    const directory = steps(aStep([TO_PRIMARY]), aStep([toPerson('dev'), TO_PRIMARY]));

    expect(pathOf(ask(directory, { away: ['ana'] }), directory).slice(0, 2)).toEqual([
      '03:00 Step 1 of 2 is passed over at once: nobody is there: Primary: nobody (Ana away).',
      '03:00 Step 2 of 2: Dev; Primary: nobody (Ana away). dm 03:00. Waits 5 min.',
    ]);
  });

  it('tells rounds that repeat in one line, and those that differ one by one', () => {
    const directory = directoryWith(
      aPolicy([aStep([TO_PRIMARY], { ackWithinMs: minutes(60) })], { rounds: 10 }),
    );

    expect(pathOf(ask(directory, { at: new Date('2026-03-02T20:30:00Z') }), directory)).toEqual([
      '20:30 Step 1, round 1 of 10: Primary: Ana. dm 20:30. Waits 1 h.',
      '21:30 Rounds 2 to 4: the same steps and people again, until Tue 3 Mar 00:30.',
      'Tue 3 Mar 00:30 Step 1, round 5 of 10: Primary: Ben. dm 00:30. Waits 1 h.',
      '01:30 Rounds 6 to 10: the same steps and people again, until 06:30.',
      '06:30 Last resort: Cleo. dm 06:30. Again every 10 min until somebody acknowledges.',
    ]);
  });

  it('follows a policy into the one that takes over', () => {
    const night = aPolicy([aStep([toPerson('dev')])], { id: 'night' });
    const first = aPolicy([aStep([toPerson('ana')])], { followedBy: 'night' });
    const directory = aDirectory({ policies: byId([first, night]) });

    expect(pathOf(ask(directory), directory).slice(0, 2)).toEqual([
      '03:00 default, step 1: Ana. dm 03:00. Waits 5 min.',
      '03:05 night, step 1: Dev. dm 03:05. Waits 5 min.',
    ]);
  });

  it('says whose turn it is in a step by turns', () => {
    const directory = steps(
      aStep([toPerson('ana'), toPerson('ben'), toPerson('dev')], { strategy: 'round_robin' }),
    );
    const told = ask(directory, {}, { policyRuns: new Map([['default', 4]]) });

    const [first, , note] = pathOf(told, directory);
    expect(first).toBe('03:00 Step 1: Ben (by turns). dm 03:00. Waits 5 min.');
    expect(note).toBe(
      'By turns: each incident pages the next of Ana, Ben and Dev; this is whose turn it is as things stand.',
    );
  });

  it('names channels and webhooks that are told', () => {
    const directory = steps(aStep([toPerson('ana'), { kind: 'channel', id: 'ops' }]));

    expect(pathOf(ask(directory), directory)[0]).toBe(
      '03:00 Step 1: Ana; the channel ops is told. dm 03:00. Waits 5 min.',
    );
  });

  it('says when nobody at all would be reached', () => {
    const directory = steps(aStep([toPerson('ana')]));
    const told = ask(directory, { away: ['ana', 'cleo'] });

    expect(told.reachesSomebody).toBe(false);
    expect(pathOf(told, directory)).toEqual([
      '03:00 Step 1 is passed over at once: nobody is there: nobody (Ana away).',
      '03:00 Last resort: nobody (Cleo away). Again every 10 min until somebody acknowledges.',
      'Nobody would be reached at all.',
    ]);
  });
});

describe('what can wait', () => {
  const office = { days: ['mon', 'tue', 'wed', 'thu', 'fri'], start: '09:00', end: '17:00' };

  it('waits for working hours, and says for whose', () => {
    const people = byId(['ana', 'ben', 'cleo'].map((id) => aPerson(id, { workingHours: office })));
    const directory = directoryWith(aPolicy([aStep([toPerson('ben')], { ackWithinMs: minutes(30) })]), {
      people,
    });

    expect(
      pathOf(ask(directory, { severity: 'sev5', at: new Date('2026-03-06T15:50:00Z') }), directory),
    ).toEqual([
      '15:50 Step 1: Ben. dm 15:50. Waits 30 min.',
      '16:20 The last resort can wait, and waits for the working hours of Cleo: until Mon 9 Mar 08:00.',
      'Mon 9 Mar 08:00 Last resort: Cleo. dm 08:00. Again every 10 min until somebody acknowledges.',
    ]);
  });

  it('is told later to those who are not at work yet, while others are', () => {
    const late = { days: ['mon'], start: '09:04', end: '17:00' };
    const people = byId([aPerson('ana'), aPerson('ben', { workingHours: late }), aPerson('cleo')]);
    const directory = directoryWith(aPolicy([aStep([toPerson('ana'), toPerson('ben')])]), { people });

    expect(
      pathOf(ask(directory, { severity: 'sev5', at: new Date('2026-03-02T08:00:00Z') }), directory)[0],
    ).toBe('08:00 Step 1: Ana; Ben. Ana: dm 08:00. Ben: not at work before 08:04, dm 08:04. Waits 5 min.');
  });

  it('passes over a step for working hours outside of them', () => {
    const people = byId([aPerson('ana', { workingHours: office }), aPerson('cleo')]);
    const step = aStep([toPerson('ana')], { conditions: [{ kind: 'own_hours' }] });
    const directory = directoryWith(aPolicy([step]), { people });

    expect(pathOf(ask(directory), directory)[0]).toBe(
      '03:00 Step 1 is passed over at once: only for those who are within their own working hours, and nobody is.',
    );
  });
});

describe('the question', () => {
  it('takes the usual severity, or the one nearest to it of the urgency asked for', () => {
    const directory = aDirectory();

    expect(ask(directory, { severity: null }).severity).toBe('sev3');
    expect(ask(directory, { severity: null, urgency: 'low' })).toMatchObject({
      severity: 'sev4',
      urgency: 'low',
    });
    expect(() => ask(directory, { severity: 'sev1', urgency: 'low' })).toThrow(
      'SEV1 has high urgency, not low.',
    );
    expect(() => ask(directory, { severity: 'sev9' })).toThrow('There is no severity sev9.');
  });

  it('follows the route that takes all alerts of the service, and names those that may take some', () => {
    const directory = aDirectory();
    const [all] = directory.routes;
    if (!all) throw new Error('expected a route');
    const dev = { ...all, name: 'dev', matchers: [{ label: 'env', op: 'equals', value: 'dev' }] as const };
    const money = {
      ...all,
      name: 'money',
      policy: 'night',
      severity: 'sev2',
      matchers: [{ label: 'service', op: 'equals', value: 'checkout' }] as const,
    };
    const night = aPolicy([aStep([toPerson('dev')])], { id: 'night' });
    const policies = new Map([...directory.policies, ['night', night]]);

    const told = ask({ ...directory, policies, routes: [dev, money, all] }, { severity: null });

    expect(told).toMatchObject({
      policies: ['night'],
      route: 'money',
      otherRoutes: ['dev'],
      severity: 'sev2',
    });
  });

  it('can be about a page by hand', () => {
    const directory = aDirectory();

    expect(pathOf(ask(directory, { about: { kind: 'person', id: 'dev' } }), directory)).toEqual([
      '03:00 Step 1, round 1 of 2: Dev. dm 03:00. Waits 5 min.',
      '03:05 Round 2: the same steps and people again, until 03:10.',
      '03:10 Last resort: Cleo. dm 03:10. Again every 10 min until somebody acknowledges.',
    ]);
  });
});
