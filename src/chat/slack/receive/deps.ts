import type { HomeDeps } from '../../home.ts';
import type { LedgerParts } from '../ledger/parts.ts';

/** What hearing people works with. */
export interface ReceiveParts extends LedgerParts {
  readonly deps: HomeDeps;
  /** The slash commands that are ours, with their slash. */
  readonly commands: () => readonly string[];
}
