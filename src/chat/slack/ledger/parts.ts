import type { SlackParts } from '../parts.ts';
import type { Profiles } from '../profiles.ts';

/** What the transcript is kept with. */
export interface LedgerParts extends SlackParts {
  readonly profiles: Profiles;
}
