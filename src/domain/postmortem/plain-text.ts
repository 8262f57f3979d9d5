import type { TranscriptUser } from './transcript.ts';

/** Looks a person up by the platform's id, name or display name; undefined when the transcript does not know them. */
export interface Directory {
  readonly byId: (id: string) => TranscriptUser | undefined;
  readonly byName: (name: string) => TranscriptUser | undefined;
}

/** Makes the directory of one transcript; names are compared without case and without a leading @. */
export function makeDirectory(users: readonly TranscriptUser[]): Directory {
  const ids = new Map(users.map((user) => [user.id, user]));
  const names = new Map<string, TranscriptUser>();
  for (const user of users) {
    const display = user.displayName ?? '';
    for (const name of [user.id, user.name ?? '', display, display.split(' ')[0] ?? '']) {
      const key = name.toLowerCase();
      if (key && !names.has(key)) names.set(key, user);
    }
  }
  return {
    byId: (id) => ids.get(id),
    byName: (name) => names.get(name.trim().replace(/^@/, '').toLowerCase()),
  };
}

/** The name a reader knows this person by. */
export function nameOf(user: TranscriptUser): string {
  return user.displayName || user.name || user.id;
}

// Default-ignorable characters and the fillers that draw nothing.
const INVISIBLE = /\p{Default_Ignorable_Code_Point}|\u180e/gu;
const CONTROL = /(?![\n\t])\p{Cc}/gu;

/** Removes what nobody sees: zero-width, direction and control characters. Line ends become \n. */
export function stripInvisible(text: string): string {
  return text.replace(/\r\n?/g, '\n').replace(INVISIBLE, '').replace(CONTROL, ' ');
}

/** Turns a platform's markup into words: mentions, groups, channels, links, emoji and stamps become what a reader saw. Nothing in the result mentions anybody. */
export function toPlainText(markup: string, directory: Directory): string {
  return unescapeEntities(
    markup
      .replace(/<@!?([\w.-]+)(?:\|([^>]*))?>/g, (_, id: string, label?: string) => {
        const user = directory.byId(id);
        return user ? nameOf(user) : label || 'someone';
      })
      .replace(/<@&[\w-]+>/g, 'a group')
      .replace(/<!subteam\^[\w-]+(?:\|@?([^>]*))?>/g, (_, label?: string) => label || 'a group')
      .replace(/<#[\w-]+(?:\|([^>]*))?>/g, (_, label?: string) => (label ? `#${label}` : 'a channel'))
      .replace(
        /<!date\^(\d{1,11})\^[^|>]*(?:\|([^>]*))?>/g,
        (_, seconds: string, label?: string) => label || toUtc(seconds),
      )
      .replace(/<t:(\d{1,11})(?::\w)?>/g, (_, seconds: string) => toUtc(seconds))
      .replace(/<!(here|channel|everyone)(?:\|[^>]*)?>/g, (_, all: string) => all)
      .replace(/<a?:(\w+):\d+>/g, ':$1:')
      .replace(/<((?:https?|mailto|tel):[^|>\s]+)\|([^>]*)>/g, (_, url: string, label: string) =>
        label && !url.endsWith(label)
          ? `${label} (${url.replace(/^(?:mailto|tel):/, '')})`
          : url.replace(/^(?:mailto|tel):/, ''),
      )
      .replace(/<((?:https?|mailto):[^>\s]+)>/g, (_, url: string) => url.replace(/^mailto:/, ''))
      .replace(/<[@#!&][^>\s]*>/g, 'someone')
      .replace(/(^|\s)\*([^*\n]+)\*(?=[\s.,:;!?)]|$)/g, '$1$2'),
  ).trim();
}

/** An instant of an epoch in seconds as a reader's stamp in UTC. */
function toUtc(seconds: string): string {
  return `${new Date(Number(seconds) * 1000).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}

function unescapeEntities(text: string): string {
  return text.replace(/&lt;/g, '<').replace(/&gt;/g, '>').replace(/&amp;/g, '&');
}
