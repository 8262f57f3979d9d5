import { expect, it } from 'vitest';
import { directoryWith } from '../../../test/support/alerts.ts';
import { anIncident } from '../../../test/support/incident.ts';
import { BOT } from '../actor.ts';
import type { CommandOf } from '../command.ts';
import { noteAlerts } from './alerts.ts';
import { evolveIncident } from './evolve.ts';
import { beganAt } from './incident.ts';

const given = { now: new Date('2026-08-03T12:00:00Z'), directory: directoryWith(), policyRuns: new Map() };
const incident = anIncident({ severity: 'sev3', alerts: { firing: 0, total: 1 } });

function noted(change: Partial<CommandOf<'incident.note_alerts'>>): readonly string[] {
  const still = { firing: 0, total: 1, titles: [], joined: 0, cleared: 0, severity: null };
  const decision = noteAlerts(
    incident,
    { type: 'incident.note_alerts', by: BOT, incidentId: 42, ...still, ...change },
    given,
  );
  return decision.kind === 'accepted' ? decision.events.map(({ type }) => type) : [decision.refusal.why];
}

it('an alert that flaps back is counted again', () => {
  expect(noted({ firing: 1 })).toEqual(['incident.alerts_changed']);
});

it('an alert that became worse raises the severity, and a milder one does not', () => {
  expect(noted({ severity: 'sev1' })).toEqual(['incident.severity_changed']);
  expect(noted({ severity: 'sev4' })).toEqual([]);
});

it('says nothing when nothing has changed', () => {
  expect(noted({})).toEqual([]);
});

it('an incident is there from its earliest alert on, however many join later', () => {
  const at = new Date('2026-08-03T12:00:00Z');
  const evening = new Date('2026-08-03T11:40:00Z');
  const told = { joined: 1, cleared: 0, titles: [], total: 20, firing: 20 };
  const begun = [
    { ...told, startsAt: new Date('2026-08-03T11:55:00Z') },
    { ...told, startsAt: evening },
    { ...told, startsAt: new Date('2026-08-03T11:59:00Z') },
    told,
  ].reduce(
    (known, news) =>
      evolveIncident(known, { type: 'incident.alerts_changed', ...news }, { at, by: BOT, incidentId: 42 }),
    anIncident({ declaredAt: at }),
  );
  expect(beganAt(begun)).toEqual(evening);
  expect(beganAt(anIncident({ declaredAt: at }))).toEqual(at);
});

it('an alert that began after somebody declared the incident changes nothing', () => {
  const alerts = { firing: 1, total: 1, startsAt: new Date('2026-08-03T12:05:00Z') };
  expect(beganAt(anIncident({ alerts }))).toEqual(anIncident().declaredAt);
});
