import type { Finding } from './problem.ts';
import type { ConfigFile } from './schema.ts';

/** What the checks know beside the file. */
export interface CheckContext {
  /** Types that a source can have; null when they are not known here. */
  readonly sourceTypes: readonly string[] | null;
}

/** What is wrong between the sections of a file. Sections with mistakes of their own are absent and are not looked at. */
export function checkFile(_file: Partial<ConfigFile>, _context: CheckContext): readonly Finding[] {
  return [];
}
