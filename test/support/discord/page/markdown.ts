import { html } from '../../../../src/chat/console/web/html.ts';
import type { Html } from '../../../../src/chat/console/web/html.ts';
import type { World } from '../state/world.ts';

interface Inline {
  readonly pattern: RegExp;
  readonly show: (groups: readonly string[], world: World) => Html;
}

const INLINE: readonly Inline[] = [
  { pattern: /(`{1,2})((?:(?!\1)[^])+?)\1/, show: ([, code = '']) => html`<code>${code}</code>` },
  { pattern: /\*\*(.+?)\*\*/, show: ([text = ''], world) => html`<strong>${inline(world, text)}</strong>` },
  { pattern: /__(.+?)__/, show: ([text = ''], world) => html`<u>${inline(world, text)}</u>` },
  { pattern: /~~(.+?)~~/, show: ([text = ''], world) => html`<s>${inline(world, text)}</s>` },
  { pattern: /\*(?!\s)(.+?)\*/, show: ([text = ''], world) => html`<em>${inline(world, text)}</em>` },
  {
    pattern: /(?<!\w)_(?!\s)(.+?)_(?!\w)/,
    show: ([text = ''], world) => html`<em>${inline(world, text)}</em>`,
  },
  {
    pattern: /\[([^\]]+)\]\(<?(https?:\/\/[^)>\s]+)>?\)/,
    show: ([text = '', url = '']) => link(url, text),
  },
  {
    pattern: /<@!?(\d+)>/,
    show: ([id = ''], { users }) => mention(`@${users.get(id)?.username ?? 'unknown'}`),
  },
  {
    pattern: /<@&(\d+)>/,
    show: ([id = ''], { guild }) => mention(`@${guild.roles.get(id)?.name ?? 'role'}`),
  },
  {
    pattern: /<#(\d+)>/,
    show: ([id = ''], { channels }) => mention(`#${channels.get(id)?.name ?? 'unknown'}`),
  },
  { pattern: /(@everyone|@here)\b/, show: ([word = '']) => mention(word) },
  {
    pattern: /<t:(-?\d+)(?::([tTdDfFR]))?>/,
    show: ([seconds = '', style = 'f'], { clock }) => moment(Number(seconds), style, clock.now()),
  },
  { pattern: /<?(https?:\/\/[^\s<>)]+)>?/, show: ([url = '']) => link(url, url) },
  { pattern: /\\([^\w\s])/, show: ([sign = '']) => html`${sign}` },
];

function link(url: string, text: string): Html {
  return html`<a href="${url}" rel="noreferrer" target="_blank">${text}</a>`;
}

function mention(text: string): Html {
  return html`<span class="mention">${text}</span>`;
}

function moment(seconds: number, style: string, now: Date): Html {
  const at = new Date(seconds * 1000);
  const shown = style === 'R' ? relative(at, now) : at.toISOString().slice(0, 16).replace('T', ' ');
  return html`<time datetime="${at.toISOString()}" title="${at.toISOString()}">${shown}</time>`;
}

/** How far away an instant is, as Discord writes it. */
function relative(at: Date, now: Date): string {
  const seconds = Math.round((at.getTime() - now.getTime()) / 1000);
  const words = new Intl.RelativeTimeFormat('en', { numeric: 'auto' });
  const far = Math.abs(seconds);
  if (far < 60) return words.format(seconds, 'second');
  if (far < 3600) return words.format(Math.round(seconds / 60), 'minute');
  return far < 86_400
    ? words.format(Math.round(seconds / 3600), 'hour')
    : words.format(Math.round(seconds / 86_400), 'day');
}

function inline(world: World, text: string): Html {
  const hits = INLINE.flatMap(({ pattern, show }) => {
    const match = pattern.exec(text);
    return match === null ? [] : [{ match, show }];
  });
  const [first] = hits.sort((a, b) => a.match.index - b.match.index);
  if (first === undefined) return html`${text}`;
  const { match, show } = first;
  const after = text.slice(match.index + match[0].length);
  return html`${text.slice(0, match.index)}${show(match.slice(1), world)}${inline(world, after)}`;
}

/** The part of Discord's Markdown that a bot uses; everything else stays text. */
export function markdown(world: World, text: string): Html {
  const pieces = text.split(/```(?:\w*\n)?([\s\S]*?)```/);
  return html`${pieces.map((piece, index) =>
    index % 2 === 1 ? html`<pre><code>${piece}</code></pre>` : lines(world, piece),
  )}`;
}

function lines(world: World, text: string): Html {
  if (text.trim() === '') return html``;
  return html`${text
    .replace(/^\n|\n$/g, '')
    .split('\n')
    .map((one) => line(world, one))}`;
}

function line(world: World, text: string): Html {
  const heading = /^(#{1,3}) (.*)/.exec(text);
  if (heading) return html`<p class="h">${inline(world, heading[2] ?? '')}</p>`;
  const small = /^-# (.*)/.exec(text);
  if (small) return html`<p class="small">${inline(world, small[1] ?? '')}</p>`;
  const quote = /^> ?(.*)/.exec(text);
  if (quote) return html`<blockquote>${inline(world, quote[1] ?? '')}</blockquote>`;
  const item = /^\s*[-*] (.*)/.exec(text);
  if (item) return html`<p class="item">${inline(world, item[1] ?? '')}</p>`;
  return text.trim() === '' ? html`<p class="gap"></p>` : html`<p>${inline(world, text)}</p>`;
}
