import type { RefusalCode } from '../refusal.ts';

/** How a request fails. `after` means: what it asks for is done all the same. */
export type Fault =
  | {
      readonly kind: 'rate_limited';
      readonly retryAfterMs: number;
      readonly scope?: 'user' | 'shared' | 'global';
    }
  /** A refusal with a code of Discord's list (40003, 130000, 50013 …). */
  | { readonly kind: 'refuses'; readonly code: RefusalCode }
  | { readonly kind: 'fails' | 'fails_after'; readonly status: 500 | 502 | 503 | 504 }
  | { readonly kind: 'hangs' | 'hangs_after' | 'resets' | 'resets_after' | 'unauthorized' }
  | { readonly kind: 'is_slow'; readonly ms: number };

/** Which requests fail, and how often. */
export interface FaultRule {
  /** Matched against `POST /channels/123/messages`, without the version. */
  readonly on: RegExp;
  /** Once unless told otherwise. */
  readonly times?: number;
  readonly fault: Fault;
}

/** The faults that are to come. */
export interface Faults {
  readonly add: (rule: FaultRule) => void;
  readonly clear: () => void;
  /** The fault of this request, used up by it; null when it works. */
  readonly take: (line: string) => Fault | null;
}

/** No faults yet. */
export function newFaults(): Faults {
  let rules: { readonly rule: FaultRule; left: number }[] = [];
  return {
    add: (rule) => rules.push({ rule, left: rule.times ?? 1 }),
    clear: () => {
      rules = [];
    },
    take: (line) => {
      const hit = rules.find(({ rule, left }) => left > 0 && rule.on.test(line));
      if (hit === undefined) return null;
      hit.left -= 1;
      return hit.rule.fault;
    },
  };
}
