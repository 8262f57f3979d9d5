/** One thing that was looked at. `advice` is what to click, where it is not as it should be. */
export interface Checked {
  readonly ok: boolean;
  readonly what: string;
  readonly advice: string | null;
}

/** As it should be. */
export function yes(what: string): Checked {
  return { ok: true, what, advice: null };
}

/** Not as it should be, and what to click. */
export function no(what: string, advice: string): Checked {
  return { ok: false, what, advice };
}
