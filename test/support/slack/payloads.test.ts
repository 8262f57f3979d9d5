import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { sharedFile, WITHOUT_DATA } from '../shared-data.ts';
import { connect } from './delivery/socket-client.ts';
import { channel, world } from './web-api/sdk-world.ts';
import type { Json } from './workspace/state.ts';
import { isJson } from './workspace/view-values.ts';

const Samples = z.object({
  samples: z.record(z.string(), z.array(z.object({ payload: z.record(z.string(), z.unknown()) }))),
});
const Shapes = z.object({
  events: z.record(z.string(), z.unknown()),
  interactive: z.record(z.string(), z.unknown()),
  api: z.record(z.string(), z.unknown()),
});

function read<T>(name: string, type: z.ZodType<T>): T | null {
  const file = sharedFile('slack', name);
  return file === null ? null : type.parse(JSON.parse(readFileSync(file, 'utf8')));
}

const samples = read('payload-samples.json', Samples)?.samples ?? {};
const shapes = read('payload-shapes.json', Shapes);

/** Fields of Enterprise Grid, of long ago, of those who were brought by somebody, or of what only a hint of the sample's own message brought along. */
const NOT_OURS =
  /enterprise|authed_|^inviter$|is_ext_shared|event_context|bot_access_token|^client_msg_id$|^thumb_|^original_|permalink_public/;

const EVENT_SHAPES: Readonly<Record<string, string>> = {
  app_home_opened: 'AppHomeOpened',
  app_mention: 'AppMention',
  channel_archive: 'ChannelArchive',
  channel_rename: 'ChannelRename',
  dnd_updated_user: 'DndUpdatedUser',
  file_shared: 'FileShared',
  link_shared: 'LinkShared',
  member_joined_channel: 'MemberJoinedChannel',
  member_left_channel: 'MemberLeftChannel',
  message: 'Message',
  'message/channel_join': 'MessageChannelJoin',
  'message/file_share': 'MessageFileShare',
  'message/message_changed': 'MessageChanged',
  'message/message_deleted': 'MessageDeleted',
  pin_added: 'PinAdded',
  pin_removed: 'PinRemoved',
  reaction_added: 'ReactionAdded',
  reaction_removed: 'ReactionRemoved',
  subteam_members_changed: 'SubteamMembersChanged',
  team_join: 'TeamJoin',
  user_change: 'UserChange',
};
const INTERACTION_SHAPES: Readonly<Record<string, string>> = {
  block_actions: 'BlockAction',
  message_action: 'MessageShortcut',
  slash_commands: 'SlashCommand',
  view_closed: 'ViewClosed',
  view_submission: 'ViewSubmission',
};

/** What a payload is called in the recordings. */
function kindOf(type: unknown, payload: Json): string {
  const event = payload['event'];
  if (isJson(event)) return [event['type'], event['subtype']].filter(Boolean).join('/');
  return type === 'slash_commands' ? 'slash_commands' : String(payload['type']);
}

/** Everything that Slack sends while a workspace lives through a day, by kind. */
async function aDay(): Promise<ReadonlyMap<string, Json>> {
  const here = await world({ unfurlDomains: ['firebell.example.com'] });
  const { slack, web } = here;
  const socket = await connect(here);
  const { workspace } = slack;
  const ana = workspace.person('ana');
  const room = await channel(here);
  await ana.joins(room);
  const said = await ana.says(room, '@firebell see https://firebell.example.com/incidents/1', {
    files: [{ name: 'log.txt', content: 'x' }],
  });
  await ana.says(room, 'plain words');
  const words = await ana.says(room, 'to be changed');
  await ana.edits(words, 'changed');
  await ana.pins(words);
  await ana.unpins(words);
  await ana.reacts(words, 'eyes');
  await ana.unreacts(words, 'eyes');
  await ana.deletes(words);
  await ana.opensHome();
  await workspace.welcomes({ name: 'nina' });
  await workspace.renames('nina', 'nina.b');
  await workspace.doNotDisturb('nina.b', 60_000);
  const { usergroup } = await web.usergroups.create({ name: 'On call', handle: 'oncall' });
  await web.usergroups.users.update({ usergroup: usergroup?.id ?? '', users: 'U0ANA' });
  await ana.types('/inc list', { channel: room });
  await ana.uses('declare_incident');
  await ana.uses('add_to_timeline', said);
  const text = { type: 'plain_text' as const, text: 'Acknowledge' };
  await web.chat.postMessage({
    channel: room,
    text: 'a page',
    blocks: [{ type: 'actions', elements: [{ type: 'button', action_id: 'ack', value: '1', text }] }],
  });
  await ana.clicks(workspace.messages(room).find((one) => one.text === 'a page') ?? said, 'ack');
  const trigger = socket.frames.findLast(({ type }) => type === 'interactive');
  const trigger_id = String(
    (trigger as { payload?: { trigger_id?: string } } | undefined)?.payload?.trigger_id,
  );
  const label = { type: 'plain_text' as const, text: 'Title' };
  const input = {
    type: 'input' as const,
    label,
    element: { type: 'plain_text_input' as const, action_id: 'a' },
  };
  const view = {
    type: 'modal' as const,
    title: label,
    submit: label,
    blocks: [input],
    notify_on_close: true,
  };
  await web.views.open({ trigger_id, view });
  await ana.submits({ Title: 'Checkout is down' });
  await ana.uses('declare_incident');
  const again = socket.frames.findLast(({ type }) => type === 'interactive');
  await web.views.open({
    trigger_id: String((again as { payload?: { trigger_id?: string } } | undefined)?.payload?.trigger_id),
    view,
  });
  await ana.closes();
  await ana.leaves(room);
  await web.conversations.rename({ channel: room, name: 'inc-1-checkout' });
  await web.conversations.archive({ channel: room });
  await slack.settled();
  const sent = new Map<string, Json>();
  for (const { type, payload } of socket.frames as readonly { type?: unknown; payload?: Json }[])
    if (payload) sent.set(kindOf(type, payload), payload);
  return sent;
}

