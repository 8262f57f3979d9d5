import type { Page } from '../../domain/page/page.ts';
import type { ChatReads } from '../reads.ts';

/** What the console reads from the store. Who may see it is decided by the console, on every read. */
export interface ConsoleReads extends ChatReads {
  /** The pages of this person that still wait for an answer, oldest first. */
  readonly openPagesOf: (personId: string) => Promise<readonly Page[]>;
  /** The newest draft of an incident's postmortem in Markdown; null when none was drafted. */
  readonly postmortemOf: (incidentId: number) => Promise<string | null>;
}
