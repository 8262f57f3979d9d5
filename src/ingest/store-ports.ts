import type { Clock } from '../lib/clock.ts';
import type { Db } from '../store/db.ts';
import { findToken, touchToken } from '../store/tokens.ts';
import { keepUnparsed } from '../store/unparsed.ts';
import type { IngestPorts } from './take-post.ts';

/** The part of the ports that the store answers. */
export function storePorts(
  db: Db,
  clock: Clock,
): Pick<IngestPorts, 'findToken' | 'touchToken' | 'keepUnparsed'> {
  return {
    findToken: (hash) => findToken(db, hash),
    touchToken: (id) => touchToken(db, id, clock.now()),
    keepUnparsed: (post) => keepUnparsed(db, post),
  };
}
