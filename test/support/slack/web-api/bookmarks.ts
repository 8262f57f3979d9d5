import { refuse } from '../refusal.ts';
import type { Bookmark, Channel, Json } from '../workspace/state.ts';
import type { Call, Method } from './method.ts';
import { channelOf } from './method.ts';

const MOST_BOOKMARKS = 100;

function ofChannel(call: Call): Channel {
  const channel = channelOf(call, call.args.text('channel_id') ?? refuse('channel_not_found'));
  if (!channel.members.has(call.by)) refuse('channel_not_found');
  return channel;
}

function checkLink(link: string | undefined): string {
  return link !== undefined && /^https?:\/\/\S+$/.test(link) ? link : refuse('invalid_link');
}

function bookmarkObject(
  { state, by }: Call,
  channel: Channel,
  { id, title, link, emoji, at, updated }: Bookmark,
): Json {
  return {
    id,
    channel_id: channel.id,
    title,
    link,
    emoji,
    icon_url: '',
    type: 'link',
    entity_id: null,
    date_created: Math.floor(at / 1_000),
    date_updated: Math.floor(updated / 1_000),
    rank: 'g',
    last_updated_by_user_id: by,
    last_updated_by_team_id: state.team.id,
    shortcut_id: null,
    app_id: null,
  };
}

const add: Method = (call) => {
  const { state, args } = call;
  const channel = ofChannel(call);
  if (args.need('type') !== 'link') refuse('invalid_bookmark_type');
  if (channel.bookmarks.length >= MOST_BOOKMARKS) refuse('too_many_bookmarks');
  const now = state.clock.now();
  const bookmark: Bookmark = {
    id: state.nextId('Bk'),
    title: args.need('title'),
    link: checkLink(args.text('link')),
    emoji: checkEmoji(args.text('emoji')),
    at: now,
    updated: 0,
  };
  channel.bookmarks.push(bookmark);
  state.changed();
  return { bookmark: bookmarkObject(call, channel, bookmark) };
};

function checkEmoji(emoji = ''): string {
  return emoji === '' || /^:[a-z0-9_+-]+:$/.test(emoji) ? emoji : refuse('invalid_emoji');
}

function found(call: Call, channel: Channel): Bookmark {
  const id = call.args.text('bookmark_id');
  return channel.bookmarks.find((one) => one.id === id) ?? refuse('not_found');
}

const edit: Method = (call) => {
  const channel = ofChannel(call);
  const bookmark = found(call, channel);
  bookmark.title = call.args.text('title') ?? bookmark.title;
  bookmark.emoji = checkEmoji(call.args.text('emoji') ?? bookmark.emoji);
  if (call.args.has('link')) bookmark.link = checkLink(call.args.text('link'));
  bookmark.updated = call.state.clock.now();
  call.state.changed();
  return { bookmark: bookmarkObject(call, channel, bookmark) };
};

const list: Method = (call) => {
  const channel = ofChannel(call);
  return { bookmarks: channel.bookmarks.map((one) => bookmarkObject(call, channel, one)) };
};

const remove: Method = (call) => {
  const channel = ofChannel(call);
  channel.bookmarks.splice(channel.bookmarks.indexOf(found(call, channel)), 1);
  call.state.changed();
  return {};
};

/** Links at the top of a channel. */
export const BOOKMARKS: Readonly<Record<string, Method>> = {
  'bookmarks.add': add,
  'bookmarks.edit': edit,
  'bookmarks.list': list,
  'bookmarks.remove': remove,
};
