const URL = /\b(?:https?:\/\/|www\.|ftp:\/\/|mailto:)[^\s<>`"]+/gi;
const JOINER = '\u2060';

/** Makes outside text safe in one line of Markdown: no format, no HTML, nobody mentioned, addresses as plain text that no viewer links. */
export function escapeMarkdown(text: string): string {
  const line = text
    .replace(/^(?:\s*:[a-z][\w+-]*:)+/, ' ')
    .replace(/```\w*/g, ' ')
    .replace(/\s*\n\s*/g, ' ↵ ')
    .replace(/[ \t]+/g, ' ')
    .replace(/^(?:\s*↵\s*)+|(?:\s*↵\s*)+$/g, '')
    .trim();
  let escaped = '';
  let from = 0;
  for (const { 0: url, index } of line.matchAll(URL)) {
    escaped += `${escapeProse(line.slice(from, index))}\`${url.replaceAll('|', '%7C')}\``;
    from = index + url.length;
  }
  return guardStart(escaped + escapeProse(line.slice(from)));
}

function escapeProse(text: string): string {
  return text
    .replace(/[\\`*_[\]|~#]/g, String.raw`\$&`)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replace(/@(?=[\w&])/g, `@${JOINER}`);
}

/** A text that begins like a list or a rule stays a text. */
function guardStart(text: string): string {
  return text.replace(/^([-+=])/, String.raw`\$1`).replace(/^(\d+)([.)])/, String.raw`$1\$2`);
}
