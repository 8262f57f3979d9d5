import type { Clock } from '../lib/clock.ts';
import type { Db } from '../store/db.ts';
import { createToken, listTokens, revokeToken } from '../store/tokens.ts';
import type { KeptToken, TokenSubject } from '../store/tokens.ts';
import { findSource, sourceNames } from './named-sources.ts';
import type { NamedSources } from './named-sources.ts';

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

/** What tokens can be made for, as the configuration has it. */
export interface Subjects {
  readonly sources: NamedSources;
  readonly people: ReadonlyMap<string, unknown>;
}

/** Why no token can be made for this subject; null when one can. */
export function subjectProblem(
  { kind, subject }: TokenSubject,
  { sources, people }: Subjects,
): string | null {
  if (kind === 'person') {
    return people.has(subject)
      ? null
      : `nobody in the configuration has the id "${subject}"${known(people.keys())}`;
  }
  return findSource(subject, sources)
    ? null
    : `there is no alert source "${subject}"${known(sourceNames(sources))}`;
}

function known(names: Iterable<string>): string {
  return `; known are ${[...names].slice(0, 50).join(', ')}`;
}
