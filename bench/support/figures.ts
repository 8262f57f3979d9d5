/** The value below which this share (0 to 1) of the values lies. Throws when there are none. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  const value = sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
  if (value === undefined) throw new Error('expected values to take a quantile of, found none');
  return value;
}

/** The value in the middle. */
export function median(values: readonly number[]): number {
  return quantile(values, 0.5);
}

/** A quantile out of the buckets of a Prometheus histogram, in its own unit; between two bounds it is interpolated. */
export function quantileOfBuckets(buckets: readonly Bucket[], share: number): number {
  const sorted = buckets.toSorted((a, b) => a.upTo - b.upTo);
  const wanted = share * (sorted.at(-1)?.count ?? 0);
  const at = sorted.findIndex(({ count }) => count >= wanted);
  const [below, found] = [sorted[at - 1] ?? { upTo: 0, count: 0 }, sorted[at]];
  if (!found || wanted === 0) throw new Error('expected a histogram that has counted something');
  if (found.upTo === Number.POSITIVE_INFINITY) return below.upTo;
  return below.upTo + ((found.upTo - below.upTo) * (wanted - below.count)) / (found.count - below.count);
}

/** How many values were at most `upTo`. */
export interface Bucket {
  readonly upTo: number;
  readonly count: number;
}

/** The buckets of several processes as those of one. */
export function sumOfBuckets(each: readonly (readonly Bucket[])[]): readonly Bucket[] {
  const sums = new Map<number, number>();
  for (const { upTo, count } of each.flat()) sums.set(upTo, (sums.get(upTo) ?? 0) + count);
  return [...sums].map(([upTo, count]) => ({ upTo, count }));
}
