import type {
  APIActionRowComponent,
  APIAllowedMentions,
  APIButtonComponent,
  APIEmbed,
  RawFile,
} from 'discord.js';
import { ButtonStyle, ComponentType } from 'discord.js';
import type { Directory } from '../../../domain/directory.ts';
import type { Block, Button, Message } from '../../message.ts';
import type { KeepValue } from './custom-id.ts';
import { writePointer } from './custom-id.ts';
import { LIMITS } from './limits.ts';
import { clip, codeBlock, escapeText, markdownLine, quoted } from './markdown.ts';

/** A message as Discord takes it. Only who is listed is ever notified. */
export interface MessageBody {
  readonly content: string;
  readonly embeds: readonly APIEmbed[];
  readonly components: readonly APIActionRowComponent<APIButtonComponent>[];
  readonly allowed_mentions: APIAllowedMentions;
}

export interface Rendered {
  readonly body: MessageBody;
  readonly files: readonly RawFile[];
}

/** What rendering needs to know. */
export interface Rendering {
  readonly directory: Directory;
  /** Id of the role of this name; null when the server has none. */
  readonly roleOf: (name: string) => string | null;
  readonly keep: KeepValue;
}

const TONES: Readonly<Record<Message['tone'], number>> = {
  calm: 0x8a_8f_98,
  news: 0x3b_82_f6,
  warning: 0xf5_9e_0b,
  danger: 0xdc_26_26,
  good: 0x16_a3_4a,
  drill: 0x8b_5c_f6,
};

/** A neutral message in Discord's words and limits. What does not fit is cut with an ellipsis, never an error. */
export function renderMessage(message: Message, rendering: Rendering): Rendered {
  // Discord refuses whoever is named twice.
  const users = [...new Set(linkedUsers(message.notify, rendering.directory))];
  const roles = [...new Set((message.notifyGroups ?? []).flatMap((name) => rendering.roleOf(name) ?? []))];
  return {
    body: {
      content: contentOf(message, { users, roles }),
      embeds: [embedOf(message, rendering)],
      components: rowsOf(message.blocks, rendering.keep),
      allowed_mentions: {
        parse: [],
        users: users.slice(0, LIMITS.mentions),
        roles: roles.slice(0, LIMITS.mentions),
      },
    },
    files: message.blocks.flatMap((block) => (block.kind === 'document' ? [fileOf(block)] : [])),
  };
}

interface Notified {
  readonly users: readonly string[];
  readonly roles: readonly string[];
}

function linkedUsers(notify: readonly string[], { people }: Directory): string[] {
  return notify.flatMap((id) => people.get(id)?.handles['discord'] ?? []);
}

/** Whoever is notified reads the whole message in one sentence on a locked screen, where embeds are not shown. */
function contentOf({ plain, notify, notifyGroups }: Message, { users, roles }: Notified): string {
  if (notify.length === 0 && notifyGroups === undefined) return '';
  const mentions = [...users.map((id) => `<@${id}>`), ...roles.map((id) => `<@&${id}>`)].slice(0, 40);
  return clip([...mentions, escapeText(plain)].join(' '), LIMITS.content);
}

function embedOf(message: Message, rendering: Rendering): APIEmbed {
  const heading = message.blocks.find((block) => block.kind === 'heading');
  const title = heading === undefined ? '' : clip(escapeText(heading.text), LIMITS.embedTitle);
  const fields = fieldsOf(message.blocks, rendering.directory);
  const room = LIMITS.embedTotal - title.length - lengthOf(fields);
  const texts = message.blocks.flatMap((block) => (block === heading ? [] : textOf(block, rendering)));
  const description = clip(texts.join('\n'), Math.min(LIMITS.embedDescription, Math.max(room, 1)));
  return {
    color: TONES[message.tone],
    ...(title !== '' && { title }),
    ...(description !== '' && { description }),
    ...(fields.length > 0 && { fields }),
    ...(title === '' && description === '' && fields.length === 0 && { description: '…' }),
  };
}

type Field = NonNullable<APIEmbed['fields']>[number];

/** Fields up to about half of what an embed takes, so that the text keeps room. */
function fieldsOf(blocks: readonly Block[], directory: Directory): Field[] {
  const all = blocks.flatMap((block) => (block.kind === 'facts' ? block.facts : []));
  const fields: Field[] = [];
  let total = 0;
  for (const { label, value } of all.slice(0, LIMITS.embedFields)) {
    const name = clip(escapeText(label), LIMITS.fieldName) || '…';
    const shown = clip(markdownLine(value, directory), LIMITS.fieldValue) || '–';
    total += name.length + shown.length;
    if (total > LIMITS.embedTotal / 2) break;
    fields.push({ name, value: shown, inline: shown.length < 60 });
  }
  return fields;
}

function lengthOf(fields: readonly Field[]): number {
  return fields.reduce((sum, { name, value }) => sum + name.length + value.length, 0);
}

function textOf(block: Block, { directory }: Rendering): readonly string[] {
  switch (block.kind) {
    case 'heading':
      return [`**${escapeText(block.text)}**`];
    case 'text':
      return [markdownLine(block.line, directory)];
    case 'context':
      return [`-# ${markdownLine(block.line, directory).replaceAll('\n', ' ')}`];
    case 'list':
      return block.items.map((item) => `- ${markdownLine(item, directory).replaceAll('\n', ' ')}`);
    case 'quote':
      return [quoted(block.text)];
    case 'code':
      return [codeBlock(block.text, 1500)];
    case 'document':
      return [`**${escapeText(block.title)}** is attached.`];
    case 'facts':
    case 'buttons':
      return [];
  }
}

function rowsOf(blocks: readonly Block[], keep: KeepValue): APIActionRowComponent<APIButtonComponent>[] {
  const all = blocks.flatMap((block) => (block.kind === 'buttons' ? block.buttons : []));
  const fitting = all.slice(0, LIMITS.rows * LIMITS.buttonsInRow).map((button) => buttonOf(button, keep));
  // Two components of a message may not carry the same: the second says nothing that the first does not.
  const unlike = [...new Map(fitting.map((button) => [idOf(button), button])).values()];
  return chunks(unlike, LIMITS.buttonsInRow).map((components) => ({
    type: ComponentType.ActionRow,
    components,
  }));
}

function idOf(button: APIButtonComponent): string {
  return 'custom_id' in button ? button.custom_id : '';
}

const STYLES = {
  plain: ButtonStyle.Secondary,
  primary: ButtonStyle.Success,
  danger: ButtonStyle.Danger,
} as const;

function buttonOf({ action, value, label, style }: Button, keep: KeepValue): APIButtonComponent {
  return {
    type: ComponentType.Button,
    style: STYLES[style],
    label: clip(label, LIMITS.buttonLabel),
    custom_id: writePointer({ kind: 'action', action, value }, keep),
  };
}

function chunks<T>(all: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(all.length / size) }, (_, i) => all.slice(i * size, (i + 1) * size));
}

function fileOf({ title, markdown }: Extract<Block, { kind: 'document' }>): RawFile {
  const name = title
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-+|-+$/g, '')
    .slice(0, 60);
  return {
    name: `${name || 'document'}.md`,
    data: Buffer.from(markdown, 'utf8'),
    contentType: 'text/markdown',
  };
}
