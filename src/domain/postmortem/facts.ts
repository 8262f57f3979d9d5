/** An instant that an event of the incident says, with the events that say it; ISO 8601 UTC. */
export interface FactInstant {
  readonly at: string;
  readonly eventIds: readonly string[];
}

/** A follow-up that was tracked during the incident. */
export interface FactTask {
  readonly text: string;
  readonly owner: string | null;
  readonly due: string | null;
  readonly doneAt?: string | undefined;
  readonly eventIds: readonly string[];
  readonly link?: string | undefined;
}

/** A line of the incident's own timeline; `source` names the event it comes from. */
export interface FactLine {
  readonly at: string;
  readonly text: string;
  readonly source: string;
}

/** What a person changed in the timeline afterwards, oldest first. `target` is a message's or event's id; taking the last edit away undoes it. */
export interface TimelineEdit {
  readonly target: string;
  readonly text?: string | undefined;
  readonly at?: string | undefined;
  readonly include?: boolean | undefined;
  readonly by?: string | undefined;
}

/** What the bot itself knows of the incident beside the chat. Every fact names its events; clicks never override a time that somebody stated. */
export interface IncidentFacts {
  readonly number?: number | undefined;
  readonly severity?: string | undefined;
  readonly status?: string | undefined;
  readonly roles?: readonly { readonly role: string; readonly person: string }[] | undefined;
  readonly participants?: readonly string[] | undefined;
  readonly declaredAt?: FactInstant | undefined;
  readonly detectedAt?: FactInstant | undefined;
  readonly acknowledgedAt?: FactInstant | undefined;
  readonly mitigatedAt?: FactInstant | undefined;
  readonly resolvedAt?: FactInstant | undefined;
  readonly tasks?: readonly FactTask[] | undefined;
  readonly summary?: { readonly text: string; readonly eventIds: readonly string[] } | undefined;
  readonly timeline?: readonly FactLine[] | undefined;
  readonly edits?: readonly TimelineEdit[] | undefined;
  /** Names of customers and other words that must not appear. */
  readonly deny?: readonly string[] | undefined;
}
