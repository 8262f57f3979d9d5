import type { Incident } from '../domain/incident/incident.ts';
import { beganAt } from '../domain/incident/incident.ts';
import type { PageNotice } from '../domain/page/notice.ts';
import type { EffectOf } from '../domain/effect.ts';

/** The JSON of `docs/webhooks.md` for a page. Instants are ISO 8601 in UTC; texts are as they came, escaping is the receiver's. */
export function pageBody(notice: PageNotice, ackUrl: string | null): object {
  return {
    version: 1,
    event: 'page',
    incident: {
      id: notice.incidentId,
      title: notice.title,
      severity: notice.severity,
      kind: notice.isDrill ? 'drill' : 'real',
      test: notice.isTest,
      service: notice.service,
      summary: notice.summary,
      since: notice.since.toISOString(),
      runbook: notice.runbook,
      url: notice.url,
      alerts: notice.alerts,
      alerts_firing: notice.firing,
    },
    page: {
      id: notice.pageId,
      attempt: notice.attemptId,
      person: { id: notice.person.id, name: notice.person.name },
      message: notice.message,
      also_paged: notice.alsoPaged,
      escalates_at: notice.escalatesAt?.toISOString() ?? null,
      acknowledge_url: ackUrl,
    },
  };
}

/** The JSON of `docs/webhooks.md` for an escalation step that names a webhook. */
export function escalationBody(
  { runId, target }: EffectOf<'notify.call_webhook'>,
  incident: Incident,
): object {
  return {
    version: 1,
    event: 'escalation',
    target: target.id,
    run: runId,
    incident: {
      id: incident.id,
      title: incident.title,
      severity: incident.severity,
      status: incident.status,
      kind: incident.kind,
      service: incident.service,
      summary: incident.summary,
      since: beganAt(incident).toISOString(),
      alerts_firing: incident.alerts.firing,
    },
  };
}
