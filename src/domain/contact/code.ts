import type { Refusal } from '../decision.ts';
import type { SentCode } from './contact.ts';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

/** A code is good for this long. */
export const CODE_LASTS_MS = 10 * MINUTE;
/** Wrong answers after which a code is worth nothing. */
export const MOST_TRIES = 5;
const MOST_CODES_A_DAY = 5;
const SHORTEST_PAUSE_MS = MINUTE;

/** Why no code may be sent now; null when one may. Each costs money, and may ring at somebody else's. */
export function whyNoCode(code: SentCode | null, now: Date): Refusal | null {
  if (code === null) return null;
  const since = now.getTime() - code.sentAt.getTime();
  if (since < SHORTEST_PAUSE_MS) {
    return {
      why: 'A code went out less than a minute ago.',
      hint: 'Wait for it, then type `verify` and the six digits.',
    };
  }
  if (now.getTime() - code.dayBegan.getTime() < DAY && code.sentToday >= MOST_CODES_A_DAY) {
    return {
      why: `${MOST_CODES_A_DAY} codes went there within a day, and none came back.`,
      hint: 'Check the address with an admin, and try again tomorrow.',
    };
  }
  return null;
}

/** A code that goes out now, counted among those of its day. */
export function nextCode(before: SentCode | null, hash: string, now: Date): SentCode {
  const isSameDay = before !== null && now.getTime() - before.dayBegan.getTime() < DAY;
  return {
    hash,
    sentAt: now,
    tries: 0,
    sentToday: isSameDay ? before.sentToday + 1 : 1,
    dayBegan: isSameDay ? before.dayBegan : now,
  };
}

/** Whether an answer can still be right; its try is to be counted before it is compared. */
export function isAlive({ sentAt, tries }: SentCode, now: Date): boolean {
  return tries < MOST_TRIES && now.getTime() - sentAt.getTime() < CODE_LASTS_MS;
}
