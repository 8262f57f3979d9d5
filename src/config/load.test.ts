import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { onCallAt } from '../domain/schedule/on-call.ts';
import type { Config } from './config.ts';
import { loadConfig } from './load.ts';

const EXAMPLE = readFileSync(new URL('../../examples/firebell.yaml', import.meta.url), 'utf8');

const SMALLEST = `
people:
  ana: {}
policies:
  main:
    steps:
      - targets: [{ person: ana }]
last_resort:
  targets: [{ person: ana }]
`;

function load(text: string, env: Readonly<Record<string, string>> = {}): Config {
  const loaded = loadConfig(text, { env, file: 'firebell.yaml' });
  if ('problems' in loaded) throw new Error(JSON.stringify(loaded.problems, null, 2));
  return loaded.config;
}

describe('the example', () => {
  it('loads without a problem and without a warning', () => {
    const sourceTypes = ['alertmanager', 'generic'];
    const loaded = loadConfig(EXAMPLE, { env: {}, file: 'firebell.yaml', sourceTypes });
    expect(loaded).toMatchObject({ warnings: [] });
    expect(loaded).toHaveProperty('config');
  });

  it('always has a primary and a secondary on call who are not the same person, whatever the date', () => {
    const { schedules } = load(EXAMPLE).directory;
    const [primary, secondary] = [schedules.get('primary'), schedules.get('secondary')];
    if (!primary || !secondary) throw new Error('expected both schedules');
    for (let week = 0; week < 520; week += 1) {
      const at = new Date(Date.UTC(2026, 0, 1) + week * 7 * 86_400_000);
      const [first] = onCallAt(primary.schedule, at);
      const [second] = onCallAt(secondary.schedule, at);
      expect(first).toBeDefined();
      expect(second).toBeDefined();
      expect(first).not.toBe(second);
    }
  });
});

describe('what a file leaves out', () => {
  const { directory, ...config } = load(SMALLEST);

  it('reaches a person by direct message at once, in the zone of the installation', () => {
    const dm = [{ channel: 'dm', afterMs: 0 }];
    expect(directory.people.get('ana')).toEqual({
      id: 'ana',
      name: 'ana',
      email: null,
      phone: null,
      zone: 'UTC',
      access: 'responder',
      handles: {},
      rules: { high: dm, low: dm },
      usualRules: ['high', 'low'],
      workingHours: null,
    });
  });

  it('tells every other channel that a person has after 2 minutes, mail only when there is a mail server', () => {
    const text = SMALLEST.replace('ana: {}', 'ana: { email: ana@example.com, handles: { webhook: pager } }');
    const notify = 'notify: { webhooks: { pager: { url: "https://example.com/hook" } } }\n';
    const rulesOf = (yaml: string) => load(yaml).directory.people.get('ana')?.rules.high;
    expect(rulesOf(text + notify)).toEqual([
      { channel: 'dm', afterMs: 0 },
      { channel: 'webhook', afterMs: 120_000 },
    ]);
    const mail =
      'notify: { email: { url: "smtp://localhost", from: bell@example.com }, webhooks: { pager: { url: "https://example.com/hook" } } }\n';
    expect(rulesOf(text + mail)?.map(({ channel }) => channel)).toEqual(['dm', 'email', 'webhook']);
  });

  it('takes the only policy as the default, five severities, and a route for every alert', () => {
    expect(directory.settings).toMatchObject({
      defaultPolicy: 'main',
      defaultSeverity: 'sev3',
      alertSeverity: { critical: 'sev1', error: 'sev2', warning: 'sev3', info: 'sev5' },
      roles: ['commander', 'communications', 'scribe'],
      staleAfterMs: 30 * 60_000,
      ackTimeoutMs: null,
    });
    expect(directory.severities.map(({ id }) => id)).toEqual(['sev1', 'sev2', 'sev3', 'sev4', 'sev5']);
    expect(directory.routes).toMatchObject([{ matchers: [], incident: 'open', groupBy: ['service'] }]);
    expect(directory.lastResort.everyMs).toBe(300_000);
  });

  it('listens to Alertmanager and the generic form, sends no mail, and is a sandbox', () => {
    expect([...config.sources.keys()]).toEqual(['alertmanager', 'generic']);
    expect(config.notify.email).toBeNull();
    expect(config.chat).toMatchObject({ home: 'console', signIn: 'sandbox', slack: null, discord: null });
    expect(config.url).toBeNull();
  });

  it('maps the severities of alerts onto a list of another length by their place in it', () => {
    const { settings } = load(`${SMALLEST}severities: { page: {}, ticket: { urgency: low } }\n`).directory;
    expect(settings.alertSeverity).toEqual({
      critical: 'page',
      error: 'ticket',
      warning: 'ticket',
      info: 'ticket',
    });
    expect(settings.defaultSeverity).toBe('page');
  });
});

