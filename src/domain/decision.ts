/** A typed no: why, and what would work instead. Shown to whoever asked, in these words. */
export interface Refusal {
  readonly why: string;
  readonly hint: string | null;
}

/** What a decider answers: events (none of them means that there is nothing to do), or a refusal. */
export type Decision<E> =
  | { readonly kind: 'accepted'; readonly events: readonly E[] }
  | { readonly kind: 'refused'; readonly refusal: Refusal };

/** These things happened. */
export function accept<E>(...events: readonly E[]): Decision<E> {
  return { kind: 'accepted', events };
}

/** Nothing to do: a harmless repeat, or a late timer. */
export const QUIET: Decision<never> = { kind: 'accepted', events: [] };

/** No, because; `hint` says what would work. */
export function refuse(why: string, hint: string | null = null): Decision<never> {
  return { kind: 'refused', refusal: { why, hint } };
}
