/** What became of the work that a failed transaction was to do. */
export type Fate =
  /** Surely not committed, and the same again may work. */
  | 'try_again'
  /** Surely not committed, and the same again would fail the same way. */
  | 'refused'
  /** The connection broke before the commit was asked for: nothing was done, and nobody is there at the moment. */
  | 'away'
  /** The connection broke while committing: done or not. */
  | 'unknown';

/** Serialization failure, deadlock, lock not available, cancelled by a time-out. */
const PASSING: ReadonlySet<string> = new Set(['40001', '40P01', '55P03', '57014']);

/** Judges an error of a transaction. `committing` says whether everything but the commit had been done. */
export function fateOf(error: unknown, committing: boolean): Fate {
  if (!isConnectionFailure(error)) return PASSING.has(sqlStateOf(error) ?? '') ? 'try_again' : 'refused';
  return committing ? 'unknown' : 'away';
}

/** How sockets and the driver name a connection that could not be made or broke. */
const AWAY = /^(CONNECT[A-Z_]*|ECONN[A-Z]+|EPIPE|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|ENOTFOUND|EAI_AGAIN)$/;

/** True when the database could not be talked to, rather than having said no. */
export function isConnectionFailure(error: unknown): boolean {
  const state = sqlStateOf(error);
  // 08: connection exception. 57P0x: shutting down, crashed, starting up. 53300: too many connections.
  if (state !== null) return /^(08|57P0|53300)/.test(state);
  return chain(error).some(
    ({ code, message }) => (typeof code === 'string' && AWAY.test(code)) || message === 'PGlite is closed',
  );
}

/** The five letters by which Postgres names an error, or null when it is not one of Postgres. */
export function sqlStateOf(error: unknown): string | null {
  const state = chain(error).find(
    ({ code }) => typeof code === 'string' && /^[0-9A-Z]{5}$/.test(code) && /\d/.test(code),
  )?.code;
  return typeof state === 'string' ? state : null;
}

// The error and what it was caused by; drizzle wraps those of the drivers.
function chain(error: unknown): readonly { readonly code: unknown; readonly message: string }[] {
  const links = [];
  for (let at: unknown = error; at instanceof Error && links.length < 5; at = at.cause) {
    links.push({ code: 'code' in at ? at.code : null, message: at.message });
  }
  return links;
}
