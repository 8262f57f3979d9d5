import { stringify } from 'yaml';

/** Sections of firebell.yaml as values; each replaces the section of that name. */
export type Sections = Readonly<Record<string, unknown>>;

/** Where the console of a bot under test is opened. */
export const ADDRESS = 'http://localhost:8080';

const COMPANY: Sections = {
  url: ADDRESS,
  people: {
    ana: { name: 'Ana Souza', email: 'ana@example.com' },
    ben: { name: 'Ben Okafor', email: 'ben@example.com' },
    cleo: { name: 'Cleo Martin', email: 'cleo@example.com' },
    dev: { name: 'Dev Patel', email: 'dev@example.com', access: 'admin' },
    sue: { name: 'Sue Tanaka', email: 'sue@example.com', access: 'observer' },
  },
  schedules: { primary: scheduleOf('ana'), secondary: scheduleOf('ben') },
  policies: {
    main: {
      steps: [
        { targets: [{ schedule: 'primary' }], ack_within: '5m' },
        { targets: [{ schedule: 'secondary' }], ack_within: '5m' },
      ],
    },
  },
  last_resort: { targets: [{ person: 'cleo' }], every: '10m' },
  services: {
    checkout: { name: 'Checkout', policy: 'main', runbook: 'https://example.com/runbooks/checkout' },
    search: { name: 'Search', policy: 'main' },
  },
  // Without promises about time, so that a story is only about what it tells.
  severities: { sev1: { name: 'SEV1' }, sev2: { name: 'SEV2' }, sev3: { name: 'SEV3' } },
  settings: {
    alert_severity: { critical: 'sev1', error: 'sev2', warning: 'sev3', info: 'sev3' },
    default_severity: 'sev3',
  },
};

/**
 * A firebell.yaml: Ana is on call, Ben is her second, Cleo the last resort; five and five minutes to answer, then every ten. Dev is an
 * admin, Sue only follows along.
 */
export function company(changes: Sections = {}): string {
  return stringify({ ...COMPANY, ...changes });
}

/** The company's people, some of them changed. */
export function peopleWith(changes: Readonly<Record<string, object>>): Sections {
  const people = COMPANY['people'] as Readonly<Record<string, object>>;
  const changed = Object.entries(changes).map(([id, change]) => [id, { ...people[id], ...change }]);
  return { people: { ...people, ...Object.fromEntries(changed) } };
}

/** The company's house rules, some of them changed. */
export function settingsWith(changes: Readonly<Record<string, unknown>>): Sections {
  return { settings: { ...(COMPANY['settings'] as object), ...changes } };
}

/** The company's services, with more said about Checkout. */
export function checkoutWith(changes: Readonly<Record<string, unknown>>): Sections {
  const services = COMPANY['services'] as Readonly<Record<string, object>>;
  return { services: { ...services, checkout: { ...services['checkout'], ...changes } } };
}

/** A schedule in which these people take turns of a week; without anybody it is empty from its first turn on. */
export function scheduleOf(...people: readonly string[]): object {
  return {
    time_zone: 'UTC',
    layers: [
      { participants: people, rotation: { every: '1 week', start_date: '2026-03-02', hand_off: '00:00' } },
    ],
  };
}
