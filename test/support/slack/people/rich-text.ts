import type { Json } from '../workspace/state.ts';

/** The block that Slack makes of what a person writes: words, links and mentions one after the other. */
export function richText(text: string): readonly Json[] {
  const elements = text
    .split(/(<[^>]+>)/)
    .filter(Boolean)
    .map((part): Json => {
      const [, what = '', label] = /^<([^|>]+)(?:\|([^>]*))?>$/.exec(part) ?? [];
      if (what === '') return { type: 'text', text: unescaped(part) };
      if (what.startsWith('@')) return { type: 'user', user_id: what.slice(1) };
      if (what.startsWith('#')) return { type: 'channel', channel_id: what.slice(1) };
      if (what.startsWith('!subteam^')) return { type: 'usergroup', usergroup_id: what.slice(9) };
      if (what.startsWith('!')) return { type: 'broadcast', range: what.slice(1) };
      return {
        type: 'link',
        url: unescaped(what),
        ...(label === undefined ? {} : { text: unescaped(label) }),
      };
    });
  if (elements.length === 0) return [];
  return [{ type: 'rich_text', elements: [{ type: 'rich_text_section', elements }] }];
}

function unescaped(text: string): string {
  return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
}
