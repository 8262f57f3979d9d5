/** The time that a report is about, `[from, to)`. */
export interface Window {
  readonly from: Date;
  readonly to: Date;
}

/** A part of the house. */
export interface Scope {
  readonly schedules: ReadonlySet<string>;
  readonly policies: ReadonlySet<string>;
}
