import { describe, expect, it } from 'vitest';
import { GOOD, problemsIn, withLine } from '../../test/support/config-file.ts';

it('finds nothing in a file that is right', () => {
  expect(problemsIn(GOOD)).toEqual([]);
});

describe('names', () => {
  it.each([
    [
      'policy: main',
      'policy: mian',
      'f:19:36: error: services.checkout.policy names `mian`, which is not a policy. Did you mean `main`? Policies are: main.',
    ],
    [
      'owner: core }',
      'owner: ana }',
      'f:20:22: error: services.payments.owner names `ana`, which is not a team. It is a person. Teams are: core.',
    ],
    [
      'members: [ana, ben]',
      'members: [ana, bne]',
      'f:5:26: error: teams.core.members[1] names `bne`, which is not a person. Did you mean `ben`? People are: ana, ben.',
    ],
    [
      'participants: [ana, ben]',
      'participants: [[ana, zoe], ben]',
      'f:10:30: error: schedules.primary.layers[0].participants[0][1] names `zoe`, which is not a person. People are: ana, ben.',
    ],
    [
      '{ schedule: primary }',
      '{ schedule: primry }',
      'f:15:31: error: policies.main.steps[0].targets[0].schedule names `primry`, which is not a schedule. Did you mean `primary`? Schedules are: primary.',
    ],
    [
      '{ schedule: primary }',
      '{ webhook: pager }',
      'f:15:30: error: policies.main.steps[0].targets[0].webhook names `pager`, which is not one of notify.webhooks. The file has none yet: add it.',
    ],
    [
      '{ team: core }',
      '{ team: cor }',
      'f:17:34: error: last_resort.targets[0].team names `cor`, which is not a team. Did you mean `core`? Teams are: core.',
    ],
    [
      'ack_within: 5m',
      'conditions: [{ severity_at_least: sev9 }]',
      'f:16:43: error: policies.main.steps[0].conditions[0].severity_at_least names `sev9`, which is not a severity. Did you mean `sev1`? Severities are: sev1, sev2, sev3, sev4, sev5.',
    ],
  ])('%s -> %s', (old, changed, problem) => {
    expect(problemsIn(withLine(old, changed))).toContain(problem);
  });

  it('is looked at in routes, settings, overrides and pasted schedules too', () => {
    const more = `routes: [{ policy: x }, { service: x, match: [a=b] }]
settings: { default_severity: sevX, alert_severity: { critical: sevY } }
`;
    const text = withLine(
      '    layers:',
      '    overrides: [{ type: add, user: eve, start: 2026-01-01T00:00:00Z, end: 2026-01-02T00:00:00Z }]\n    layers:',
    );
    const found = problemsIn(text + more).map((line) => line.split(' ')[2]);
    expect(found).toEqual([
      'schedules.primary.overrides[0].user',
      'routes[0].policy',
      'routes[1]',
      'routes[1].service',
      'settings.default_severity',
      'settings.alert_severity.critical',
    ]);
  });
});

describe('nobody to page', () => {
  it.each([
    [
      '      - targets: [{ schedule: primary }]\n        ack_within: 5m',
      '      []',
      'f:15:7: error: policies.main.steps has no step, so it would page nobody: add one with `targets`.',
    ],
    [
      '[{ schedule: primary }]',
      '[]',
      'f:15:18: error: policies.main.steps[0].targets pages nobody: name at least one target, like `- schedule: primary`.',
    ],
    [
      'last_resort: { targets: [{ team: core }] }\n',
      '',
      'f:1:1: error: last_resort is missing: paged when nobody else answered, again and again until somebody does.',
    ],
    [
      '[{ team: core }]',
      '[]',
      'f:17:25: error: last_resort.targets pages nobody: name at least one target, like `- schedule: primary`.',
    ],
    [
      '[{ team: core }]',
      '[{ channel: ops }]',
      'f:17:25: error: last_resort.targets pages no person: channels and webhooks are only told. Add a person, a schedule or a team who must answer.',
    ],
    [
      'members: [ana, ben]',
      'name: Core',
      'f:17:34: error: last_resort.targets[0].team pages nobody: the team `core` has neither members nor anybody on its schedule. Add some.',
    ],
    [
      'participants: [ana, ben]',
      'participants: []',
      'f:10:23: error: schedules.primary.layers[0].participants has nobody in its rotation: name the people in turn order, or take the layer away.',
    ],
    [
      'participants: [ana, ben]',
      'participants: [[], []]',
      'f:10:23: error: schedules.primary.layers[0].participants has nobody in its rotation: name the people in turn order, or take the layer away.',
    ],
    [
      '[{ schedule: primary }]',
      '[{ channel: ops }]',
      'f:15:7: warning: policies.main.steps pages no person: channels and webhooks are only told. Add a person, a schedule or a team.',
    ],
    [
      'ben: { handles',
      'ben: { access: observer, handles',
      'f:15:19: warning: policies.main.steps[0].targets[0] pages `ben`, who is an observer and cannot acknowledge. Give people.ben `access: responder`, or page somebody else.',
    ],
    ['members: [ana, ben]', 'schedule: primary, members: [ana]', null],
    ['rotation: {', 'active_until: 2027-01-01T00:00:00Z\n        rotation: {', null],
  ])('%s -> %s', (old, changed, problem) => {
    const found = problemsIn(withLine(old, changed));
    if (problem === null) expect(found).toEqual([]);
    else expect(found).toContain(problem);
  });

  it('warns when the last resort is left to a schedule with gaps', () => {
    const gappy = withLine(
      'rotation: {',
      'restrictions: [{ type: daily, start: "09:00", end: "17:00" }]\n        rotation: {',
    );
    expect(problemsIn(gappy)).toEqual([]);
    expect(problemsIn(gappy.replace('[{ team: core }]', '[{ schedule: primary }]'))).toEqual([
      'f:18:25: warning: last_resort.targets depends on schedules in which at times nobody may be on call. Add a person who can always be paged.',
    ]);
  });
});

