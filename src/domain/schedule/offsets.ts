const DAY = 86_400_000;
// Known changes of one zone are at least 3.9 days apart, so two probes two days apart see every one of them.
const PROBE = 2 * DAY;
const CHUNK = 64 * PROBE;

/** From the instant `at` (ms) on, clocks are `offset` ms ahead of UTC (negative: behind). */
export interface OffsetChange {
  readonly at: number;
  readonly offset: number;
}

interface Chunk {
  readonly first: number;
  readonly changes: readonly OffsetChange[];
}

const chunksOfZones = new Map<string, Map<number, Chunk>>();
const formatters = new Map<string, Intl.DateTimeFormat>();

/** True for the names of the IANA time zone database that this Node knows, in any case; false for `+02:00` and other inventions. */
export function isZone(name: string): boolean {
  if (!/^[a-z]/i.test(name)) return false;
  try {
    return formatterOf(name) !== undefined;
  } catch {
    return false;
  }
}

/** How far clocks in `zone` are ahead of UTC at the instant `at`, both in ms, to the second even for local mean times. Throws RangeError for an unknown zone. */
export function offsetAt(zone: string, at: number): number {
  const { first, changes } = chunkAt(zone, Math.floor(at / CHUNK));
  return changes.findLast((change) => change.at <= at)?.offset ?? first;
}

/** The changes of the clocks of `zone` in `(after, until]`, ascending. */
export function offsetChanges(zone: string, after: number, until: number): readonly OffsetChange[] {
  const changes: OffsetChange[] = [];
  for (let index = Math.floor(after / CHUNK); index * CHUNK <= until; index += 1) {
    for (const change of chunkAt(zone, index).changes) {
      if (change.at > after && change.at <= until) changes.push(change);
    }
  }
  return changes;
}

function chunkAt(zone: string, index: number): Chunk {
  let chunks = chunksOfZones.get(zone);
  if (!chunks) {
    chunks = new Map();
    chunksOfZones.set(zone, chunks);
  }
  let chunk = chunks.get(index);
  if (!chunk) {
    chunk = probeChunk(zone, index * CHUNK);
    chunks.set(index, chunk);
  }
  return chunk;
}

// Covers [start, start + CHUNK): the probe just before the start finds a change that falls exactly on it.
function probeChunk(zone: string, start: number): Chunk {
  const first = readOffset(zone, start - 1);
  const changes: OffsetChange[] = [];
  let low = { at: start - 1, offset: first };
  while (low.at < start + CHUNK - 1) {
    const at = Math.min(low.at + PROBE, start + CHUNK - 1);
    const high = { at, offset: readOffset(zone, at) };
    if (high.offset !== low.offset) changes.push({ at: bisect(zone, low, high), offset: high.offset });
    low = high;
  }
  return { first, changes };
}

function bisect(zone: string, low: OffsetChange, high: OffsetChange): number {
  let [before, after] = [low.at, high.at];
  while (after - before > 1) {
    const middle = Math.floor((before + after) / 2);
    if (readOffset(zone, middle) === low.offset) before = middle;
    else after = middle;
  }
  return after;
}

// Intl is the only reader of the zone's rules: it works from the instant alone, whatever TZ and locale the process has.
function readOffset(zone: string, at: number): number {
  const text = formatterOf(zone).format(at);
  const match = /GMT(?:([+-])(\d\d):(\d\d)(?::(\d\d))?)?$/.exec(text);
  if (!match) throw new Error(`expected Intl to end with an offset like GMT+02:00 for ${zone}, got ${text}`);
  const [, sign, hours = '0', minutes = '0', seconds = '0'] = match;
  const size = ((Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds)) * 1000;
  return sign === '-' ? -size : size;
}

function formatterOf(zone: string): Intl.DateTimeFormat {
  let formatter = formatters.get(zone);
  if (!formatter) {
    formatter = new Intl.DateTimeFormat('en-US', { timeZone: zone, timeZoneName: 'longOffset' });
    formatters.set(zone, formatter);
  }
  return formatter;
}
