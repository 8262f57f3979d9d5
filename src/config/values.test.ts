import { describe, expect, it } from 'vitest';
import { GOOD, problemsIn, withLine } from '../../test/support/config-file.ts';

describe('values', () => {
  it.each([
    [
      'Europe/London',
      'Europe/Londn',
      'f:8:16: error: schedules.primary.time_zone: unknown time zone "Europe/Londn": use an IANA name like "Europe/London" or "UTC".',
    ],
    [
      '2026-01-05',
      '2026-02-30',
      'f:11:33: error: schedules.primary.layers[0].rotation.start_date: "2026-02-30" is not a date of the calendar: write it like "2026-01-05".',
    ],
    [
      'hand_off: "09:00"',
      'hand_off: 9am',
      'f:11:55: error: schedules.primary.layers[0].rotation.hand_off: "9am" is not a clock time: write it with 24 hours and two digits each, like "09:30".',
    ],
    [
      'ack_within: 5m',
      'ack_within: 30s',
      'f:16:21: error: policies.main.steps[0].ack_within must be 1 min or more, not 30 s.',
    ],
    [
      'ack_within: 5m',
      'ack_within: 300d',
      'f:16:21: error: policies.main.steps[0].ack_within must be 7 d or less, not 300 d.',
    ],
    [
      'ack_within: 5m',
      'ack_within: 5',
      'f:16:21: error: policies.main.steps[0].ack_within must be a duration with its unit, like 5m, 1h30m or 2 days, not `5`.',
    ],
    [
      'ack_within: 5m',
      'ack_within: -5m',
      'f:16:21: error: policies.main.steps[0].ack_within must be a duration like 30s, 5m, 1h30m or 2 days, not `-5m`.',
    ],
    [
      'ack_within: 5m',
      'ack_within:',
      'f:16:9: error: policies.main.steps[0].ack_within is empty: give it a value (in quotes if it begins with #), or take the line away.',
    ],
    [
      'ack_within: 5m',
      'ack_withn: 5m',
      'f:16:9: error: policies.main.steps[0].ack_withn is not a key that is known here. Did you mean `ack_within`? Known are: targets, ack_within, strategy, ack_mode, conditions.',
    ],
    [
      'ack_within: 5m',
      'strategy: roundrobin',
      'f:16:19: error: policies.main.steps[0].strategy must be one of everyone, round_robin, not `roundrobin`. Did you mean `round_robin`?',
    ],
    [
      '{ schedule: primary }',
      '{ schedule: primary, team: core }',
      'f:15:19: error: policies.main.steps[0].targets[0] must name exactly one of person, schedule, team, user_group, channel, webhook: begin a new list item for each target.',
    ],
    [
      '"https://example.com/r"',
      '"javascript:alert(1)"',
      'f:19:51: error: services.checkout.runbook must be a web address that begins with https:// or http://, not `javascript:alert(1)`.',
    ],
    ['ana@example.com', 'ana', 'f:2:17: error: people.ana.email must be an e-mail address, not `ana`.'],
    [
      'slack: U1',
      'discord: 123456789012345678',
      'f:3:30: error: people.ben.handles.discord is a number: put it in quotes, or digits get lost.',
    ],
    [
      'handles:',
      'name: 42, handles:',
      'f:3:16: error: people.ben.name must be a text, not the number `42`: put it in quotes.',
    ],
    [
      'handles:',
      'name: "a\\nb", handles:',
      'f:3:16: error: people.ben.name must be on one line, without control characters.',
    ],
    [
      '  ben:',
      '  "b n":',
      'f:3:3: error: people.b n is not a name that can be used: begin with a letter, go on with letters, digits, and - _ . between them.',
    ],
    [
      '  ben:',
      '  __proto__:',
      'f:3:3: error: people.__proto__ is not a name that can be used here. Choose another.',
    ],
    [
      'last_resort',
      'lastresort',
      'f:17:1: error: lastresort is not a key that is known here. Did you mean `last_resort`?',
    ],
    [
      'teams:\n  core: { members: [ana, ben] }',
      'teams: [core]',
      'f:4:8: error: teams must be a map of `name: …` entries, not a list.',
    ],
  ])('%s -> %s', (old, changed, problem) => {
    expect(problemsIn(withLine(old, changed)).join('\n')).toContain(problem);
  });

  it.each([
    [
      '[pigeon]',
      'f:2:46: error: people.ana.rules.high[0] must be a way to be told, and when: dm, email, webhook, ntfy, pushover, sms, voice, web_push, or like "email after 2m" within 24 hours, not `pigeon`.',
    ],
    [
      '[sms]',
      'f:2:46: error: people.ana.rules.high[0] can reach nobody: this person has no `phone`. Add the number, or take the rule away.',
    ],
    ['[dm after 3]', 'not `dm after 3`'],
    ['[dm after 25h]', 'not `dm after 25h`'],
    [
      '[{ channel: dm, when: 3m }]',
      'f:2:61: error: people.ana.rules.high[0].when is not a key that is known here. Known are: channel, after.',
    ],
    [
      '[3]',
      'f:2:46: error: people.ana.rules.high[0] must be a rule like `dm`, `email after 2m` or `{channel: email, after: 2m}`.',
    ],
    ['[]', 'f:2:45: error: people.ana.rules.high has no rule: take the line away for the usual ones.'],
    [
      '[webhook]',
      'f:2:46: error: people.ana.rules.high[0] can reach nobody: this person has no `webhook` under `handles`. Add it, or take the rule away.',
    ],
    [
      '[dm, email]',
      'f:2:50: warning: people.ana.rules.high[1] can reach nobody: no mail server is configured. Add notify.email, or take the rule away.',
    ],
    [
      '[dm, dm after 5m]',
      'f:2:50: warning: people.ana.rules.high[1] waits 5 min, but every step that pages this person is over after 5 min at most, so the rule is never used. Shorten it, or give a step a longer `ack_within`.',
    ],
  ])('rules: %s', (rules, problem) => {
    const text = withLine(
      'ana: { email: ana@example.com,',
      `ana: { email: a@b.example, rules: { high: ${rules} },`,
    );
    expect(problemsIn(text).join('\n')).toContain(problem);
  });

  it.each([
    [
      'severity=critical, "a=~("',
      'f:21:38: error: routes[0].match[1] has a pattern that cannot be used, `(`:',
    ],
    [
      'nonsense',
      'f:21:19: error: routes[0].match[0] must be a matcher like severity="critical", team=~"pay.*", env!="dev" or zone!~"eu-.*", not `nonsense`.',
    ],
    ['5', 'f:21:19: error: routes[0].match[0] must be a text, not the number `5`: put it in quotes.'],
  ])('matcher %s', (matcher, problem) => {
    expect(problemsIn(`${GOOD}routes: [{match: [${matcher}]}]\n`).join('\n')).toContain(problem);
  });

  it.each([
    ['inc-{number}-{name}', 'has braces around something else than number, title, service, severity or date'],
    ['inc-{title}', 'needs {number}: without it two incidents would have rooms of one name'],
    ['{title}-{number}', 'must end with {title} when it has it: long titles are cut at the end'],
  ])('name of rooms %s', (name, problem) => {
    expect(problemsIn(`${GOOD}settings: { room_name: "${name}" }\n`)).toEqual([
      `f:21:24: error: settings.room_name ${problem}.`,
    ]);
  });

  it('names a mail server that is described twice or not at all, and a source of an unknown type', () => {
    const more =
      'notify: { email: { url: "smtp://a", host: b, from: nobody } }\nsources: { am: {}, generic: { type: genric } }\n';
    expect(problemsIn(GOOD + more)).toEqual([
      'f:21:18: error: notify.email needs either `url` or `host`, and not both.',
      'f:21:52: error: notify.email.from must be an address, like bell@example.com or Firebell <bell@example.com>, not `nobody`.',
      'f:22:16: error: sources.am needs a `type`, because its name is not one. Types are: alertmanager, generic.',
      'f:22:37: error: sources.generic.type names `genric`, which is not a type of source. Did you mean `generic`? Types are: alertmanager, generic.',
    ]);
    const neither = problemsIn(`${GOOD}notify: { email: { from: a@b.example } }\n`);
    expect(neither).toEqual(['f:21:18: error: notify.email needs either `url` or `host`, and not both.']);
  });
});
