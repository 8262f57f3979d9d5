import type { AlertSource } from './source.ts';
import { SOURCES, SOURCE_TYPES } from './sources/registry.ts';

/** The sources of a configuration: name, as in `/ingest/<name>`, and which kind of sender it is. */
export type NamedSources = ReadonlyMap<string, { readonly type: string }>;

/** What a name stands for. Each kind of sender can be used under its own name without being configured; null for a name that nobody knows. */
export function findSource(name: string, configured: NamedSources): AlertSource | null {
  const type = configured.get(name)?.type ?? name;
  return SOURCES.find((source) => source.name === type) ?? null;
}

/** All names that can be posted to. */
export function sourceNames(configured: NamedSources): readonly string[] {
  return [...new Set([...configured.keys(), ...SOURCE_TYPES])].toSorted();
}
