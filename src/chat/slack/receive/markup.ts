/** Slack's markup as the words that commands are read from: people stay `<@U1>`, the rest is what a reader sees. */
export function typedWords(text: string): string {
  return unescape(text.replaceAll(TOKEN, (_, inside: string) => tokenWords(inside))).trim();
}

/** Slack's markup as plain words, with names for people; `nameOf` knows them. */
export function plainWords(text: string, nameOf: (userId: string) => string | null): string {
  const plain = text.replaceAll(TOKEN, (_, inside: string) => {
    const [target = '', label] = inside.split('|');
    return target.startsWith('@')
      ? `@${nameOf(target.slice(1)) ?? label ?? target.slice(1)}`
      : tokenWords(inside);
  });
  return unescape(plain).trim();
}

/** The accounts that a text names. */
export function mentionedIn(text: string): readonly string[] {
  return [...text.matchAll(/<@([UW][A-Z0-9]+)(?:\|[^>]*)?>/g)].map(([, id = '']) => id);
}

/** The text after the mention of the bot, wherever that stands. */
export function withoutMention(text: string, userId: string): string {
  return text.replaceAll(new RegExp(`<@${userId}(\\|[^>]*)?>`, 'g'), ' ').replace(/^[\s,:]+/, '');
}

const TOKEN = /<([^<>]+)>/g;

function tokenWords(inside: string): string {
  const [target = '', label] = inside.split('|');
  if (target.startsWith('@')) return `<${target}>`;
  if (target.startsWith('#')) return `#${label ?? target.slice(1)}`;
  if (target.startsWith('!')) return specialWords(target.slice(1), label);
  return label ?? target.replace(/^mailto:/, '');
}

function specialWords(target: string, label: string | undefined): string {
  if (label !== undefined)
    return target.startsWith('subteam^') && !label.startsWith('@') ? `@${label}` : label;
  return `@${target.split('^')[0] ?? ''}`;
}

/** Slack escapes these three and nothing else. */
function unescape(text: string): string {
  return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
}
