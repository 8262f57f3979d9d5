import type { Clock } from '../lib/clock.ts';
import type { Db } from '../store/db.ts';
import { createToken, listTokens, revokeToken } from '../store/tokens.ts';
import type { KeptToken, TokenSubject } from '../store/tokens.ts';
import { findSource, SOURCES } from './sources/registry.ts';

/** A token as it may be shown: without its hash. */
export type ShownToken = Omit<KeptToken, 'hash'>;

/** Where tokens are made and ended: in the database, or through a bot that has it open. */
export interface TokenDesk {
  readonly create: (subject: TokenSubject) => Promise<{ readonly id: number; readonly token: string }>;
  readonly list: () => Promise<readonly ShownToken[]>;
  /** False when there is no such token, or it has ended before. */
  readonly revoke: (id: number) => Promise<boolean>;
}

/** The desk at an open database. */
export function tokenDesk(db: Db, clock: Clock): TokenDesk {
  return {
    create: (subject) => createToken(db, subject, clock.now()),
    list: async () => (await listTokens(db)).map(({ hash: _hidden, ...shown }) => shown),
    revoke: (id) => revokeToken(db, id, clock.now()),
  };
}

/** Why no token can be made for this subject; null when one can. Whether a person exists only the configuration knows. */
export function subjectProblem({ kind, subject }: TokenSubject): string | null {
  if (subject === '' || subject.length > 100) return `a ${kind} has a name of 1 to 100 characters`;
  if (kind === 'person' || findSource(subject)) return null;
  return `there is no alert source "${subject}"; known are ${SOURCES.map(({ name }) => name).join(', ')}`;
}
