import type { DiscordConfig } from '../../config/config.ts';
import type { HomeDeps } from '../home.ts';
import type { Answer, ChatFailure } from '../platform.ts';
import type { Apis } from './api.ts';
import type { KeptValues } from './kept-values.ts';

/** The name under which Discord is a chat platform. */
export const DISCORD = 'discord';

/** What the parts of Discord work with. */
export interface DiscordParts {
  readonly deps: HomeDeps;
  readonly settings: DiscordConfig;
  readonly apis: Apis;
  readonly values: KeptValues;
  /** A word that no other installation has, by which our rooms are told from those of another Firebell. */
  readonly mark: () => Promise<string>;
}

/** It was done. */
export function yes<T>(value: T): Answer<T> {
  return { ok: true, value };
}

/** It was not done, and why. */
export function no(kind: ChatFailure['kind'], reason: string, afterMs: number | null = null): Answer<never> {
  return { ok: false, failure: { kind, reason, afterMs } };
}
