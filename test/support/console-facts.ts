import type { ConsoleDeps } from '../../src/chat/console/deps.ts';
import type { Alert } from '../../src/domain/alert/alert.ts';
import type { HeldSilence } from '../../src/domain/alert/silence.ts';
import type { RecordedEvent } from '../../src/domain/event.ts';
import type { Incident } from '../../src/domain/incident/incident.ts';
import { isOpen } from '../../src/domain/incident/incident.ts';
import type { Page } from '../../src/domain/page/page.ts';
import type { Store } from '../../src/store/db.ts';
import { saidDaysFrom } from '../../src/store/said-holidays.ts';

/** What a test says is so; its console shows it. */
export interface ConsoleFacts {
  incidents: Incident[];
  events: RecordedEvent[];
  pages: Page[];
  postmortem: string | null;
  silences: HeldSilence[];
  /** What fires behind each silence. */
  held: Map<number, readonly Alert[]>;
}

/** Nothing is so yet. */
export function noFacts(): ConsoleFacts {
  return { incidents: [], events: [], pages: [], postmortem: null, silences: [], held: new Map() };
}

/** What a console reads in a test: the facts and, of holidays, the store. */
export function readsOfFacts(facts: ConsoleFacts, store: Store): ConsoleDeps['reads'] {
  return {
    findIncident: async (id) => facts.incidents.find((incident) => incident.id === id) ?? null,
    incidentOfRoom: async (_platform, roomId) =>
      facts.incidents.findLast((incident) => incident.room?.roomId === roomId) ?? null,
    listIncidents: async ({ state, limit }) =>
      facts.incidents
        .filter((incident) => state === 'all' || isOpen(incident))
        .toReversed()
        .slice(0, limit),
    eventsOf: async (id) => facts.events.filter((event) => event.incidentId === id),
    policyRuns: () => Promise.resolve(new Map()),
    runsOf: async () => [],
    bundleOf: async () => [],
    pagesOf: async (id) => facts.pages.filter((page) => page.id.startsWith(`${id}/`)),
    alertsOf: async () => [],
    openPagesOf: async (personId) =>
      facts.pages
        .filter((page) => page.personId === personId && page.end === null)
        .map((page) => ({ ...page, incidentId: Number(page.id.split('/')[0]) })),
    rosters: async () => new Map(),
    rosterLog: async () => [],
    silences: async () => facts.silences,
    heldBy: async (id) => facts.held.get(id) ?? [],
    alertsWorkedOn: async () => [],
    absences: async () => [],
    handoverNotes: async () => [],
    postmortemOf: async () => facts.postmortem,
    saidDaysFrom: (date) => saidDaysFrom(store.db, date),
  };
}
