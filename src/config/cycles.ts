/** The circles in a graph of names, each once, beginning with the name that comes first in the map. */
export function findCycles(edges: ReadonlyMap<string, readonly string[]>): readonly (readonly string[])[] {
  const done = new Set<string>();
  const circles: string[][] = [];
  for (const start of edges.keys()) walk(start, { edges, done, circles });
  return circles;
}

interface Search {
  readonly edges: ReadonlyMap<string, readonly string[]>;
  readonly done: Set<string>;
  readonly circles: string[][];
}

// Depth first with a stack of its own, because a chain in a file may be longer than the machine's.
function walk(start: string, { edges, done, circles }: Search): void {
  const trail: { readonly name: string; readonly rest: string[] }[] = [];
  const onTrail = new Set<string>();
  const enter = (name: string) => {
    trail.push({ name, rest: [...(edges.get(name) ?? [])] });
    onTrail.add(name);
  };
  if (!done.has(start)) enter(start);
  for (let top = trail.at(-1); top; top = trail.at(-1)) {
    const next = top.rest.shift();
    if (next === undefined) {
      trail.pop();
      onTrail.delete(top.name);
      done.add(top.name);
    } else if (onTrail.has(next)) {
      circles.push(trail.slice(trail.findIndex(({ name }) => name === next)).map(({ name }) => name));
    } else if (!done.has(next)) enter(next);
  }
}
