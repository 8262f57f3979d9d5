import { equalInConstantTime, hmacHex } from '../../lib/signing.ts';

/** What arrives at an address: the answer of a person, or what mail servers say about the mail that was sent. */
export type ReplyKind = 'ack' | 'bounce';

/** What an address of ours stands for: one attempt to reach one person. */
export interface ReplyClaim {
  readonly kind: ReplyKind;
  readonly incidentId: number;
  readonly pageId: string;
  readonly attemptId: string;
}

/** 96 bits: nobody guesses them through a mail server, and the part before the @ stays under the 64 characters of RFC 5321. */
const MAC_DIGITS = 24;

/** The address at which one attempt is answered, like `ack+42.1.3.0.0f3a…@reply.example.com`. In lower case, as some servers make all. */
export function replyAddress(
  secret: string,
  {
    kind,
    attemptId,
    domain,
  }: { readonly kind: ReplyKind; readonly attemptId: string; readonly domain: string },
): string {
  const name = attemptId.replaceAll('/', '.');
  return `${kind}+${name}.${macOf(secret, kind, name)}@${domain}`;
}

/** What an address stands for; null when it is not one that we made. */
export function readReplyAddress(secret: string, address: string, domain: string): ReplyClaim | null {
  const [local = '', host, ...more] = address.toLowerCase().split('@');
  if (host !== domain.toLowerCase() || more.length > 0 || local.length > 64) return null;
  const [, kind, name = '', mac = ''] = /^(ack|bounce)\+(\d+(?:\.\d+){3})\.([0-9a-f]+)$/.exec(local) ?? [];
  if (kind !== 'ack' && kind !== 'bounce') return null;
  if (!equalInConstantTime(mac, macOf(secret, kind, name))) return null;
  const [incident = '', run = '', page = ''] = name.split('.');
  return {
    kind,
    incidentId: Number(incident),
    pageId: `${incident}/${run}/${page}`,
    attemptId: name.replaceAll('.', '/'),
  };
}

function macOf(secret: string, kind: ReplyKind, name: string): string {
  return hmacHex(secret, `mail-reply ${kind} ${name}`).slice(0, MAC_DIGITS);
}
