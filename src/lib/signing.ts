import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

/** What a token turned out to be. An expired one was genuine, so it still says what it was for. */
export type Verified =
  | { readonly kind: 'ok'; readonly payload: string }
  | { readonly kind: 'expired'; readonly payload: string }
  | { readonly kind: 'forged' };

export interface Signing {
  /** 16 characters or more. */
  readonly secret: string;
  /** A token signed for one purpose is forged for every other. */
  readonly purpose: string;
}

const SHORTEST_SECRET = 16;
const LONGEST_TOKEN = 4096;

/** Signs a payload until an instant. The token has only characters that a URL's path takes as they are; it is signed, not secret. */
export function signToken(signing: Signing, payload: string, expiresAt: Date): string {
  const body = `${Buffer.from(payload, 'utf8').toString('base64url')}.${expiresAt.getTime().toString(36)}`;
  return `${body}.${mac(signing, body).toString('base64url')}`;
}

/** Reads a token back. Whatever was not signed with this secret for this purpose is forged, however it is broken. */
export function verifyToken(signing: Signing, token: string, now: Date): Verified {
  const [payload, expiry, signature, ...rest] = token.length > LONGEST_TOKEN ? [] : token.split('.');
  if (payload === undefined || expiry === undefined || signature === undefined || rest.length > 0)
    return { kind: 'forged' };
  const expected = mac(signing, `${payload}.${expiry}`);
  // Compared as written, so that no second spelling of the same bytes is a token as well.
  if (!equalInConstantTime(signature, expected.toString('base64url'))) return { kind: 'forged' };
  const text = Buffer.from(payload, 'base64url').toString('utf8');
  return { kind: now.getTime() < parseInt(expiry, 36) ? 'ok' : 'expired', payload: text };
}

/** HMAC-SHA256 of a text in lower-case hex. */
export function hmacHex(secret: string, text: string): string {
  return createHmac('sha256', secret).update(text, 'utf8').digest('hex');
}

/** Compares two texts in a time that tells nothing about where they differ. */
export function equalInConstantTime(a: string, b: string): boolean {
  const left = Buffer.from(a, 'utf8');
  const right = Buffer.from(b, 'utf8');
  return left.length === right.length && timingSafeEqual(left, right);
}

/** A new secret of 256 random bits, in characters that a URL and a header take as they are. */
export function createSecret(): string {
  return randomBytes(32).toString('base64url');
}

function mac({ secret, purpose }: Signing, body: string): Buffer {
  if (secret.length < SHORTEST_SECRET) {
    throw new Error(
      `Expected a signing secret of at least ${SHORTEST_SECRET} characters, got ${secret.length}.`,
    );
  }
  return createHmac('sha256', secret).update(`firebell:v1\0${purpose}\0${body}`, 'utf8').digest();
}
