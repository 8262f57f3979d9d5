import { z } from 'zod';

/** A person as interactive payloads name them. `team_id` is missing in old ones. */
const Sender = z.object({
  id: z.string(),
  name: z.string().optional(),
  username: z.string().optional(),
  team_id: z.string().nullish(),
});

/** A slash command, as Slack's form decodes. */
export const TypedCommand = z.object({
  command: z.string(),
  text: z.string().default(''),
  user_id: z.string(),
  user_name: z.string().optional(),
  team_id: z.string().nullish(),
  channel_id: z.string(),
  response_url: z.string().optional(),
  trigger_id: z.string().optional(),
});

/** A button that was pressed, in a message or on the App Home. */
export const BlockActions = z.object({
  type: z.literal('block_actions'),
  user: Sender,
  channel: z.object({ id: z.string() }).nullish(),
  message: z.object({ ts: z.string(), thread_ts: z.string().optional() }).nullish(),
  container: z
    .object({ message_ts: z.string().optional(), channel_id: z.string().optional() })
    .nullish()
    .catch(null),
  view: z.object({ type: z.string() }).nullish(),
  actions: z.array(z.object({ action_id: z.string(), value: z.string().optional() })),
  response_url: z.string().optional(),
  trigger_id: z.string().optional(),
});

/** What one field of a form holds, whatever its kind. */
const FieldState = z.object({
  value: z.string().nullish(),
  selected_option: z.object({ value: z.string() }).nullish(),
  selected_options: z.array(z.object({ value: z.string() })).nullish(),
});

/** A form that was sent. */
export const ViewSubmission = z.object({
  type: z.literal('view_submission'),
  user: Sender,
  view: z.object({
    id: z.string(),
    private_metadata: z.string().default(''),
    state: z.object({ values: z.record(z.string(), z.record(z.string(), FieldState)) }).catch({ values: {} }),
  }),
  trigger_id: z.string().optional(),
});

/** A shortcut of the lightning menu, about nothing that was said. */
export const GlobalShortcut = z.object({
  type: z.literal('shortcut'),
  callback_id: z.string(),
  user: Sender,
  trigger_id: z.string(),
});

/** A file under a message. */
export const SlackFile = z.object({
  id: z.string(),
  name: z.string().nullish(),
  title: z.string().nullish(),
  mimetype: z.string().nullish(),
  size: z.number().nullish(),
  url_private: z.string().nullish(),
  /** `tombstone` when it was deleted. */
  mode: z.string().nullish(),
  /** `check_file_info` when the message tells nothing of it. */
  file_access: z.string().nullish(),
});

/** What was said, as events, shortcuts and the history tell it. */
export const SlackMessage = z.object({
  ts: z.string(),
  subtype: z.string().optional(),
  user: z.string().optional(),
  bot_id: z.string().nullish(),
  username: z.string().nullish(),
  bot_profile: z.object({ name: z.string().optional() }).nullish().catch(null),
  team: z.string().nullish(),
  user_team: z.string().nullish(),
  text: z.string().nullish(),
  thread_ts: z.string().optional(),
  edited: z.object({ ts: z.string() }).nullish().catch(null),
  files: z.array(SlackFile).nullish().catch(null),
  attachments: z
    .array(z.object({ fallback: z.string().nullish(), text: z.string().nullish() }))
    .nullish()
    .catch(null),
  reactions: z
    .array(z.object({ name: z.string(), count: z.number() }))
    .nullish()
    .catch(null),
  reply_count: z.number().optional(),
  latest_reply: z.string().optional(),
  metadata: z
    .object({ event_type: z.string(), event_payload: z.record(z.string(), z.unknown()) })
    .nullish()
    .catch(null),
});
export type SlackMessage = z.infer<typeof SlackMessage>;

/** A shortcut in the menu of a message. */
export const MessageShortcut = z.object({
  type: z.literal('message_action'),
  callback_id: z.string(),
  user: Sender,
  channel: z.object({ id: z.string() }),
  message: SlackMessage,
  response_url: z.string().optional(),
  trigger_id: z.string(),
});

/** The wrapping of an event. */
export const EventCallback = z.object({
  type: z.literal('event_callback'),
  event_id: z.string(),
  is_ext_shared_channel: z.boolean().optional(),
  event: z.looseObject({ type: z.string(), subtype: z.string().optional() }),
});
export type EventCallback = z.infer<typeof EventCallback>;

/** Something was said, changed or taken back in a channel. */
export const MessageEvent = z.object({
  channel: z.string(),
  channel_type: z.string().optional(),
  subtype: z.string().optional(),
  ts: z.string(),
  event_ts: z.string().optional(),
  /** Of `message_changed`: how it is now. */
  message: SlackMessage.optional().catch(undefined),
  previous_message: SlackMessage.optional().catch(undefined),
  deleted_ts: z.string().optional(),
});

/** A reaction, given or taken back. */
export const ReactionEvent = z.object({
  type: z.enum(['reaction_added', 'reaction_removed']),
  user: z.string(),
  reaction: z.string(),
  item: z.object({ type: z.string(), channel: z.string().optional(), ts: z.string().optional() }),
});

/** A pin, put on or taken off. */
export const PinEvent = z.object({
  type: z.enum(['pin_added', 'pin_removed']),
  user: z.string(),
  channel_id: z.string(),
  item: z.object({ type: z.string(), message: SlackMessage.optional() }),
});

/** Somebody names the bot in a channel. */
export const MentionEvent = z.object({
  user: z.string(),
  text: z.string(),
  ts: z.string(),
  channel: z.string(),
  thread_ts: z.string().optional(),
  team: z.string().nullish(),
  user_team: z.string().nullish(),
});

/** A file was deleted, wherever it had been posted. */
export const FileDeleted = z.object({ file_id: z.string() });

/** Somebody opens the app's own page. */
export const HomeOpened = z.object({ user: z.string(), tab: z.string().default('home') });

/** Somebody came into a channel. */
export const MemberJoined = z.object({
  user: z.string(),
  channel: z.string(),
  team: z.string().nullish(),
  inviter: z.string().optional(),
  event_ts: z.string().optional(),
});

/** Somebody wrote links of ours. `unfurl_id` and `source` are there when the message has not been sent yet. */
export const LinkShared = z.object({
  user: z.string(),
  channel: z.string(),
  message_ts: z.string(),
  unfurl_id: z.string().optional(),
  source: z.string().optional(),
  links: z.array(z.object({ url: z.string() })),
});
