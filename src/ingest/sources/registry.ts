import type { AlertSource } from '../source.ts';
import { alertmanager } from './alertmanager.ts';
import { generic } from './generic.ts';

/** Every kind of sender that Firebell understands. */
export const SOURCES: readonly AlertSource[] = [alertmanager, generic];

/** The source of a name, or null. */
export function findSource(name: string): AlertSource | null {
  return SOURCES.find((source) => source.name === name) ?? null;
}
