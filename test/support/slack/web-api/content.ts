import { problemsOfBlocks } from '../blocks/check.ts';
import { refuse } from '../refusal.ts';
import type { Json, Message } from '../workspace/state.ts';
import { isJson } from '../workspace/view-values.ts';
import type { Args } from './args.ts';
import type { Call } from './method.ts';
import { needOneOf, refuseListed } from './method.ts';

const MOST_ATTACHMENTS = 100;
const LARGEST_METADATA = 8_000;
const LONGEST_MARKDOWN = 12_000;
const TRUNCATED_AT = 40_000;

/** What a message says, checked as Slack checks it. */
export interface Content {
  readonly text: string | undefined;
  readonly blocks: readonly Json[] | undefined;
  readonly attachments: readonly Json[] | undefined;
  /** Null takes what was there away. */
  readonly metadata: Message['metadata'] | undefined;
}

/** Reads what a call wants to say. Throws Slack's refusals; `no_text` when it says nothing. */
export function contentOf(call: Call): Content {
  const { args } = call;
  const markdown = args.text('markdown_text');
  if (markdown !== undefined && (args.has('text') || args.has('blocks'))) refuse('markdown_text_conflict');
  if (markdown !== undefined && markdown.length > LONGEST_MARKDOWN)
    refuseListed(call, 'msg_too_long', 'msg_blocks_too_long');
  const text = markdown ?? args.text('text');
  const blocks = blocksOf(args);
  const attachments = attachmentsOf(args);
  const saysNothing =
    (text ?? '').trim() === '' && (blocks ?? []).length === 0 && (attachments ?? []).length === 0;
  if (saysNothing) refuse('no_text');
  return { text: text?.slice(0, TRUNCATED_AT), blocks, attachments, metadata: metadataOf(args) };
}

function blocksOf(args: Args): readonly Json[] | undefined {
  const blocks = args.json('blocks');
  if (blocks === undefined) return undefined;
  if (!Array.isArray(blocks)) refuse('invalid_blocks_format');
  const messages = problemsOfBlocks(blocks).map((one) => `[ERROR] ${one}`);
  if (messages.length > 0) refuse('invalid_blocks', { errors: messages, response_metadata: { messages } });
  return blocks as readonly Json[];
}

function attachmentsOf(args: Args): readonly Json[] | undefined {
  const attachments = args.json('attachments');
  if (attachments === undefined) return undefined;
  if (!Array.isArray(attachments)) refuse('invalid_arguments');
  if (attachments.length > MOST_ATTACHMENTS) refuse('too_many_attachments');
  const given = attachments.filter(isJson);
  for (const { blocks } of given) {
    const messages = blocks === undefined ? [] : problemsOfBlocks(blocks).map((one) => `[ERROR] ${one}`);
    if (messages.length > 0) refuse('invalid_blocks', { errors: messages, response_metadata: { messages } });
  }
  return given.map((one, i) => ({ id: i + 1, fallback: '[no preview available]', ...one }));
}

function metadataOf(args: Args): Message['metadata'] | undefined {
  const metadata = args.json('metadata');
  if (metadata === undefined) return undefined;
  if (!isJson(metadata)) refuse('invalid_metadata_format');
  if (Object.keys(metadata).length === 0) return null;
  const { event_type, event_payload } = metadata;
  if (typeof event_type !== 'string' || event_type === '' || !isJson(event_payload))
    refuse('invalid_metadata_format');
  if (JSON.stringify(metadata).length > LARGEST_METADATA) refuse('metadata_too_large');
  return { event_type, event_payload };
}

/** Name and picture of the author, for which an app needs a scope of its own. */
export function customization({ state, args }: Call): Json {
  const names = ['username', 'icon_emoji', 'icon_url'].filter((name) => args.has(name));
  if (names.length === 0) return {};
  needOneOf(state, ['chat:write.customize']);
  return {
    ...(args.has('username') ? { username: args.text('username') } : {}),
    ...(args.has('icon_emoji') ? { icons: { emoji: args.text('icon_emoji') } } : {}),
    ...(args.has('icon_url') ? { icons: { image_48: args.text('icon_url') } } : {}),
  };
}
