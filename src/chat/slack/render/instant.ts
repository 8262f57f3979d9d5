/** An instant for a reader whose zone is not known: `2026-03-02 03:00 UTC`. */
export function formatInstant(time: Date): string {
  return `${time.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}
