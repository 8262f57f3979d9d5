import { z } from 'zod';
import type { LoggedPage, LoggedTarget } from '../../domain/shadow/page-log.ts';
import { Moment, Reference, lenientList } from '../../config/import/reading.ts';

/** GET /log_entries?include[]=incidents and GET /incidents/{id}/log_entries */
const LogEntry = z.looseObject({
  type: z.string(),
  created_at: Moment,
  user: Reference.nullish().catch(null),
  assignees: lenientList(Reference),
  incident: Reference.nullish().catch(null),
  service: Reference.nullish().catch(null),
});
type LogEntry = z.output<typeof LogEntry>;

/** GET /incidents */
const Incident = z.looseObject({
  id: z.string(),
  created_at: Moment,
  service: Reference.nullish().catch(null),
  assignments: lenientList(z.looseObject({ at: Moment, assignee: Reference })),
});
type Incident = z.output<typeof Incident>;

/** Who was paged, by the log entries and incidents of PagerDuty's REST API v2. */
export function readPagerDuty(
  entries: readonly unknown[],
  incidents: readonly unknown[],
): readonly LoggedPage[] {
  const read = entries.flatMap((entry) => LogEntry.safeParse(entry).data ?? []);
  const known = incidents.flatMap((incident) => Incident.safeParse(incident).data ?? []);
  const told = read.filter(({ type, user }) => type.startsWith('notify_log_entry') && user);
  const toldOf = new Set(told.map(({ incident }) => incident?.id));
  // Where nobody was notified that the log knows of, whoever it was assigned to stands for it.
  const assigned = read.filter(
    ({ assignees, incident }) => assignees.length > 0 && !toldOf.has(incident?.id),
  );
  const logged = [...toldOf, ...assigned.map(({ incident }) => incident?.id)];
  return [
    ...told.map((entry) => pageOf(entry, entry.user ?? null, { read, known })),
    ...assigned.flatMap((entry) =>
      entry.assignees.map((assignee) => pageOf(entry, assignee, { read, known })),
    ),
    ...known.filter(({ id }) => !logged.includes(id)).flatMap(assignmentsOf),
  ];
}

interface All {
  readonly read: readonly LogEntry[];
  readonly known: readonly Incident[];
}

function pageOf(entry: LogEntry, person: Reference | null, { read, known }: All): LoggedPage {
  const id = entry.incident?.id ?? null;
  const incident = known.find((one) => one.id === id);
  const own = read.filter((one) => id !== null && one.incident?.id === id);
  const trigger = own.find(({ type }) => type.startsWith('trigger_log_entry'));
  const first = Math.min(...[entry, ...own].map((one) => one.created_at.getTime()));
  const service = entry.service ?? incident?.service ?? own.find((one) => one.service)?.service ?? null;
  return {
    at: entry.created_at,
    since: incident?.created_at ?? trigger?.created_at ?? new Date(first),
    target: targetOf(service),
    person: nameOf(person),
    incident: id,
  };
}

function assignmentsOf({ id, created_at: since, service, assignments }: Incident): readonly LoggedPage[] {
  return assignments.map(({ at, assignee }) => ({
    at,
    since,
    target: targetOf(service ?? null),
    person: nameOf(assignee),
    incident: id,
  }));
}

function targetOf(service: Reference | null): LoggedTarget | null {
  return service ? { kind: 'service', name: service.summary ?? service.name ?? service.id } : null;
}

function nameOf(person: Reference | null): string {
  const email = person?.['email'];
  return (typeof email === 'string' ? email : null) ?? person?.summary ?? person?.name ?? person?.id ?? '';
}
