/** A sentence with its evidence: ids of messages, and of events where a fact says it. `text` is taken from them, never invented. */
export interface Claim {
  readonly text: string;
  readonly messageIds: readonly string[];
  readonly eventIds?: readonly string[];
  /** What the claim is, in a word or two, for the reader. */
  readonly label?: string;
  /** Display name of who said it. */
  readonly by?: string;
}

/** What an entry of the timeline is about. */
export type EntryKind =
  | 'trigger'
  | 'detection'
  | 'acknowledged'
  | 'declared'
  | 'severity'
  | 'role'
  | 'impact'
  | 'finding'
  | 'cause'
  | 'decision'
  | 'action'
  | 'communication'
  | 'escalation'
  | 'recovery'
  | 'resolved'
  | 'note';

/** One line of the timeline; `at` is an instant in UTC and the message's own time unless `retro`. */
export interface TimelineEntry extends Claim {
  readonly messageId: string;
  readonly at: string;
  readonly kind: EntryKind;
  /** The time was stated in words, or set by a person afterwards. */
  readonly retro: boolean;
  /** How often the same alert fired again and was folded into this line. */
  readonly repeats?: number;
  readonly score?: number;
  /** What the record says where a person edited this line. */
  readonly original?: { readonly text: string; readonly at: string };
  readonly editedBy?: string;
}

/** A proposed instant, where it comes from and how sure that is. */
export interface KeyTime {
  readonly at: string;
  readonly messageIds: readonly string[];
  readonly eventIds?: readonly string[];
  readonly source: string;
  readonly confidence: 'high' | 'medium' | 'low';
}

/** The five instants of an incident; null is "not in the record". */
export interface KeyTimes {
  readonly impactStart: KeyTime | null;
  readonly detected: KeyTime | null;
  readonly acknowledged: KeyTime | null;
  readonly mitigated: KeyTime | null;
  readonly resolved: KeyTime | null;
}

/** A follow-up; `owner` is a user id of the transcript where one is known, null when nobody took it. */
export interface ActionItem extends Claim {
  readonly owner: string | null;
  readonly ownerName: string | null;
  readonly due: string | null;
  readonly done?: boolean;
  readonly link?: string;
}

/** A stated cause, or a hypothesis that was dropped. */
export interface Factor extends Claim {
  readonly status: 'stated' | 'ruled-out';
}

/** Where a claim can be looked up. */
export interface Evidence {
  readonly messageId: string;
  readonly at: string;
  readonly by: string;
  readonly permalink: string | null;
}

/** The head of the document. */
export interface Metadata {
  readonly title: string;
  readonly number: number | null;
  readonly severity: string | null;
  readonly incidentStatus: string | null;
  readonly documentStatus: 'draft' | 'in review' | 'approved';
  readonly roles: readonly { readonly role: string; readonly person: string }[];
  readonly participants: readonly string[];
  readonly room: string;
  readonly platform: string;
}

/** The drafted document, `postmortem-draft/1`. The same transcript and facts give the same bytes. */
export interface PostmortemDraft {
  readonly schema: 'postmortem-draft/1';
  readonly caseId: string;
  readonly timezone: string;
  readonly generator: { readonly mode: 'extractive' };
  readonly metadata: Metadata;
  readonly summary: readonly Claim[];
  readonly impact: readonly Claim[];
  readonly detection: readonly Claim[];
  readonly trigger: readonly Claim[];
  readonly resolution: readonly Claim[];
  readonly timeline: readonly TimelineEntry[];
  /** Lines that a person took out; they come back when the edit is undone. */
  readonly excluded: readonly TimelineEntry[];
  readonly times: KeyTimes;
  readonly decisions: readonly Claim[];
  readonly actionItems: readonly ActionItem[];
  readonly factors: readonly Factor[];
  readonly wentWell: readonly Claim[];
  readonly wentPoorly: readonly Claim[];
  readonly lucky: readonly Claim[];
  readonly openQuestions: readonly Claim[];
  /** Messages that read like an instruction to a machine: by id only, kept in the room for people. */
  readonly withheld: readonly string[];
  readonly evidence: readonly Evidence[];
}