describe('what a file says', () => {
  it('reads rules in words and as objects, the soonest first', () => {
    const text = SMALLEST.replace(
      'ana: {}',
      'ana: { email: a@example.com, rules: { high: [email after 1m 30s, dm now, { channel: dm, after: 4m }] } }',
    );
    expect(
      load(`${text}notify: { email: { host: mail, from: F <f@example.com> } }`).directory.people.get('ana')
        ?.rules.high,
    ).toEqual([
      { channel: 'dm', afterMs: 0 },
      { channel: 'email', afterMs: 90_000 },
      { channel: 'dm', afterMs: 240_000 },
    ]);
  });

  it('reads a schedule written out and the same one pasted as JSON alike', () => {
    const written = `
  a:
    time_zone: Europe/London
    layers:
      - participants: [ana, [ana, ben], []]
        rotation: { every: 12 hours, start_date: 2026-01-05, hand_off: "08:00" }
        priority: 2
        time_zone: Europe/Paris
        active_from: 2026-01-20T14:00:00Z
        active_until: 2026-07-01T00:00:00Z
        restrictions:
          - { type: daily, days: [mon, tue], start: "22:00", end: "06:00" }
          - { type: weekly, start_day: fri, start_time: "17:00", end_day: mon, end_time: "09:00" }
        roster_changes: [{ at: 2026-02-10T16:45:00Z, participants: [ben] }]
    overrides:
      - { type: replace_all, start: 2026-03-01T00:00:00Z, end: 2026-03-02T00:00:00Z, users: [] }
      - { type: substitute, start: 2026-03-01T00:00:00Z, end: 2026-03-02T00:00:00Z, user: ana, with: null }
      - { type: add, start: 2026-03-01T00:00:00Z, end: 2026-03-02T00:00:00Z, user: ben }`;
    const pasted = JSON.stringify({
      timeZone: 'Europe/London',
      layers: [
        {
          participants: ['ana', ['ana', 'ben'], []],
          rotation: { unit: 'hours', count: 12, startDate: '2026-01-05', handoffTime: '08:00' },
          priority: 2,
          timeZone: 'Europe/Paris',
          activeFrom: '2026-01-20T14:00:00Z',
          activeUntil: '2026-07-01T00:00:00Z',
          restrictions: [
            { type: 'daily', days: ['mon', 'tue'], start: '22:00', end: '06:00' },
            { type: 'weekly', startDay: 'fri', startTime: '17:00', endDay: 'mon', endTime: '09:00' },
          ],
          rosterChanges: [{ at: '2026-02-10T16:45:00Z', participants: ['ben'] }],
        },
      ],
      overrides: [
        { type: 'replaceAll', start: '2026-03-01T00:00:00Z', end: '2026-03-02T00:00:00Z', users: [] },
        {
          type: 'substitute',
          start: '2026-03-01T00:00:00Z',
          end: '2026-03-02T00:00:00Z',
          user: 'ana',
          with: null,
        },
        { type: 'add', start: '2026-03-01T00:00:00Z', end: '2026-03-02T00:00:00Z', user: 'ben' },
      ],
    });
    const people = SMALLEST.replace('ana: {}', 'ana: {}\n  ben: {}');
    const { schedules } = load(`${people}schedules:${written}\n  b: { schedule: ${pasted} }\n`).directory;
    expect(schedules.get('a')?.schedule).toEqual(schedules.get('b')?.schedule);
  });

  it('reads matchers as Alertmanager writes them, and as a map', () => {
    const routes = String.raw`
routes:
  - match: ['severity="critical"', team=~"pay.*", env!=dev, 'zone!~"eu-(a|b)"', 'note="a \"b\" \\ c"', 'empty=""']
  - match: { severity: critical, port: 443, tls: true }
`;
    const [first, second] = load(SMALLEST + routes).directory.routes;
    expect(first?.matchers).toEqual([
      { label: 'severity', op: 'equals', value: 'critical' },
      { label: 'team', op: 'matches', value: 'pay.*' },
      { label: 'env', op: 'not_equals', value: 'dev' },
      { label: 'zone', op: 'not_matches', value: 'eu-(a|b)' },
      { label: 'note', op: 'equals', value: String.raw`a "b" \ c` },
      { label: 'empty', op: 'equals', value: '' },
    ]);
    expect(second?.matchers.map(({ value }) => value)).toEqual(['critical', '443', 'true']);
  });

  it('reads every kind of target and condition, and what follows a policy', () => {
    const text = `
people: { ana: { zone: Asia/Tokyo, working_hours: { start: "09:00", end: "17:00" } } }
teams: { t: { members: [ana] } }
schedules:
  s: { time_zone: UTC, layers: [{ participants: [ana], rotation: { start_date: 2026-01-01, hand_off: "09:00" } }] }
policies:
  a:
    steps:
      - targets: [{ person: ana }, { schedule: s }, { team: t }, { channel: ops }, { webhook: pager }]
        ack_within: 90s
        strategy: round_robin
        ack_mode: all
        conditions:
          - severity_at_least: sev2
          - urgency: high
          - within_hours: { days: [sat], start: "10:00", end: "12:00", zone: Europe/Rome }
          - working_hours_of: ana
    rounds: 10
    then: b
  b: { steps: [{ targets: [{ team: t }] }] }
last_resort: { targets: [{ person: ana }], every: 2m }
settings: { default_policy: b, ack_timeout: 30m }
notify: { webhooks: { pager: { url: "https://example.com/hook", secret: "0123456789" } } }
`;
    const { policies, settings } = load(text).directory;
    expect(policies.get('a')).toEqual({
      id: 'a',
      rounds: 10,
      followedBy: 'b',
      steps: [
        {
          targets: [
            { kind: 'person', id: 'ana' },
            { kind: 'schedule', id: 's' },
            { kind: 'team', id: 't' },
            { kind: 'channel', id: 'ops' },
            { kind: 'webhook', id: 'pager' },
          ],
          ackWithinMs: 90_000,
          strategy: 'round_robin',
          ackMode: 'all',
          conditions: [
            { kind: 'severity_at_least', severity: 'sev2' },
            { kind: 'urgency', urgency: 'high' },
            {
              kind: 'within_hours',
              hours: { days: ['sat'], start: '10:00', end: '12:00' },
              zone: 'Europe/Rome',
            },
            {
              kind: 'within_hours',
              hours: { days: ['mon', 'tue', 'wed', 'thu', 'fri'], start: '09:00', end: '17:00' },
              zone: 'Asia/Tokyo',
              of: { kind: 'person', id: 'ana' },
            },
          ],
        },
      ],
    });
    expect(settings).toMatchObject({ defaultPolicy: 'b', ackTimeoutMs: 1_800_000 });
  });

  it('fills in the environment, and leaves $${ alone', () => {
    const mail =
      'notify:\n  email: { host: mail.example.com, port: "${PORT}", user: bell, password: "a-${PASSWORD}-$${PASSWORD}", from: "bell@${DOMAIN}" }\n';
    const { notify } = load(SMALLEST + mail, {
      PASSWORD: 'secret: "x"',
      DOMAIN: 'example.com',
      PORT: '2525',
    });
    expect(notify.email).toEqual({
      server: {
        host: 'mail.example.com',
        port: 2525,
        secure: false,
        user: 'bell',
        pass: 'a-secret: "x"-${PASSWORD}',
      },
      from: 'bell@example.com',
      replies: null,
    });
  });

  it('follows anchors and aliases', () => {
    const text = SMALLEST.replace(
      'targets: [{ person: ana }]\n',
      'targets: &all [{ person: ana }]\n',
    ).replace('last_resort:\n  targets: [{ person: ana }]', 'last_resort:\n  targets: *all');
    expect(load(text).directory.lastResort.targets).toEqual([{ kind: 'person', id: 'ana' }]);
  });

  it('has the same hash for the same text, and another for another', () => {
    expect(load(SMALLEST).hash).toBe(load(SMALLEST).hash);
    expect(load(SMALLEST).hash).not.toBe(load(`${SMALLEST}# changed\n`).hash);
  });
});
