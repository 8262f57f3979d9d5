import anyAscii from 'any-ascii';

const LONGEST = 48;

/** Names of Firebell for the old tool's ids, in the order of the list; no two alike, even with other capitals. */
export function nameAll(
  things: readonly { readonly id: string; readonly wanted: string }[],
  fallback: string,
): ReadonlyMap<string, string> {
  const taken = new Set<string>();
  const names = new Map<string, string>();
  for (const { id, wanted } of things) {
    if (names.has(id)) continue;
    const base = toName(wanted) ?? fallback;
    let name = base;
    for (let i = 2; taken.has(name); i += 1) name = `${base}-${i}`;
    taken.add(name);
    names.set(id, name);
  }
  return names;
}

/** Free text as a name that a configuration file can use, `Grading (EU)` as `grading-eu`; null when nothing is left of it. */
export function toName(text: string): string | null {
  const plain = anyAscii(text)
    .toLowerCase()
    .replaceAll(/['’]/g, '')
    .replaceAll(/[^a-z0-9._]+/g, '-')
    .replaceAll(/[._-]{2,}/g, '-')
    .slice(0, LONGEST)
    .replaceAll(/^[._-]+|[._-]+$/g, '');
  if (plain === '') return null;
  return /^[a-z]/.test(plain) ? plain : `x-${plain}`;
}
