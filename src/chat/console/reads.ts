import type { SaidDay } from '../../domain/holiday/said.ts';
import type { Page } from '../../domain/page/page.ts';
import type { ChatReads } from '../reads.ts';

/** A page that still waits for an answer, and the incident that it is about. */
export interface OpenPage extends Page {
  readonly incidentId: number;
}

/** What the console reads from the store. Who may see it is decided by the console, on every read. */
export interface ConsoleReads extends ChatReads {
  /** The pages of this person that still wait for an answer, newest first. */
  readonly openPagesOf: (personId: string) => Promise<readonly OpenPage[]>;
  /** The newest draft of an incident's postmortem in Markdown; null when none was drafted. */
  readonly postmortemOf: (incidentId: number) => Promise<string | null>;
  /** What people said of holidays from a date like `2026-12-25` on, the earliest first. */
  readonly saidDaysFrom: (date: string) => Promise<readonly SaidDay[]>;
}
