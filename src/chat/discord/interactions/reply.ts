import { MessageFlags, Routes } from 'discord.js';
import type { Message, Reply } from '../../message.ts';
import { note } from '../../views/blocks.ts';
import type { Api, Called } from '../api.ts';
import type { DiscordParts } from '../parts.ts';
import { renderMessage } from '../render/message-body.ts';
import type { Rendered } from '../render/message-body.ts';
import { Nothing } from '../shapes.ts';
import type { Interaction } from './shape.ts';
import { writePointer } from '../render/custom-id.ts';

/** How the first answer was given, which says how the next one is. */
export type First = 'thinking' | 'silent';

/** Answers beyond the first, by the token of the interaction, which lasts a quarter of an hour. */
export interface Replier {
  /** Says what a reply comes to. Nothing is thrown: there is nobody else to tell. */
  readonly say: (interaction: Interaction, first: First, shown: Shown) => Promise<void>;
  /** The body of a message that only the asker sees. */
  readonly bodyOf: (shown: Shown) => Promise<Record<string, unknown>>;
}

/** What is said in the end: a message, that all is well, or a button that opens a form which came too late to be opened. */
export type Shown =
  | { readonly kind: 'message'; readonly message: Message; readonly again?: Again }
  | { readonly kind: 'done' }
  | { readonly kind: 'nothing' };

/** A button that opens a form. `id` names what was kept of it. */
export interface Again {
  readonly id: string;
  readonly label: string;
}

/** What a reply is as something to show; a form is shown by `again`, because it can be opened by a press alone. */
export function shownOf(
  reply: Reply,
  parts: DiscordParts,
  keepForm: (reply: Extract<Reply, { kind: 'form' }>) => Again,
): Shown {
  switch (reply.kind) {
    case 'private':
      return { kind: 'message', message: reply.message };
    case 'nothing':
      return { kind: 'done' };
    case 'form':
      return { kind: 'message', message: formMessage(parts), again: keepForm(reply) };
    case 'field_errors':
      return { kind: 'message', message: errorsMessage(reply.errors, parts) };
  }
}

function formMessage({ deps }: DiscordParts): Message {
  return note([['Press the button to fill in the form.']], { directory: deps.directory(), zone: 'UTC' });
}

/** Words at fields, as a list. */
export function errorsMessage(errors: Readonly<Record<string, string>>, { deps }: DiscordParts): Message {
  const lines = Object.entries(errors).map(([field, words]) => [{ bold: field }, `: ${words}`]);
  return note(lines, { directory: deps.directory(), zone: 'UTC' }, { tone: 'warning' });
}

/** Makes the replier. */
export function createReplier(parts: DiscordParts): Replier {
  const { apis, deps } = parts;
  return {
    bodyOf: async (shown) => ({ ...(await render(shown, parts)).body, flags: MessageFlags.Ephemeral }),
    say: async (interaction, first, shown) => {
      if (shown.kind === 'nothing' || (shown.kind === 'done' && first === 'silent')) return;
      const rendered = await render(shown, parts);
      const said = await send(apis.house, { interaction, first, rendered });
      if (!said.ok)
        deps.logger.warn({ reason: said.failure.reason }, 'An answer could not be given on Discord');
    },
  };
}

interface Sending {
  readonly interaction: Interaction;
  readonly first: First;
  readonly rendered: Rendered;
}

function send(api: Api, { interaction, first, rendered }: Sending): Promise<Called<unknown>> {
  const { application_id, token } = interaction;
  const files = rendered.files.length > 0 ? { files: [...rendered.files] } : {};
  if (first === 'thinking')
    return api.call(
      {
        ...files,
        method: 'PATCH',
        route: Routes.webhookMessage(application_id, token, '@original'),
        auth: false,
        body: rendered.body,
      },
      Nothing,
    );
  const body = { ...rendered.body, flags: MessageFlags.Ephemeral };
  return api.call(
    { ...files, method: 'POST', route: Routes.webhook(application_id, token), auth: false, body },
    Nothing,
  );
}

const DONE = '✅ Done.';

async function render(shown: Shown, { deps, values }: DiscordParts): Promise<Rendered> {
  if (shown.kind !== 'message')
    return {
      body: { content: DONE, embeds: [], components: [], allowed_mentions: { parse: [] } },
      files: [],
    };
  const directory = deps.directory();
  const { body, files } = renderMessage(
    { ...shown.message, notify: [] },
    { directory, roleOf: () => null, keep: values.keep },
  );
  // A button must work after this process is gone; without the database it works for as long as this process does.
  await values.settled();
  if (shown.again === undefined) return { body: { ...body, content: '' }, files };
  const button = {
    type: 2 as const,
    style: 1 as const,
    label: shown.again.label,
    custom_id: writePointer({ kind: 'again', id: shown.again.id }, values.keep),
  };
  return {
    body: { ...body, content: '', components: [...body.components, { type: 1, components: [button] }] },
    files,
  };
}
