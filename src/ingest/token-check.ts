import { hash as hashOf, timingSafeEqual } from 'node:crypto';
import type { Clock } from '../lib/clock.ts';

/** A token as the store knows it. */
export interface KnownToken {
  readonly id: number;
  readonly kind: 'source' | 'person';
  readonly subject: string;
  readonly hash: string;
}

/** What a token proved. */
export type TokenVerdict = 'ok' | 'missing' | 'wrong' | 'of_another';

/** Where tokens are kept. */
export interface TokenPort {
  readonly findToken: (hash: string) => Promise<KnownToken | null>;
  /** Notes that the token was used. */
  readonly touchToken: (id: number) => Promise<void>;
}

/** A revoked token may be good for this long. */
const REMEMBERED_MS = 5000;
const MOST_REMEMBERED = 1000;

/** Checks the tokens of senders. Good ones are remembered for some seconds, so that a storm does not ask the database for each post. */
export class TokenCheck {
  private readonly port: TokenPort;
  private readonly clock: Clock;
  private readonly remembered = new Map<string, { readonly token: KnownToken; readonly until: number }>();

  constructor(port: TokenPort, clock: Clock) {
    this.port = port;
    this.clock = clock;
  }

  /** Throws only when the store does. */
  async check(presented: string | null, source: string): Promise<TokenVerdict> {
    if (presented === null) return 'missing';
    const token = await this.find(presented);
    if (!token) return 'wrong';
    return token.kind === 'source' && token.subject === source ? 'ok' : 'of_another';
  }

  private async find(presented: string): Promise<KnownToken | null> {
    const now = this.clock.now().getTime();
    const known = this.remembered.get(presented);
    // A clock that was set back must not keep a token for ever.
    if (known && known.until > now && known.until <= now + REMEMBERED_MS) return known.token;
    const hash = hashOf('sha256', presented);
    const found = await this.port.findToken(hash);
    const token = found && isSame(found.hash, hash) ? found : null;
    if (this.remembered.size >= MOST_REMEMBERED) this.remembered.clear();
    if (!token) this.remembered.delete(presented);
    else {
      this.remembered.set(presented, { token, until: now + REMEMBERED_MS });
      await this.port.touchToken(token.id);
    }
    return token;
  }
}

/** The token in a path, a bearer header, or as the password (or, without one, the user) of basic authentication. */
export function presentedToken(authorization: string | undefined, inPath: string | undefined): string | null {
  if (inPath) return inPath;
  const [, scheme = '', value = ''] = /^\s*(\w+)\s+(\S+)\s*$/.exec(authorization ?? '') ?? [];
  if (scheme.toLowerCase() === 'bearer') return value;
  if (scheme.toLowerCase() !== 'basic') return null;
  const [user = '', ...password] = Buffer.from(value, 'base64').toString('utf8').split(':');
  return password.join(':') || user || null;
}

function isSame(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
}
