import type { Path } from './problem.ts';

/** Something at a path that must not be there twice; `key` is what makes two of them the same. */
export interface Claim {
  readonly path: Path;
  readonly key: string;
}

/** Every claim whose key an earlier one already has, with that earlier one. */
export function findDoubles<T extends Claim>(
  claims: readonly T[],
): readonly { readonly first: T; readonly again: T }[] {
  const firsts = new Map<string, T>();
  return claims.flatMap((again) => {
    const first = firsts.get(again.key);
    if (first) return [{ first, again }];
    firsts.set(again.key, again);
    return [];
  });
}
