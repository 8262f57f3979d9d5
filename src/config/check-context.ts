import type { Section } from './schema.ts';

/** What the checks know beside the sound parts of a file. */
export interface CheckContext {
  /** The file as it was written, for what can be said although it has mistakes. */
  readonly value: unknown;
  /** True when nothing is missing from these sections because of mistakes of its own. */
  readonly isWhole: (...sections: readonly Section[]) => boolean;
  /** Types that a source can have; null when they are not known here. */
  readonly sourceTypes: readonly string[] | null;
}
