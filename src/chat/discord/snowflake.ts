const EPOCH = 1_420_070_400_000n;

/** When the thing of this id was made. */
export function timeOf(id: string): Date {
  return new Date(Number((BigInt(id) >> 22n) + EPOCH));
}

/** The smallest id that anything made at this time can have. */
export function snowflakeAt(at: Date): string {
  const ms = BigInt(at.getTime()) - EPOCH;
  return String((ms > 0n ? ms : 0n) << 22n);
}

/** Which of two things was made first: negative when it is the first. */
export function compareIds(a: string, b: string): number {
  return a.length === b.length ? (a < b ? -1 : a > b ? 1 : 0) : a.length - b.length;
}
