import type { Actor } from '../actor.ts';

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
    };
