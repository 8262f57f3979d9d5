/** Where time comes from. Everything that needs the time takes one, so that tests move it. */
export interface Clock {
  readonly now: () => Date;
}

/** The machine's clock. */
export const SYSTEM_CLOCK: Clock = { now: () => new Date() };
