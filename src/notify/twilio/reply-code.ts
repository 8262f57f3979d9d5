import { hmacHex } from '../../lib/signing.ts';

/** Four digits that stand for one attempt of a page, the same every time. They tell pages apart; the sender's number says who it is. */
export function replyCode(attemptId: string, secret: string): string {
  const drawn = Number.parseInt(hmacHex(secret, `reply ${attemptId}`).slice(0, 8), 16);
  return String(1000 + (drawn % 9000));
}
