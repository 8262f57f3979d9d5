import type { Actor } from '../actor.ts';
import type { Period } from './difference.ts';

/** What an override makes of a schedule. */
export type RosterChange =
  /** These people and nobody else; none of them is nobody, on purpose. */
  | { readonly kind: 'replace'; readonly people: readonly string[] }
  /** Somebody in place of somebody; null leaves their place empty. */
  | { readonly kind: 'stand_in'; readonly whom: string; readonly person: string | null }
  /** Somebody beside whoever is on call. */
  | { readonly kind: 'add'; readonly person: string };

/** What can be said about who is on call on one schedule. Times are taken at their full minute. */
export type RosterCommand =
  | {
      readonly type: 'roster.override';
      readonly by: Actor;
      readonly schedule: string;
      readonly change: RosterChange;
      readonly from: Date;
      readonly until: Date;
      readonly why: string | null;
    }
  | {
      readonly type: 'roster.end_override';
      readonly by: Actor;
      readonly schedule: string;
      readonly overrideId: number;
    }
  /** Asks others to take a turn; `asked` null is everybody who could. With `theirs`, one person is asked to swap. */
  | {
      readonly type: 'roster.ask';
      readonly by: Actor;
      readonly schedule: string;
      readonly from: Date;
      readonly until: Date;
      readonly theirs: Period | null;
      readonly asked: readonly string[] | null;
      readonly note: string | null;
    }
  | {
      readonly type: 'roster.take' | 'roster.decline' | 'roster.withdraw' | 'roster.expire';
      readonly by: Actor;
      readonly schedule: string;
      readonly requestId: number;
    };
