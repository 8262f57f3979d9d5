import { fileInMessage } from './file-object.ts';
import type { Channel, Json, Message, State } from './state.ts';
import { botProfile } from './user-object.ts';

/** Where a message is found in a browser. */
export function permalink({ team }: State, channel: string, { ts, threadTs }: Message): string {
  const query = threadTs === null || threadTs === ts ? '' : `?thread_ts=${threadTs}&cid=${channel}`;
  return `https://${team.domain}.slack.com/archives/${channel}/p${ts.replace('.', '')}${query}`;
}

/** A message as events and the Web API show it. Metadata only where it was asked for. */
export function messageObject(state: State, channel: Channel, message: Message, withMetadata = false): Json {
  const { app, team } = state;
  const pinned = channel.pins.some(({ ts }) => ts === message.ts);
  return {
    type: 'message',
    ...(message.subtype === null ? {} : { subtype: message.subtype }),
    ...(message.clientMsgId === null ? {} : { client_msg_id: message.clientMsgId }),
    user: message.user,
    text: message.text,
    ts: message.ts,
    team: state.users.get(message.user)?.teamId ?? team.id,
    ...(message.isApp ? { bot_id: app.botId, app_id: app.id, bot_profile: botProfile(state) } : {}),
    ...(message.blocks === null ? {} : { blocks: message.blocks }),
    ...(message.attachments === null ? {} : { attachments: message.attachments }),
    ...(withMetadata && message.metadata !== null ? { metadata: message.metadata } : {}),
    ...(message.edited === null ? {} : { edited: message.edited }),
    ...filesOf(state, message),
    ...threadOf(channel, message),
    ...(message.reactions.length === 0
      ? {}
      : {
          reactions: message.reactions.map(({ name, users }) => ({
            name,
            users: [...users],
            count: users.length,
          })),
        }),
    ...(pinned ? { pinned_to: [channel.id] } : {}),
    ...message.more,
  };
}

function filesOf(state: State, { files }: Message): Json {
  if (files.length === 0) return {};
  const objects = files.flatMap((id) => {
    const file = state.files.get(id);
    return file ? [fileInMessage(state, file)] : [];
  });
  return { files: objects, upload: true, display_as_bot: false };
}

function threadOf(channel: Channel, message: Message): Json {
  if (message.threadTs !== null) {
    const parent = channel.messages.find(({ ts }) => ts === message.threadTs);
    return { thread_ts: message.threadTs, ...(parent ? { parent_user_id: parent.user } : {}) };
  }
  const replies = repliesTo(channel, message.ts);
  if (replies.length === 0) return {};
  const users = [...new Set(replies.map(({ user }) => user))];
  return {
    thread_ts: message.ts,
    reply_count: replies.length,
    reply_users_count: users.length,
    latest_reply: replies.at(-1)?.ts,
    reply_users: users,
    is_locked: false,
    subscribed: false,
  };
}

/** What was answered in the thread of this message, oldest first. */
export function repliesTo(channel: Channel, ts: string): readonly Message[] {
  return channel.messages.filter(({ threadTs }) => threadTs === ts);
}
