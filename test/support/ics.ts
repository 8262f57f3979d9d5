/** A calendar in iCal form with these events, each lines without its frame. */
export function aCalendar(...events: readonly (readonly string[])[]): string {
  const framed = events.flatMap((lines, i) => [
    'BEGIN:VEVENT',
    `UID:event-${i}`,
    'DTSTAMP:20260101T000000Z',
    ...lines,
    'END:VEVENT',
  ]);
  return ['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//test//EN', ...framed, 'END:VCALENDAR', ''].join(
    '\r\n',
  );
}

/** Lines of an event of a week from Monday 2026-03-02 00:00 UTC on, that comes back every two weeks. */
export function fortnightly(title: string, monday = '20260302'): readonly string[] {
  return [`SUMMARY:${title}`, `DTSTART:${monday}T000000Z`, 'DURATION:P7D', 'RRULE:FREQ=WEEKLY;INTERVAL=2'];
}
