/** At most `max` UTF-16 units, as Slack counts them, the last of them an ellipsis where something was cut off. */
export function fit(text: string, max: number): string {
  if (text.length <= max) return text;
  // Never through the middle of a character.
  return `${text
    .slice(0, max - 1)
    .replace(/[\ud800-\udbff]$/, '')
    .trimEnd()}…`;
}
