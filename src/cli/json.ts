import { showInstant } from './schedule-document.ts';

/** A value as JSON for people and programs: two spaces, a newline at its end, instants in UTC as all verbs write them. */
export function jsonOf(value: unknown): string {
  const text = JSON.stringify(
    value,
    function (this: Readonly<Record<string, unknown>>, key, shown: unknown) {
      // JSON.stringify has made a text of a date before it asks.
      const raw = this[key];
      return raw instanceof Date ? showInstant(raw) : shown;
    },
    2,
  );
  return `${text}\n`;
}
