import type { AlertSource } from '../source.ts';
import { alertmanager } from './alertmanager.ts';
import { generic } from './generic.ts';

/** Every kind of sender that Firebell understands. */
export const SOURCES: readonly AlertSource[] = [alertmanager, generic];

/** The kinds by name, as the configuration's `type` of a source has them. */
export const SOURCE_TYPES: readonly string[] = SOURCES.map(({ name }) => name);