describe('twice', () => {
  it.each([
    ['  ben:', '  ana:', 'f:3:3: error: people.ana is written twice, first in line 2. Keep one of the two.'],
    [
      '  ben:',
      '  Ana: {}\n  ben:',
      'f:3:3: error: people.Ana differs from `ana` in capitals only. Give one of them another name.',
    ],
    [
      'ana@example.com,',
      'ana@example.com, handles: { slack: u1 },',
      'f:3:28: error: people.ben.handles.slack is the same as people.ana.handles.slack, so Firebell could not tell the two people apart. Correct one of them.',
    ],
    [
      'handles:',
      'email: ANA@example.com, handles:',
      'f:3:17: error: people.ben.email is the same as people.ana.email, so',
    ],
    ['handles:', 'name: ANA, handles:', 'f:3:16: warning: people.ben.name is also the name of `ana`, so'],
    [
      'payments: { owner: core',
      'payments: { aliases: [Check Out, CHECKOUT], owner: core',
      'f:20:36: error: services.payments.aliases[1] is a spelling of the service `checkout` too, so an alert',
    ],
  ])('%s -> %s', (old, changed, problem) => {
    expect(problemsIn(withLine(old, changed)).join('\n')).toContain(problem);
  });

  it('counts a route name, because alerts of both would be one group', () => {
    const routes = 'routes: [{ name: a, match: [a=b] }, { name: a }, { name: c }]\n';
    expect(problemsIn(GOOD + routes)).toEqual([
      'f:21:45: error: routes[1].name is the name of an earlier route too, and alerts of both would be counted as one group. Choose another.',
      'f:21:50: warning: routes[2] can never be used: the route in front of it, `a`, matches every alert. Move that one to the end.',
    ]);
  });
});

describe('circles', () => {
  it('of policies are an error, because the last resort would never be paged', () => {
    const text = withLine(
      '        ack_within: 5m',
      '        ack_within: 5m\n    then: next\n  next: { steps: [{ targets: [{ person: ana }] }], then: main }',
    );
    expect(problemsIn(`${text}settings: { default_policy: main }\n`)).toEqual([
      'f:17:11: error: policies.main.then leads back to itself (main, then next, then main), so the last resort would never be paged. Let one of them end without `then`; `rounds` repeats a policy.',
    ]);
  });

  it('of services are a warning', () => {
    const text = withLine('payments: {', 'payments: { depends_on: [checkout],').replace(
      'policy: main',
      'depends_on: [payments]',
    );
    expect(problemsIn(text)).toEqual([
      'f:19:40: warning: services.checkout.depends_on leads back to itself: checkout needs payments needs checkout. Take one of these away, or accept that neither is the cause of the other.',
    ]);
  });

  it('asks which policy is the default when there are several', () => {
    const text = withLine('last_resort', '  other: { steps: [{ targets: [{ person: ana }] }] }\nlast_resort');
    expect(problemsIn(text)).toEqual([
      'f:1:1: error: settings.default_policy is missing: say which policy pages for an incident that belongs to no service. Policies are: main, other.',
    ]);
  });

  it('asks for the working hours that a condition counts on', () => {
    const text = withLine('ack_within: 5m', 'conditions: [{ working_hours_of: ben }]');
    expect(problemsIn(text)).toEqual([
      'f:16:42: error: policies.main.steps[0].conditions[0].working_hours_of names `ben`, which has no `working_hours`. Add them under people.ben.',
    ]);
  });
});

describe('a window of an empty list of days', () => {
  it('is refused in a pasted schedule, as in one that is written out', () => {
    const layer =
      '{"participants":["ana"],"rotation":{"unit":"days","count":1,"startDate":"2026-01-05","handoffTime":"09:00"},"restrictions":[{"type":"daily","days":[],"start":"09:00","end":"17:00"}]}';
    const pasted = withLine(
      'schedules:',
      `schedules:\n  pasted: { schedule: {"timeZone":"UTC","layers":[${layer}]} }`,
    );
    expect(problemsIn(pasted).map((line) => line.replace(/^f:\d+:\d+: /, ''))).toEqual([
      'error: schedules.pasted.schedule.layers[0].restrictions[0].days names no day: take the line away for every day',
    ]);
  });
});

