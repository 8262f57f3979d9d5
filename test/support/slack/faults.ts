/** What goes wrong with calls of the Web API. */
export type Fault = {
  /** The method it happens to; every one when it is not said. */
  readonly method?: string;
  /** How often; once when it is not said. */
  readonly times?: number;
  /** Calls whose arguments hold these values only. */
  readonly args?: Readonly<Record<string, string>>;
} & FaultKind;

type FaultKind =
  /** 429 with Retry-After; without one when `seconds` is null. */
  | { readonly kind: 'rate_limited'; readonly seconds?: number | null }
  | { readonly kind: 'http_500' | 'http_503' }
  /** Slack does it, and never answers. */
  | { readonly kind: 'accept_then_hang' }
  | { readonly kind: 'accept_then_500' }
  | { readonly kind: 'accept_then_reset' }
  /** The connection is reset and nothing is done. */
  | { readonly kind: 'reset' }
  /** Nothing is done and nothing answered. */
  | { readonly kind: 'hang' }
  /** A proxy's page with status 200. */
  | { readonly kind: 'html' }
  | { readonly kind: 'slow'; readonly ms: number }
  /** `ok: false` with this error. */
  | { readonly kind: 'error'; readonly error: string };

/** Faults that are waiting for the call they happen to. */
export class Faults {
  readonly #waiting: { readonly fault: Fault; left: number }[] = [];

  add(fault: Fault): void {
    this.#waiting.push({ fault, left: fault.times ?? 1 });
  }

  /** All is well again. */
  clear(): void {
    this.#waiting.length = 0;
  }

  /** The fault that this call meets; it is counted. */
  meet(method: string, args: Readonly<Record<string, unknown>>): Fault | null {
    const found = this.#waiting.find(
      ({ fault, left }) =>
        left > 0 &&
        (fault.method ?? method) === method &&
        Object.entries(fault.args ?? {}).every(([name, value]) => args[name] === value),
    );
    if (!found) return null;
    found.left -= 1;
    return found.fault;
  }
}
