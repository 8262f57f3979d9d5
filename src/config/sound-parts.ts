import type { z } from 'zod';
import type { Path } from './problem.ts';
import { childOf, isMap } from './raw.ts';
import { ConfigFile, SECTIONS, type Section } from './schema.ts';

/** What of a file can be looked at further, although not all of it is right. */
export interface SoundParts {
  /** Sections without what is broken in them: a setting where it can be spared, or a whole entry. A broken list is absent. */
  readonly file: Partial<ConfigFile>;
  /** True when nothing was left out of any of these sections. */
  readonly isWhole: (...sections: readonly Section[]) => boolean;
}

/** Leaves out what a parse complained about, so that mistakes in one place do not hide those between the others. */
export function soundParts(value: unknown, error: z.ZodError): SoundParts {
  const broken = error.issues.flatMap(brokenPaths);
  const isWhole = (...sections: readonly Section[]) =>
    isMap(value) && !broken.some(([first]) => sections.some((section) => section === first));
  const entries = SECTIONS.flatMap((section) => {
    const paths = broken.filter(([first]) => first === section).map((path) => path.slice(1));
    const sound = parseSection(section, childOf(value, section), paths);
    return sound === undefined ? [] : [[section, sound] as const];
  });
  return { file: isMap(value) ? Object.fromEntries(entries) : {}, isWhole };
}

function brokenPaths(issue: z.core.$ZodIssue): readonly Path[] {
  const path = issue.path.map((part) => (typeof part === 'symbol' ? String(part) : part));
  return issue.code === 'unrecognized_keys' ? issue.keys.map((key) => [...path, key]) : [path];
}

function parseSection(section: Section, value: unknown, broken: readonly Path[]): unknown {
  const schema = ConfigFile.shape[section];
  const spared = without(value, broken.map(withoutPlaces));
  const parsed = schema.safeParse(spared);
  if (parsed.success) return parsed.data;
  // What cannot be spared takes its whole entry with it.
  const entries = parsed.error.issues.flatMap(brokenPaths).map((path) => path.slice(0, 1));
  return schema.safeParse(without(spared, entries)).data;
}

// Places in a list mean something to the checks, so nothing is taken out of a list: the list goes.
function withoutPlaces(path: Path): Path {
  return path.slice(0, path.findLastIndex((step) => typeof step === 'string') + 1);
}

// All at once: taking one path after the other out of a large section would copy it as often.
function without(value: unknown, paths: readonly Path[]): unknown {
  if (paths.length === 0) return value;
  const below = new Map<string | number, Path[]>();
  for (const [step, ...rest] of paths) {
    if (step === undefined) return undefined;
    below.set(step, [...(below.get(step) ?? []), rest]);
  }
  if (Array.isArray(value)) return value.map((item, i) => without(item, below.get(i) ?? []));
  if (!isMap(value)) return value;
  const entries = Object.entries(value).map(
    ([key, item]) => [key, without(item, below.get(key) ?? [])] as const,
  );
  return Object.fromEntries(entries.filter(([, item]) => item !== undefined));
}