describe('times the wrong way round', () => {
  it.each([
    [
      'active_from: 2026-02-01T00:00:00Z\n        active_until: 2026-01-01T00:00:00Z',
      'f:12:23: error: schedules.primary.layers[0].active_until is before `active_from`, so the layer would never count. Swap the two, or drop one.',
    ],
    [
      'roster_changes:\n          - { at: 2026-03-01T00:00:00Z, participants: [ana] }\n          - { at: 2026-02-01T00:00:00Z, participants: [ben] }',
      'f:13:19: error: schedules.primary.layers[0].roster_changes[1].at is earlier than the change above. Write them in the order of `at`.',
    ],
  ])('%s', (lines, problem) => {
    expect(problemsIn(withLine('rotation: {', `${lines}\n        rotation: {`))).toEqual([problem]);
  });

  it('override', () => {
    const text = withLine(
      '    layers:',
      '    overrides: [{ type: add, user: ana, start: 2026-01-02T00:00:00Z, end: 2026-01-01T00:00:00Z }]\n    layers:',
    );
    expect(problemsIn(text)).toEqual([
      'f:9:75: error: schedules.primary.overrides[0].end must be later than `start`.',
    ]);
  });
});

describe('push', () => {
  const withTopic = (topic: string, rules = '[ntfy]') =>
    withLine('  ana: {', `  nia: { handles: { ntfy: "${topic}" }, rules: { high: ${rules} } }\n  ana: {`);

  it('takes a topic that ntfy takes, on a server that knows us or under a name that nobody guesses', () => {
    const long = withTopic('firebell-nia-Qh3kX9');
    expect(problemsIn(`${long}notify: { ntfy: {} }\n`)).toEqual([]);
    expect(problemsIn(`${withTopic('nia')}notify: { ntfy: { token: tk_1 } }\n`)).toEqual([]);
  });

  it.each([
    ['https://ntfy.sh/nia', 'notify: { ntfy: {} }', 'must be the name of a topic, not `https://ntfy.sh/nia`'],
    ['nia', 'notify: { ntfy: {} }', 'is easy to guess'],
    ['firebell-nia-Qh3kX9', '', 'can reach nobody: no ntfy server is configured. Add notify.ntfy'],
    [
      'firebell-nia-Qh3kX9',
      'notify: { ntfy: { url: ntfy.example.com } }',
      'must be a web address that begins with https:// or http://',
    ],
  ])('says what is wrong with %s beside %j', (topic, notify, problem) => {
    expect(problemsIn(`${withTopic(topic)}${notify}\n`).join('\n')).toContain(problem);
  });

  it('misses the topic of a rule', () => {
    const text = withLine('  ana: {', '  nia: { rules: { high: [ntfy] } }\n  ana: {');
    expect(problemsIn(`${text}notify: { ntfy: {} }\n`).join('\n')).toContain(
      'people.nia.rules.high[0] can reach nobody: this person has no `ntfy` under `handles`.',
    );
  });
});

it('wants the key of a person from Pushover, and its application', () => {
  const withKey = (key: string) =>
    withLine('  ana: {', `  nia: { handles: { pushover: ${key} }, rules: { high: [pushover] } }\n  ana: {`);
  const key = 'uQiRzpo4DXghDmr9QzzfQu27cmVRsG';
  expect(problemsIn(`${withKey(key)}notify: { pushover: { token: a1 } }\n`)).toEqual([]);
  expect(problemsIn(`${withKey('nia')}notify: { pushover: { token: a1 } }\n`).join('\n')).toContain(
    'people.nia.handles.pushover must be a user key of Pushover, not `nia`',
  );
  expect(problemsIn(withKey(key)).join('\n')).toContain('no Pushover application is configured');
  expect(problemsIn(`${withKey(key)}notify: { pushover: {} }\n`).join('\n')).toContain(
    'notify.pushover.token is missing',
  );
});

describe('answers by mail', () => {
  const withReplies = (replies: string) =>
    `${GOOD}notify: { email: { host: mail, from: bell@example.com, replies: ${replies} } }\n`;

  it.each(['2525', '"0.0.0.0:25"', '"[::]:2525"', '"localhost:2525"'])('are taken at %s', (listen) => {
    expect(problemsIn(withReplies(`{ domain: reply.example.com, listen: ${listen} }`))).toEqual([]);
  });

  it.each([
    ['{ domain: reply.example.com }', 'notify.email.replies.listen must be a port'],
    ['{ domain: bell@example.com, listen: 25 }', 'must be a domain whose mail is brought to Firebell'],
    ['{ domain: reply.example.com, listen: everywhere }', 'must be a port, or an address and a port'],
    ['{ domain: reply.example.com, listen: 70000 }', 'must be a port, or an address and a port'],
  ])('%s: %s', (replies, problem) => {
    expect(problemsIn(withReplies(replies)).join('\n')).toContain(problem);
  });
});
