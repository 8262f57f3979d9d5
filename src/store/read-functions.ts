import { waitingNotes } from './handover-notes.ts';
import { liveAbsences } from './absences.ts';
import type { Db } from './db.ts';
import { bundledPages } from './page-bundles.ts';
import {
  findIncident,
  incidentAlerts,
  incidentEvents,
  incidentOfRoom,
  incidentPages,
  incidentRuns,
  listIncidents,
  openPagesOf,
} from './reads.ts';
import type { IncidentFilter } from './reads.ts';
import { newestRosterEvents, readRosters } from './rosters.ts';
import { alertsWorkedOn, heldBy, silencesWithCounts } from './silences.ts';
import { readPolicyRuns } from './policy-runs.ts';

// As many as people read at once.
const MOST_CHANGES = 20;
const SHOWN_ALERTS = 10;
/** Of a storm that is larger than this, the width of a silence is told by a part of it. */
const MOST_ALERTS = 2_000;

/** What the outer rooms read, over one database. */
export function readFunctions(db: Db) {
  return {
    findIncident: (id: number) => findIncident(db, id),
    incidentOfRoom: (platform: string, roomId: string) => incidentOfRoom(db, platform, roomId),
    listIncidents: (filter: IncidentFilter) => listIncidents(db, filter),
    eventsOf: (id: number) => incidentEvents(db, id),
    policyRuns: () => readPolicyRuns(db),
    runsOf: (id: number) => incidentRuns(db, id),
    pagesOf: (id: number) => incidentPages(db, id),
    bundleOf: (attemptId: string) => bundledPages(db, attemptId),
    alertsOf: (id: number) => incidentAlerts(db, id),
    rosters: () => readRosters(db),
    rosterLog: (schedule: string) => newestRosterEvents(db, schedule, MOST_CHANGES),
    handoverNotes: (schedule: string) => waitingNotes(db, schedule),
    absences: (now: Date) => liveAbsences(db, now),
    silences: () => silencesWithCounts(db),
    heldBy: (silenceId: number) => heldBy(db, silenceId, SHOWN_ALERTS),
    alertsWorkedOn: () => alertsWorkedOn(db, MOST_ALERTS),
    openPagesOf: async (personId: string) =>
      (await openPagesOf(db, personId)).map(({ incidentId, page }) => ({ ...page, incidentId })),
  };
}
