import type { Directory, NamedSchedule } from '../directory.ts';
import type { Absence } from './absence.ts';

/** The facts of the moment that a decision about a roster may use. */
export interface RosterGiven {
  readonly now: Date;
  readonly directory: Directory;
  /** As it stands beneath this roster's overrides. */
  readonly schedule: NamedSchedule;
  /** Those that are not over. */
  readonly absences: readonly Absence[];
}
