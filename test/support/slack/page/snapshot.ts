import type { Outgoing } from '../people/interact.ts';
import { directChannel } from '../workspace/channels.ts';
import type { Channel, Json, State, User } from '../workspace/state.ts';
import { topModal, viewObject } from '../workspace/views.ts';

/** Everything that the page shows to one person. */
export function snapshot({ state, commands, shortcuts }: Outgoing, as: string, where: string): Json {
  const direct = directChannel(state, [state.app.botUser, as]);
  const seen = [...state.channels.values()].filter((channel) => sees(channel, as));
  const current = seen.find(({ id }) => id === where) ?? direct;
  const modal = topModal(state, as);
  const home = state.homes.get(as);
  return {
    me: as,
    bot: state.app.botUser,
    team: state.team.name,
    people: [...state.users.values()].map(({ id, displayName, realName, isBot, deleted, dnd }) => ({
      id,
      name: displayName,
      realName,
      isBot,
      deleted,
      isQuiet: dnd !== null && dnd.until > state.clock.now(),
    })),
    groups: [...state.userGroups.values()].map(({ id, handle }) => ({ id, handle })),
    channels: seen.filter(({ kind }) => kind === 'public' || kind === 'private').map(briefly),
    direct: direct.id,
    current: { ...briefly(current), messages: messagesFor(state, current, as), ...head(current) },
    commands: commands.map(({ command }) => command),
    shortcuts,
    modal: modal === null ? null : viewObject(state, modal),
    home: home === undefined ? null : viewObject(state, home),
    scheduled: [...state.scheduled.values()]
      .filter(({ channel }) => channel === current.id)
      .map(({ id, postAt, args }) => ({ id, postAt, text: args['text'] ?? '' })),
  };
}

function sees({ kind, members }: Channel, as: string): boolean {
  return kind === 'public' || members.has(as);
}

function briefly({ id, name, kind, archived, messages }: Channel): Json {
  return {
    id,
    name,
    isPrivate: kind === 'private',
    isDirect: kind === 'im',
    archived,
    last: messages.at(-1)?.ts ?? '0',
  };
}

function head({ topic, members, bookmarks, pins, canvas }: Channel): Json {
  return {
    topic: topic.value,
    members: [...members],
    bookmarks: bookmarks.map(({ title, link }) => ({ title, link })),
    pins: pins.map(({ ts }) => ts),
    hasCanvas: canvas !== null,
  };
}

function messagesFor(state: State, channel: Channel, as: string): readonly Json[] {
  const spoken = channel.messages.map((message): Json => ({
    ts: message.ts,
    user: message.user,
    text: message.text,
    subtype: message.subtype,
    blocks: message.isApp ? message.blocks : null,
    attachments: message.attachments,
    threadTs: message.threadTs,
    isEdited: message.edited !== null,
    reactions: message.reactions,
    isPinned: channel.pins.some(({ ts }) => ts === message.ts),
    files: message.files.map((id) => state.files.get(id)?.name ?? id),
    isPrivate: false,
  }));
  const whispered = state.ephemerals
    .filter((one) => one.user === as && one.channel === channel.id)
    .map(({ ts, text, blocks, threadTs }): Json => ({
      ts,
      user: state.app.botUser,
      text,
      subtype: null,
      blocks,
      attachments: null,
      threadTs,
      isEdited: false,
      reactions: [],
      isPinned: false,
      files: [],
      isPrivate: true,
    }));
  return [...spoken, ...whispered].toSorted((a, b) => Number(a['ts']) - Number(b['ts']));
}

/** Whoever the page may speak for. */
export function personNamed({ users }: State, nameOrId: string): User | null {
  const found = [...users.values()].find(({ id, name }) => id === nameOrId || name === nameOrId);
  return found && !found.isBot ? found : null;
}
