import type { Directory } from './directory.ts';

/** The facts of the moment, gathered by the engine: a decision is a function of its state, its command and these. */
export interface Given {
  readonly now: Date;
  readonly directory: Directory;
  /** How often each policy has been started before, for round robin. Missing is never. */
  readonly policyRuns: ReadonlyMap<string, number>;
}
