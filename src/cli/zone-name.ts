/**
 * What people in a zone call their time at an instant: `CET`, `CEST`, or `GMT+2` where English has no name for it.
 * The library takes long to load, so that only what shows it pays for it.
 */
export async function zoneName(instant: Date, zone: string): Promise<string> {
  const { formatInTimeZone } = await import('date-fns-tz');
  return formatInTimeZone(instant, zone, 'zzz');
}
