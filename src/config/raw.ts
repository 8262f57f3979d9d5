/** True for what the file writes as `key: value` lines. */
export function isMap(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** What stands under a key of a map; undefined when there is no such key, or no map. */
export function childOf(value: unknown, key: string): unknown {
  return isMap(value) && Object.hasOwn(value, key) ? value[key] : undefined;
}

/** The keys of a map; none of anything else. */
export function keysOf(value: unknown): ReadonlySet<string> {
  return new Set(isMap(value) ? Object.keys(value) : []);
}
