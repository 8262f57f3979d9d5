import { refuse } from '../refusal.ts';
import { directChannel } from '../workspace/channels.ts';
import { edit, messageAt, post, remove, whisper } from '../workspace/messages.ts';
import { messageObject, permalink } from '../workspace/message-object.ts';
import type { Channel, Json, Message, State } from '../workspace/state.ts';
import { isJson } from '../workspace/view-values.ts';
import { contentOf, customization } from './content.ts';
import type { Call, Method } from './method.ts';
import { channelOf, refuseListed } from './method.ts';

const LONGEST_EDIT = 4_000;

/** Where the app wants to say something; a person's id stands for their direct messages with the app. */
export function targetOf(call: Call, id: string): Channel {
  const { state, by } = call;
  const channel = /^[UW]/.test(id) ? directOf(state, by, id) : channelByIdOrName(call, id);
  if (channel.archived) refuseListed(call, 'is_archived', 'posting_to_channel_denied');
  if (channel.kind === 'im') checkDirect(call, channel);
  const mayPostAnywhere = channel.kind === 'public' && state.app.scopes.includes('chat:write.public');
  if (!channel.members.has(by) && !mayPostAnywhere) refuse('not_in_channel');
  return channel;
}

function channelByIdOrName(call: Call, id: string): Channel {
  const byName = [...call.state.channels.values()].find(({ name }) => name !== '' && `#${name}` === id);
  return channelOf(call, byName?.id ?? id);
}

function directOf(state: State, by: string, user: string): Channel {
  const person = state.users.get(user);
  if (!person || person.deleted || person.isBot) refuse('channel_not_found');
  return directChannel(state, [by, user]);
}

function checkDirect(call: Call, channel: Channel): void {
  const { state, by } = call;
  if (state.restrictions.messagesTab) refuseListed(call, 'messages_tab_disabled', 'restricted_action');
  const other = [...channel.members].find((member) => member !== by);
  if (state.users.get(other ?? '')?.deleted === true)
    refuseListed(call, 'is_archived', 'posting_to_channel_denied');
}

function threadOf({ args }: Call, channel: Channel): string | null {
  const ts = args.text('thread_ts');
  if (ts === undefined || ts === '') return null;
  const parent = messageAt(channel, ts);
  // Slack takes times of messages that are gone, and then posts outside threads.
  return parent === null ? null : (parent.threadTs ?? parent.ts);
}

const postMessage: Method = (call) => {
  const channel = targetOf(call, call.args.need('channel'));
  const { text = '', blocks, attachments, metadata } = contentOf(call);
  const message = post(call.state, channel, {
    user: call.by,
    isApp: true,
    text,
    blocks: blocks ?? null,
    attachments: attachments ?? null,
    metadata: metadata ?? null,
    threadTs: threadOf(call, channel),
    isBroadcast: call.args.flag('reply_broadcast'),
    more: customization(call),
  });
  return { channel: channel.id, ts: message.ts, message: messageObject(call.state, channel, message, true) };
};

function ownMessage(call: Call, error: string): { readonly channel: Channel; readonly message: Message } {
  const channel = channelOf(call, call.args.need('channel'));
  const message = messageAt(channel, call.args.need('ts')) ?? refuse('message_not_found');
  if (!message.isApp || message.user !== call.by || message.subtype !== null) refuse(error);
  return { channel, message };
}

const update: Method = (call) => {
  const { channel, message } = ownMessage(call, 'cant_update_message');
  if (channel.archived) refuse('is_inactive');
  const { text, blocks, attachments, metadata } = contentOf(call);
  if ((text ?? '').length > LONGEST_EDIT) refuse('msg_too_long');
  edit(
    call.state,
    { channel, message, by: call.by },
    {
      ...(text === undefined ? {} : { text }),
      ...(blocks === undefined ? {} : { blocks: blocks.length === 0 ? null : blocks }),
      ...(attachments === undefined ? {} : { attachments: attachments.length === 0 ? null : attachments }),
      ...(metadata === undefined ? {} : { metadata }),
    },
  );
  return {
    channel: channel.id,
    ts: message.ts,
    text: message.text,
    message: messageObject(call.state, channel, message, true),
  };
};

const remove_: Method = (call) => {
  const { channel, message } = ownMessage(call, 'cant_delete_message');
  remove(call.state, channel, message);
  return { channel: channel.id, ts: message.ts };
};

const postEphemeral: Method = (call) => {
  const { state, args } = call;
  const channel = targetOf(call, args.need('channel'));
  const user = args.need('user');
  if (!channel.members.has(user)) refuse('user_not_in_channel');
  const { text = '', blocks } = contentOf(call);
  const threadTs = args.text('thread_ts') ?? null;
  return {
    message_ts: whisper(state, { user, channel: channel.id, text, blocks: blocks ?? null, threadTs }),
  };
};

const getPermalink: Method = (call) => {
  const channel = channelOf(call, call.args.need('channel'));
  const message = messageAt(channel, call.args.need('message_ts')) ?? refuse('message_not_found');
  return { channel: channel.id, permalink: permalink(call.state, channel.id, message) };
};

const unfurl: Method = (call) => {
  const { state, args } = call;
  const id = args.text('channel') ?? refuse('missing_channel');
  const ts = args.text('ts') ?? refuse('missing_ts');
  const unfurls = args.json('unfurls') ?? refuse('missing_unfurls');
  const channel = state.channels.get(id) ?? refuse('cannot_find_channel');
  const message = messageAt(channel, ts) ?? refuse('cannot_find_message');
  if (!isJson(unfurls) || !Object.values(unfurls).every(isJson)) refuse('invalid_unfurls_format');
  const urls = Object.keys(unfurls);
  if (!urls.every((url) => message.text.includes(url.replaceAll('&', '&amp;')))) refuse('cannot_unfurl_url');
  const shown = Object.entries(unfurls).map(([url, one], i): Json => ({
    id: i + 1,
    ...(isJson(one) ? one : {}),
    from_url: url,
    is_app_unfurl: true,
    app_id: state.app.id,
  }));
  edit(state, { channel, message, by: call.by }, { attachments: shown, isQuiet: true });
  return {};
};

/** `chat.*` that acts at once. */
export const CHAT: Readonly<Record<string, Method>> = {
  'chat.postMessage': postMessage,
  'chat.update': update,
  'chat.delete': remove_,
  'chat.postEphemeral': postEphemeral,
  'chat.getPermalink': getPermalink,
  'chat.unfurl': unfurl,
};
