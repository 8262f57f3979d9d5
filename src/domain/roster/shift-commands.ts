import type { Actor } from '../actor.ts';

/** What can be said about a shift. `schedule` null is whichever it is. */
export type ShiftCommand =
  /** I will be there; and near its beginning: I can be reached. */
  | { readonly type: 'shift.confirm'; readonly by: Actor; readonly schedule: string | null }
  /** A note for whoever is on call next. */
  | {
      readonly type: 'shift.leave_note';
      readonly by: Actor;
      readonly schedule: string;
      readonly text: string;
    };

/** A note that waits for the next hand-off. */
export interface HandoverNote {
  readonly id: number;
  readonly schedule: string;
  readonly by: Actor;
  readonly text: string;
  readonly at: Date;
}
