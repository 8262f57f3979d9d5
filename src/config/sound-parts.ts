import type { z } from 'zod';
import { childOf, isMap } from './raw.ts';
import { ConfigFile, SECTIONS, type Section } from './schema.ts';

/** What of a file can be looked at further, although not all of it is right. */
export interface SoundParts {
  /** Sections without their broken entries; a broken list is absent. */
  readonly file: Partial<ConfigFile>;
  /** True when nothing was left out of any of these sections. */
  readonly isWhole: (...sections: readonly Section[]) => boolean;
}

/** Leaves out what a parse complained about, so that mistakes in one place do not hide those between the others. */
export function soundParts(value: unknown, error: z.ZodError): SoundParts {
  const broken = new Set(error.issues.map(({ path }) => path[0]));
  const isWhole = (...sections: readonly Section[]) =>
    isMap(value) && !sections.some((section) => broken.has(section));
  if (!isMap(value)) return { file: {}, isWhole };
  const entries = SECTIONS.flatMap((section) => {
    const bad = new Set(error.issues.flatMap(({ path }) => (path[0] === section ? [path[1]] : [])));
    const parsed = ConfigFile.shape[section].safeParse(without(childOf(value, section), bad));
    return parsed.success ? [[section, parsed.data] as const] : [];
  });
  return { file: Object.fromEntries(entries), isWhole };
}

// Places in a list mean something, so lists stay as they are and fail as a whole.
function without(section: unknown, bad: ReadonlySet<PropertyKey | undefined>): unknown {
  if (!isMap(section)) return section;
  return Object.fromEntries(Object.entries(section).filter(([key]) => !bad.has(key)));
}
