import type { Actor } from '../actor.ts';
import type { Target } from '../directory.ts';
import type { Line } from '../text.ts';
import type { IncidentKind, IncidentStatus, RoomRef, Visibility } from './incident.ts';

/** What can be said about an incident. `incidentId` is the number that people see. */
export type IncidentCommand = { readonly by: Actor; readonly incidentId: number } & IncidentSaying;

type IncidentSaying =
  | ({ readonly type: 'incident.declare' } & Declaration)
  | { readonly type: 'incident.set_status'; readonly status: IncidentStatus; readonly message: string | null }
  | {
      readonly type: 'incident.post_update';
      readonly text: string;
      readonly status: IncidentStatus | null;
      readonly nextInMs: number | null;
    }
  | { readonly type: 'incident.update_due'; readonly phase: 'soon' | 'missed'; readonly due: Date }
  | { readonly type: 'incident.set_severity'; readonly severity: string; readonly reason: string | null }
  | { readonly type: 'incident.rename'; readonly title: string }
  | { readonly type: 'incident.summarize'; readonly text: string }
  | {
      readonly type: 'incident.assign_role';
      readonly role: string;
      readonly personId: string;
      readonly note: string | null;
    }
  | { readonly type: 'incident.add_members'; readonly personIds: readonly string[] }
  | { readonly type: 'incident.add_note'; readonly text: string; readonly at: Date | null }
  | {
      readonly type: 'incident.add_task';
      readonly text: string;
      readonly owner: string | null;
      readonly due: Date | null;
    }
  | { readonly type: 'incident.finish_task'; readonly number: number }
  | { readonly type: 'incident.reopen_task'; readonly number: number }
  | { readonly type: 'incident.resolve'; readonly summary: string | null }
  | { readonly type: 'incident.reopen'; readonly reason: string }
  | { readonly type: 'incident.cancel'; readonly reason: string }
  | {
      readonly type: 'incident.note_alerts';
      readonly firing: number;
      readonly total: number;
      readonly titles: readonly string[];
      readonly joined: number;
      readonly cleared: number;
      /** Severity that the worst of the newly joined alerts asks for; raises the incident's, never lowers it. */
      readonly severity: string | null;
      /** When the earliest of those that joined began to fire. */
      readonly startsAt?: Date;
    }
  | { readonly type: 'incident.record_room'; readonly room: RoomRef }
  /** The room was deleted or shut by hand. Of a room that it has left it says nothing. */
  | { readonly type: 'incident.record_room_lost'; readonly room: Pick<RoomRef, 'platform' | 'roomId'> }
  /** People work on it in this channel of theirs from now on. */
  | { readonly type: 'incident.use_room'; readonly room: RoomRef }
  | {
      readonly type: 'incident.target_due';
      readonly target: 'acknowledge' | 'first_update' | 'resolve';
      readonly phase: 'soon' | 'missed';
      readonly due: Date;
      readonly reopened: number;
    }
  | { readonly type: 'incident.draft_postmortem' }
  | { readonly type: 'incident.record_postmortem'; readonly entries: number; readonly actions: number }
  /** What happened to a silence that was made from it. */
  | { readonly type: 'incident.record_silence'; readonly text: Line }
  | { readonly type: 'incident.record_give_up'; readonly what: string; readonly reason: string };

/** What a new incident is made of. Nulls are filled from the route, the service and the settings. */
export interface Declaration {
  readonly title: string;
  readonly summary: string | null;
  readonly severity: string | null;
  readonly kind: IncidentKind;
  readonly visibility: Visibility;
  readonly service: string | null;
  readonly page: Paging;
  readonly wantsRoom: boolean;
  /** The channel that people work on it in, instead of a room of its own. */
  readonly room?: RoomRef;
  readonly autoResolve: boolean;
  readonly ackTakesCommand: boolean;
}

/** Whom a declaration pages: the service's policy, a named one, some targets for once, or nobody. */
export type Paging =
  | { readonly kind: 'service' }
  | { readonly kind: 'policy'; readonly policy: string }
  | { readonly kind: 'targets'; readonly targets: readonly Target[]; readonly rulesNow: boolean }
  | { readonly kind: 'nobody' };
