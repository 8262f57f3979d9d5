import type { Schedule } from './schedule/schedule.ts';

/**
 * What the configuration says, as the domain sees it: people and how to reach them, who owns what, whom to page.
 * Built by `src/config` from firebell.yaml, where every name below has been checked to exist.
 */
export interface Directory {
  readonly people: ReadonlyMap<string, Person>;
  readonly teams: ReadonlyMap<string, Team>;
  readonly services: ReadonlyMap<string, Service>;
  readonly schedules: ReadonlyMap<string, NamedSchedule>;
  readonly policies: ReadonlyMap<string, Policy>;
  /** In order: the first route that matches an alert decides. The configuration always ends with one that matches all. */
  readonly routes: readonly Route[];
  /** From worst to mildest. */
  readonly severities: readonly Severity[];
  /** What severities are computed from, where they are. */
  readonly severityMatrix?: SeverityMatrix;
  readonly lastResort: LastResort;
  readonly settings: Settings;
  /** Missing where nobody has any. */
  readonly holidays?: Holidays;
}

/** Days on which people do not work. */
export interface Holidays {
  readonly calendars: ReadonlyMap<string, HolidayCalendar>;
  /**
   * What people said of single days: `everybody`, `team:<id>` or `person:<id>` -> date -> name of the holiday, or null for a day on
   * which they work all the same. The narrower counts.
   */
  readonly byHand: ReadonlyMap<string, ReadonlyMap<string, string | null>>;
}

/** Holidays of a place or a house, which people, teams and schedules name as theirs. */
export interface HolidayCalendar {
  readonly id: string;
  readonly name: string;
  /** Date like `2026-12-25` -> what it is called. */
  readonly days: ReadonlyMap<string, string>;
}

export type Urgency = 'high' | 'low';
export type Access = 'observer' | 'responder' | 'admin';

export interface Person {
  readonly id: string;
  readonly name: string;
  readonly email: string | null;
  /** In E.164, `+4915112345678`; for SMS and calls. */
  readonly phone: string | null;
  /** IANA zone in which this person reads and writes times. */
  readonly zone: string;
  readonly access: Access;
  /** Chat platform -> handle or user id there, e.g. `slack: U0123`. The console knows people by their id. */
  readonly handles: Readonly<Record<string, string>>;
  readonly rules: Readonly<Record<Urgency, readonly NotificationRule[]>>;
  /** The urgencies whose rules are the usual ones, to which a way of reaching this person that is added later belongs. */
  readonly usualRules?: readonly Urgency[];
  readonly workingHours: WorkingHours | null;
  /** Calendars of holidays; missing for those of the teams, or of the house. */
  readonly holidays?: readonly string[];
}

/** One way to reach a person, `afterMs` after their page began. `channel` is a name in the notify registry: dm, email, webhook, … */
export interface NotificationRule {
  readonly channel: string;
  readonly afterMs: number;
}

/** Wall-clock times in the person's or schedule's zone. `days` are `mon` … `sun`. */
export interface WorkingHours {
  readonly days: readonly string[];
  /** `09:00` */
  readonly start: string;
  /** `17:30`; at or before `start` means on the next day. */
  readonly end: string;
}

export interface Team {
  readonly id: string;
  readonly name: string;
  readonly members: readonly string[];
  /** Paging the team pages whoever is on call here; without one, every member. */
  readonly schedule: string | null;
  /** Calendars of holidays of the members who name none. */
  readonly holidays?: readonly string[];
}

export interface Service {
  readonly id: string;
  readonly name: string;
  /** Team that owns it. */
  readonly owner: string | null;
  readonly policy: string;
  readonly runbook: string | null;
  /** How much depends on it, in the words of the severity matrix. */
  readonly impact?: string;
  readonly dependsOn: readonly string[];
  /** Other spellings that monitors use for it. */
  readonly aliases: readonly string[];
  /** Chat channels that read the news of its incidents, beside the announcement room. */
  readonly channels?: readonly string[];
  /** Where people meet by voice; `{number}` stands for the incident's number. Null leaves it to the settings. */
  readonly callLink?: string | null;
  /** Where its users read how it is. Null leaves it to the settings. */
  readonly statusPage?: string | null;
}

export interface NamedSchedule {
  readonly id: string;
  readonly name: string;
  /** The one to ask who is on call. */
  readonly schedule: Schedule;
  /** The team or person who sees to it that somebody is on call; told of gaps before they come. */
  readonly owner?: string;
  /** In the schedule's zone: when those who are found through it are paged for what can wait. */
  readonly workingHours?: WorkingHours;
  /** Calendars of holidays on which these hours do not count; missing for those of the house. */
  readonly holidays?: readonly string[];
  /** The same without the overrides that people made in chat or on the web; missing where there are none. */
  readonly planned?: Schedule;
}

export type TargetKind = 'person' | 'schedule' | 'team' | 'user_group' | 'channel' | 'webhook';

/** Whom or what a step pages. A `webhook` names a configured URL, a `channel` a chat channel, a `user_group` a group of the chat platform. */
export interface Target {
  readonly kind: TargetKind;
  readonly id: string;
}

