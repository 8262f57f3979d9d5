import type { Alert } from '../domain/alert/alert.ts';
import type { HeldSilence, WorkedOn } from '../domain/alert/silence.ts';
import type { Runs } from '../domain/escalation/run.ts';
import type { RecordedEvent } from '../domain/event.ts';
import type { Incident } from '../domain/incident/incident.ts';
import type { Pages } from '../domain/page/page.ts';
import type { Absence } from '../domain/roster/absence.ts';
import type { HandoverNote } from '../domain/roster/shift-commands.ts';
import type { RecordedRosterEvent } from '../domain/roster/events.ts';
import type { Roster } from '../domain/roster/roster.ts';

/** Which incidents a list shows, newest first. `open` are those in which people may still have to act. */
export interface IncidentFilter {
  readonly state: 'open' | 'all';
  readonly limit: number;
}

/** What the chat room reads from the store. It says what is committed; who may see it is the caller's business. */
export interface ChatReads {
  readonly findIncident: (incidentId: number) => Promise<Incident | null>;
  /** The newest incident that works in this room. */
  readonly incidentOfRoom: (platform: string, roomId: string) => Promise<Incident | null>;
  /** Private incidents included: the asker's rights are checked by whoever shows them. */
  readonly listIncidents: (filter: IncidentFilter) => Promise<readonly Incident[]>;
  /** The whole log of an incident, oldest first. */
  readonly eventsOf: (incidentId: number) => Promise<readonly RecordedEvent[]>;
  /** How often each policy that takes turns has been started; missing is never. */
  readonly policyRuns: () => Promise<ReadonlyMap<string, number>>;
  readonly runsOf: (incidentId: number) => Promise<Runs>;
  readonly pagesOf: (incidentId: number) => Promise<Pages>;
  /** The pages that one message tells of, by the attempt that leads it; empty when it tells of one alone. */
  readonly bundleOf: (
    attemptId: string,
  ) => Promise<readonly { readonly incidentId: number; readonly pageId: string }[]>;
  /** The incidents of the pages that wait for this person, newest page first. */
  readonly openPagesOf: (personId: string) => Promise<readonly { readonly incidentId: number }[]>;
  /** Alerts of the incident, newest episode each: those that fire first. In a storm the ones told last, more than any screen names. */
  readonly alertsOf: (incidentId: number) => Promise<readonly Alert[]>;
  /** What people have changed about each schedule. */
  readonly rosters: () => Promise<ReadonlyMap<string, Roster>>;
  /** Who changed what about a schedule, the newest first; the newest few. */
  readonly rosterLog: (schedule: string) => Promise<readonly RecordedRosterEvent[]>;
  /** The notes that wait for the next hand-off of a schedule, oldest first. */
  readonly handoverNotes: (schedule: string) => Promise<readonly HandoverNote[]>;
  /** The silences that are not over, oldest first, with how many alerts each holds back. */
  readonly silences: () => Promise<readonly HeldSilence[]>;
  /** Alerts that a silence holds back and that fire on, the newest few. */
  readonly heldBy: (silenceId: number) => Promise<readonly Alert[]>;
  /** Alerts of open incidents that fire now, private ones included. */
  readonly alertsWorkedOn: () => Promise<readonly WorkedOn[]>;
  /** Who is away and who will be. */
  readonly absences: (now: Date) => Promise<readonly Absence[]>;
}
