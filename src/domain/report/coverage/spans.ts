import type { Span } from '../../schedule/turns.ts';

/** How long spans are together, in ms; they must not overlap. */
export function lengthOf(spans: readonly Span[]): number {
  return spans.reduce((sum, { start, end }) => sum + end - start, 0);
}

/** What lies in both lists, each ascending and free of overlaps. */
export function intersect(ones: readonly Span[], others: readonly Span[]): readonly Span[] {
  const common: Span[] = [];
  let next = 0;
  for (const one of ones) {
    while ((others[next]?.end ?? Infinity) <= one.start) next += 1;
    for (let i = next; (others[i]?.start ?? Infinity) < one.end; i += 1) {
      const start = Math.max(one.start, others[i]?.start ?? one.end);
      const end = Math.min(one.end, others[i]?.end ?? one.start);
      if (start < end) common.push({ start, end });
    }
  }
  return common;
}

/** What of the spans lies in none of the others; both lists are ascending and free of overlaps. */
export function without(spans: readonly Span[], others: readonly Span[]): readonly Span[] {
  const first = spans[0];
  const last = spans.at(-1);
  if (!first || !last) return [];
  const holes: Span[] = [];
  let from = first.start;
  for (const { start, end } of others) {
    if (end <= from) continue;
    if (start >= last.end) break;
    if (start > from) holes.push({ start: from, end: start });
    from = Math.max(from, end);
  }
  if (from < last.end) holes.push({ start: from, end: last.end });
  return intersect(spans, holes);
}

/** Spans in any order as few as possible, ascending: those that overlap or touch are one. */
export function mergeTouching(spans: readonly Span[]): readonly Span[] {
  const merged: Span[] = [];
  for (const { start, end } of spans.toSorted((a, b) => a.start - b.start)) {
    const last = merged.at(-1);
    if (!last || last.end < start) merged.push({ start, end });
    else merged[merged.length - 1] = { start: last.start, end: Math.max(last.end, end) };
  }
  return merged;
}