export type Condition =
  | { readonly kind: 'severity_at_least'; readonly severity: string }
  | { readonly kind: 'urgency'; readonly urgency: Urgency }
  /** On the holidays of `of` nobody works; without it, no day is one. */
  | {
      readonly kind: 'within_hours';
      readonly hours: WorkingHours;
      readonly zone: string;
      readonly of?: { readonly kind: 'person' | 'schedule'; readonly id: string } | undefined;
    }
  /** Only those who are within their own hours are paged; somebody without any always is. */
  | { readonly kind: 'own_hours' };

export interface Step {
  readonly targets: readonly Target[];
  /** Counted after the step starts; 60 000 or more. */
  readonly ackWithinMs: number;
  readonly strategy: 'everyone' | 'round_robin';
  readonly ackMode: 'first' | 'all';
  readonly conditions: readonly Condition[];
}

export interface Policy {
  readonly id: string;
  readonly steps: readonly Step[];
  /** 1 to 10 times through the steps. */
  readonly rounds: number;
  /** Policy that takes over after the last round; null is the last resort. */
  readonly followedBy: string | null;
}

/** Paged again and again when everything else is exhausted, until somebody acknowledges. */
export interface LastResort {
  readonly targets: readonly Target[];
  readonly everyMs: number;
}

/** `label` is a label's name, or `source`, `service`, `severity`, `title`. Anchored regular expression when `regex`. */
export interface Matcher {
  readonly label: string;
  readonly op: 'equals' | 'not_equals' | 'matches' | 'not_matches';
  readonly value: string;
}

/** What becomes of an alert that matches. */
export interface Route {
  readonly name: string;
  readonly matchers: readonly Matcher[];
  /** `none` keeps the alert on record and opens nothing. */
  readonly incident: 'open' | 'none';
  /** Label names, or `service`, `source`, `title`; alerts equal in all of them within the window are one incident. */
  readonly groupBy: readonly string[];
  /** How long after the last alert of a group a further one still joins it. */
  readonly groupWindowMs: number;
  /** Overrides the policy of the alert's service. */
  readonly policy: string | null;
  /** The service when the alert names none that is known. */
  readonly service: string | null;
  /** Overrides the severity computed from the alert's own. */
  readonly severity: string | null;
  /** Instead of the service's impact, and of the urgency that the alert's own severity gives. */
  readonly impact?: string;
  readonly urgency?: string;
  /** An incident nobody acknowledged resolves itself once all its alerts cleared. */
  readonly autoResolve: boolean;
  /** Whoever acknowledges becomes the commander. */
  readonly ackTakesCommand: boolean;
  readonly visibility: 'public' | 'private';
}

export interface Severity {
  readonly id: string;
  readonly name: string;
  readonly urgency: Urgency;
  readonly targets: ResponseTargets;
}

/** Impact x urgency -> severity. Both lists go from worst to mildest. */
export interface SeverityMatrix {
  readonly impacts: readonly string[];
  readonly urgencies: readonly string[];
  /** Impact -> urgency -> id of the severity. */
  readonly severities: ReadonlyMap<string, ReadonlyMap<string, string>>;
  /** How urgent an alert is by its own severity. */
  readonly alertUrgency: Readonly<Record<AlertSeverity, string>>;
}

/** Each in milliseconds, or null when there is no target. */
export interface ResponseTargets {
  readonly acknowledgeMs: number | null;
  readonly firstUpdateMs: number | null;
  readonly resolveMs: number | null;
  readonly updateEveryMs: number | null;
}

export interface Settings {
  /** The first is the one who commands: `commander`, `communications`, `scribe` unless configured. */
  readonly roles: readonly string[];
  /** Severity of an incident that nobody gave one. */
  readonly defaultSeverity: string;
  /** An alert's own severity -> the incident's. */
  readonly alertSeverity: Readonly<Record<AlertSeverity, string>>;
  /** Policy for an incident whose service and route name none. */
  readonly defaultPolicy: string;
  /** Pages never sent that are older than this are folded into one summary. */
  readonly staleAfterMs: number;
  /** Hours of those who have none of their own, in the zone of each; null is around the clock. */
  readonly workingHours: WorkingHours | null;
  /** Pages of one person that come within this time of the last message are told in one; 0 is each in a message of its own. */
  readonly bundleWithinMs: number;
  /** Acknowledged and silent for this long: page the acknowledger again. Null is off. */
  readonly ackTimeoutMs: number | null;
  /** Name of the room in which stakeholders follow along. */
  readonly announceRoom: string;
  /** Name of the room in which Firebell tells its admins what is wrong with itself. */
  readonly adminRoom: string;
  /** How long before a shift people are reminded of it, each in ms. */
  readonly shiftRemindersMs: readonly number[];
  /** How long before a shift its person is asked to show that they can be reached; null is never. */
  readonly shiftCheckMs: number | null;
  /** Calendars of holidays of everybody and every schedule that has none of its own. */
  readonly holidays?: readonly string[];
  /** Zone for rooms and postmortems, where no single reader's zone applies. */
  readonly zone: string;
  /** How rooms are named, `{number}` and the like standing for what the incident has; the usual name when it is not given. */
  readonly roomName?: string;
  /** Where people meet by voice; `{number}` stands for the incident's number. */
  readonly callLink?: string | null;
  /** Where users read how things are. */
  readonly statusPage?: string | null;
}

export type AlertSeverity = 'critical' | 'error' | 'warning' | 'info';
