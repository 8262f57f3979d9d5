import type { Directory, Person } from '../directory.ts';
import { isWorse } from '../incident/alerts.ts';
import { isOpen } from '../incident/incident.ts';
import type { Incident } from '../incident/incident.ts';

/** One summary of the pages that a person never got because we were down: old news, what still burns first. */
export interface FoldNotice {
  readonly person: Person;
  readonly entries: readonly FoldEntry[];
}

export interface FoldEntry {
  readonly incident: Incident;
  readonly stillBurns: boolean;
  /** When the page should have gone out. */
  readonly pagedAt: Date;
}

/** A page that went stale, with its incident. */
export interface StalePage {
  readonly pageId: string;
  readonly incident: Incident;
  readonly pagedAt: Date;
}

/** Folds stale pages: one entry per incident, what still burns first, the worse before the milder, the older first. */
export function fold(person: Person, stale: readonly StalePage[], directory: Directory): FoldNotice {
  const newest = new Map<number, StalePage>();
  for (const page of stale) newest.set(page.incident.id, page);
  const entries = [...newest.values()].map(({ incident, pagedAt }) => ({
    incident,
    pagedAt,
    stillBurns: isOpen(incident),
  }));
  return { person, entries: entries.toSorted((a, b) => order(a, b, directory)) };
}

function order(a: FoldEntry, b: FoldEntry, directory: Directory): number {
  if (a.stillBurns !== b.stillBurns) return a.stillBurns ? -1 : 1;
  if (isWorse(a.incident.severity, b.incident.severity, directory)) return -1;
  if (isWorse(b.incident.severity, a.incident.severity, directory)) return 1;
  return a.pagedAt.getTime() - b.pagedAt.getTime();
}
