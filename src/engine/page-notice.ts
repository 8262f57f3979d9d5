import type { Alert } from '../domain/alert/alert.ts';
import type { Directory, Person } from '../domain/directory.ts';
import { urgencyOf } from '../domain/escalation/condition.ts';
import { isRunning } from '../domain/escalation/run.ts';
import { incidentLinks } from '../domain/incident/links.ts';
import { beganAt, isTestPage } from '../domain/incident/incident.ts';
import type { Incident } from '../domain/incident/incident.ts';
import type { NoticeEnd, PageNotice } from '../domain/page/notice.ts';
import type { Page } from '../domain/page/page.ts';
import type { World } from '../domain/world.ts';

/** How many alerts a page names; the rest are counted. */
const NAMED_ALERTS = 5;

/** What a notice is made of. */
export interface NoticeFacts {
  readonly world: World;
  readonly alerts: readonly Alert[];
  readonly directory: Directory;
  /** Absolute URL of the incident's room; null before there is one. */
  readonly url: string | null;
}

/** What a page says now, for the attempt of this id. Null when the page, its incident or its person is gone. */
export function noticeOf(pageId: string, attemptId: string, facts: NoticeFacts): PageNotice | null {
  const { world, directory, url } = facts;
  const page = world.pages.find((one) => one.id === pageId);
  const person = page && directory.people.get(page.personId);
  if (!page || !person || !world.incident) return null;
  return {
    ...ofIncident(world.incident, directory),
    ...ofAlerts(facts.alerts),
    ...ofPage(page, person, facts),
    attemptId,
    url,
  };
}

type OfIncident = Pick<
  PageNotice,
  | 'incidentId'
  | 'title'
  | 'severity'
  | 'urgency'
  | 'isDrill'
  | 'isTest'
  | 'service'
  | 'runbook'
  | 'call'
  | 'since'
  | 'summary'
>;

function ofIncident(incident: Incident, directory: Directory): OfIncident {
  const { services } = directory;
  const service = incident.service === null ? undefined : services.get(incident.service);
  const { runbook, call } = incidentLinks(incident, directory);
  return {
    incidentId: incident.id,
    title: incident.title,
    severity: incident.severity,
    urgency: urgencyOf(incident.severity, directory),
    isDrill: incident.kind === 'drill',
    isTest: isTestPage(incident),
    service: service?.name ?? incident.service,
    runbook,
    // Nobody meets about a trial.
    ...(call === null || isTestPage(incident) ? {} : { call }),
    since: beganAt(incident),
    summary: incident.summary,
  };
}

function ofAlerts(alerts: readonly Alert[]): Pick<PageNotice, 'alerts' | 'firing'> {
  const firing = alerts.filter((alert) => alert.status === 'firing');
  const cleared = alerts.filter((alert) => alert.status === 'resolved');
  const titles = [...firing, ...cleared].map((alert) => alert.signal.title);
  return { alerts: titles.slice(0, NAMED_ALERTS), firing: firing.length };
}

type OfPage = Pick<PageNotice, 'pageId' | 'person' | 'message' | 'alsoPaged' | 'escalatesAt' | 'end'>;

function ofPage(page: Page, person: Person, { world, directory }: NoticeFacts): OfPage {
  const run = world.runs.find((one) => one.id === page.runId);
  const others = world.pages.map((one) => one.personId).filter((id) => id !== person.id);
  return {
    pageId: page.id,
    person,
    message: page.message,
    alsoPaged: [...new Set(others)].map((id) => nameOf(id, directory)),
    escalatesAt: page.end === null && run && isRunning(run) ? page.ackBy : null,
    end: page.end === null ? null : endOf(page, world, directory),
  };
}

/** Who ended it: the one who answered, or the person to whom it went when the escalation climbed. */
function endOf(page: Page, world: World, directory: Directory): NoticeEnd | null {
  if (page.end === null) return null;
  const { why, by, at } = page.end;
  const next =
    why === 'escalated'
      ? world.pages.find((one) => one.runId === page.runId && one.startedAt >= at && one.id !== page.id)
      : undefined;
  const personId = by ?? next?.personId ?? null;
  return { why, by: personId === null ? null : nameOf(personId, directory), at };
}

function nameOf(id: string, { people }: Directory): string {
  return people.get(id)?.name ?? id;
}
