/** The known word that a mistyped one most likely means, or null when none is near enough. Upper and lower case are the same. */
export function nearest(word: string, known: Iterable<string>): string | null {
  const typed = word.toLowerCase().slice(0, LONGEST);
  let best: string | null = null;
  let least = Math.max(1, Math.floor(typed.length / 3)) + 1;
  for (const candidate of known) {
    const distance = distanceBetween(typed, candidate.toLowerCase().slice(0, LONGEST));
    if (distance < least) [best, least] = [candidate, distance];
  }
  return best;
}

const LONGEST = 100;

// Optimal string alignment: insertions, deletions, replacements and swapped neighbours cost one each.
function distanceBetween(a: string, b: string): number {
  let [before, above] = [[] as readonly number[], Array.from({ length: b.length + 1 }, (_, j) => j)];
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const replaced = at(above, j - 1) + (a[i - 1] === b[j - 1] ? 0 : 1);
      const isSwap = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      const swapped = isSwap ? at(before, j - 2) + 1 : Infinity;
      row.push(Math.min(at(above, j) + 1, at(row, j - 1) + 1, replaced, swapped));
    }
    [before, above] = [above, row];
  }
  return at(above, b.length);
}

function at(row: readonly number[], index: number): number {
  return row[index] ?? Infinity;
}