/** Where the types differ from what was recorded; fields that either side lacks say nothing. */
function differing(ours: unknown, theirs: unknown, at: string): readonly string[] {
  if (theirs === 'any' || ours === null || ours === undefined || theirs === undefined) return [];
  if (Array.isArray(theirs))
    return Array.isArray(ours)
      ? ours.flatMap((one, i) => differing(one, theirs[0], `${at}/${i}`))
      : [`${at} is no list`];
  if (isJson(theirs)) {
    if (Object.keys(theirs).length === 0) return [];
    if (!isJson(ours)) return [`${at} is no object`];
    return Object.keys(ours).flatMap((name) => differing(ours[name], theirs[name], `${at}/${name}`));
  }
  // Commands come as a form, in which there are words only.
  if (at === 'slash_commands/is_enterprise_install') return [];
  return typeof ours === theirs ? [] : [`${at} is ${typeof ours}, not ${JSON.stringify(theirs)}`];
}

/** Fields that every recording has and ours lacks. */
function lacking(ours: unknown, theirs: readonly unknown[], at: string): readonly string[] {
  const all = theirs.filter(isJson);
  const [first] = all;
  if (!first || all.length < theirs.length || !isJson(ours)) return [];
  return Object.keys(first)
    .filter((name) => all.every((one) => name in one) && !NOT_OURS.test(name))
    .flatMap((name) =>
      name in ours
        ? lacking(
            ours[name],
            all.map((one) => one[name]),
            `${at}/${name}`,
          )
        : [`${at}/${name} is missing`],
    );
}

describe('what the emulator sends', () => {
  it('comes in every kind that an app lives by', async () => {
    const sent = await aDay();

    const expected = [...Object.keys(EVENT_SHAPES), ...Object.keys(INTERACTION_SHAPES), 'shortcut'];
    expect(expected.filter((kind) => !sent.has(kind))).toEqual([]);
  });

  it.skipIf(shapes === null)(
    shapes === null ? WITHOUT_DATA : 'has the types that Slack was seen to send',
    async () => {
      const sent = await aDay();

      for (const [kind, name] of Object.entries(EVENT_SHAPES))
        expect(differing(sent.get(kind), shapes?.events[name], kind), kind).toEqual([]);
      for (const [kind, name] of Object.entries(INTERACTION_SHAPES))
        expect(differing(sent.get(kind), shapes?.interactive[name], kind), kind).toEqual([]);
    },
  );

  it.skipIf(shapes === null)(
    shapes === null ? WITHOUT_DATA : 'lacks nothing that every recording has',
    async () => {
      const sent = await aDay();
      const recorded = Object.entries(samples).map(
        ([name, list]) =>
          [name.replace('event_callback:', '').replace('slash_command', 'slash_commands'), list] as const,
      );

      const compared = recorded.filter(([kind]) => sent.has(kind));
      expect(compared.length).toBeGreaterThan(12);
      for (const [kind, list] of compared)
        expect(
          lacking(
            sent.get(kind),
            list.map(({ payload }) => payload),
            kind,
          ),
          kind,
        ).toEqual([]);
    },
  );

  it.skipIf(shapes === null)(
    shapes === null ? WITHOUT_DATA : 'answers in the types that Slack was seen to answer in',
    async () => {
      const here = await world();
      const { slack, web } = here;
      const room = await channel(here);
      const { ts = '' } = await web.chat.postMessage({ channel: room, text: 'open' });
      await web.pins.add({ channel: room, timestamp: ts });
      await web.reactions.add({ channel: room, timestamp: ts, name: 'eyes' });
      await web.bookmarks.add({ channel_id: room, title: 'Card', type: 'link', link: 'https://e.example/1' });
      await Promise.all([
        web.auth.test(),
        web.team.info({}),
        web.bots.info({}),
        web.users.info({ user: 'U0ANA' }),
        web.users.list({}),
        web.users.conversations({}),
        web.conversations.list({}),
        web.conversations.info({ channel: room }),
        web.conversations.members({ channel: room }),
        web.conversations.history({ channel: room }),
        web.conversations.open({ users: 'U0ANA', return_im: true }),
        web.conversations.setTopic({ channel: room, topic: 'SEV1' }),
        web.chat.update({ channel: room, ts, text: 'resolved' }),
        web.chat.getPermalink({ channel: room, message_ts: ts }),
        web.pins.list({ channel: room }),
        web.reactions.get({ channel: room, timestamp: ts }),
        web.bookmarks.list({ channel_id: room }),
        web.dnd.info({ user: 'U0ANA' }),
        web.usergroups.list({}),
      ]);

      for (const { method, answer } of slack.calls.all)
        expect(differing(answer, shapes?.api[method], method), method).toEqual([]);
    },
  );
});
