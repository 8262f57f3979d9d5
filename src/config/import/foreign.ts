import type { Access, Urgency } from '../../domain/directory.ts';
import type { Schedule } from '../../domain/schedule/schedule.ts';
import type { WorkingHours } from '../schema/times.ts';

/**
 * What an export says, in Firebell's terms; everything is still called by the old tool's ids, which are free text. This is all
 * that a vendor's translation has to produce: names, defaults and the file are made from it in one place.
 */
export interface Foreign {
  readonly people: readonly ForeignPerson[];
  /** Person id -> the name by which other parts of the export mention them; for those who are not in `people`. */
  readonly mentioned: ReadonlyMap<string, string>;
  readonly teams: readonly ForeignTeam[];
  readonly schedules: readonly ForeignSchedule[];
  readonly policies: readonly ForeignPolicy[];
  readonly services: readonly ForeignService[];
  readonly webhooks: readonly { readonly id: string; readonly name: string; readonly url: string }[];
  /** Acknowledged and silent for so long pages again; null is off. */
  readonly ackTimeoutMs: number | null;
}

/** A way to be told, before it is known which of them Firebell has. */
export type ForeignChannel = 'email' | 'sms' | 'voice' | 'push' | 'chat' | 'webhook';

export interface ForeignRule {
  readonly channel: ForeignChannel;
  readonly afterMs: number;
}

export interface ForeignPerson {
  readonly id: string;
  readonly name: string;
  readonly email: string | null;
  /** As the old tool writes it; may be no zone that is known. */
  readonly zone: string | null;
  readonly access: Access;
  /** In international form, `+4915112345678`; null when there is none. */
  readonly phone: string | null;
  /** Chat platform -> user id there. */
  readonly handles: Readonly<Record<string, string>>;
  /** Null where the old tool says nothing. */
  readonly rules: Readonly<Record<Urgency, readonly ForeignRule[] | null>>;
}

export interface ForeignTeam {
  readonly id: string;
  readonly name: string;
  readonly members: readonly string[];
  readonly schedule: string | null;
}

/** `schedule` is in Firebell's own form, its people called by the old tool's ids. */
export interface ForeignSchedule {
  readonly id: string;
  readonly name: string;
  readonly schedule: Schedule;
  /** Who is on call by the old tool itself, when the export has it. */
  readonly rendered: Rendered | null;
}

/** A stretch `[start, end)` in which these people are on call. */
export interface Shift {
  readonly start: Date;
  readonly end: Date;
  readonly people: readonly string[];
}

/** The old tool's own timeline over `[from, to)`; where no shift is, nobody is on call. */
export interface Rendered {
  readonly from: Date;
  readonly to: Date;
  readonly shifts: readonly Shift[];
}

export interface ForeignTarget {
  readonly kind: 'person' | 'schedule' | 'team' | 'channel' | 'webhook';
  readonly id: string;
}

export interface ForeignStep {
  readonly targets: readonly ForeignTarget[];
  readonly ackWithinMs: number;
  readonly strategy: 'everyone' | 'round_robin';
  /** The step counts only within these hours. */
  readonly within: (WorkingHours & { readonly zone: string }) | null;
}

export interface ForeignPolicy {
  readonly id: string;
  readonly name: string;
  readonly steps: readonly ForeignStep[];
  readonly rounds: number;
}

export interface ForeignService {
  readonly id: string;
  readonly name: string;
  readonly owner: string | null;
  readonly policy: string | null;
  /** Its incidents never wake anybody. */
  readonly isQuiet: boolean;
}
