import { refuse } from '../refusal.ts';
import { post } from '../workspace/messages.ts';
import type { Scheduled, State } from '../workspace/state.ts';
import { targetOf } from './chat.ts';
import { contentOf } from './content.ts';
import type { Content } from './content.ts';
import type { Call, Method } from './method.ts';
import { channelOf, page } from './method.ts';

const LONGEST_AHEAD_S = 120 * 24 * 3_600;
const MOST_IN_FIVE_MINUTES = 30;
const FIVE_MINUTES_S = 300;
/** A message that is so near is not taken back any more. */
const TOO_LATE_S = 60;

const scheduleMessage: Method = (call) => {
  const { state, args } = call;
  const channel = targetOf(call, args.need('channel'));
  const postAt = args.number('post_at') ?? refuse('invalid_time');
  const now = Math.floor(state.clock.now() / 1_000);
  if (postAt <= now) refuse('time_in_past');
  if (postAt > now + LONGEST_AHEAD_S) refuse('time_too_far');
  const near = [...state.scheduled.values()].filter(
    (one) => one.channel === channel.id && Math.abs(one.postAt - postAt) < FIVE_MINUTES_S,
  );
  if (near.length >= MOST_IN_FIVE_MINUTES) refuse('restricted_too_many');
  const content = contentOf(call);
  const id = state.nextId('Q');
  const callOff = state.clock.after(postAt * 1_000 - state.clock.now(), () => send(state, id, content));
  state.scheduled.set(id, { id, channel: channel.id, postAt, created: now, args: args.all, callOff });
  state.changed();
  const message = {
    type: 'delayed_message',
    text: content.text ?? '',
    user: call.by,
    bot_id: state.app.botId,
    app_id: state.app.id,
    team: state.team.id,
    ...(content.blocks === undefined ? {} : { blocks: content.blocks }),
  };
  return { channel: channel.id, scheduled_message_id: id, post_at: postAt, message };
};

/** Slack sends it itself, whatever has become of the app meanwhile. */
function send(state: State, id: string, { text = '', blocks, attachments, metadata }: Content): void {
  const due = state.scheduled.get(id);
  const channel = state.channels.get(due?.channel ?? '');
  state.scheduled.delete(id);
  if (!due || !channel || channel.archived) return;
  const thread = due.args['thread_ts'];
  post(state, channel, {
    user: state.app.botUser,
    isApp: true,
    text,
    blocks: blocks ?? null,
    attachments: attachments ?? null,
    metadata: metadata ?? null,
    threadTs: typeof thread === 'string' ? thread : null,
  });
}

const deleteScheduledMessage: Method = (call) => {
  const { state, args } = call;
  const channel = channelOf(call, args.need('channel'));
  const found = state.scheduled.get(args.need('scheduled_message_id'));
  const isNear = found !== undefined && found.postAt * 1_000 - state.clock.now() < TOO_LATE_S * 1_000;
  if (!found || found.channel !== channel.id || isNear) refuse('invalid_scheduled_message_id');
  found.callOff();
  state.scheduled.delete(found.id);
  state.changed();
  return {};
};

const list: Method = (call) => {
  const { state, args } = call;
  const wanted = args.text('channel');
  if (wanted !== undefined && !state.channels.has(wanted)) refuse('invalid_channel');
  const fits = (one: Scheduled): boolean =>
    (wanted ?? one.channel) === one.channel && within(call, one.postAt);
  const all = [...state.scheduled.values()].filter(fits).toSorted((a, b) => a.postAt - b.postAt);
  const { items, response_metadata } = page(args, all, { normal: 100, most: 100 });
  const shown = items.map(({ id, channel, postAt, created, args: given }) => ({
    id,
    channel_id: channel,
    post_at: postAt,
    date_created: created,
    text: given['text'] ?? '',
  }));
  return { scheduled_messages: shown, response_metadata };
};

function within({ args }: Call, at: number): boolean {
  return at >= Number(args.text('oldest') ?? 0) && at <= Number(args.text('latest') ?? Infinity);
}

/** `chat.*` that has to do with messages of later. */
export const SCHEDULED: Readonly<Record<string, Method>> = {
  'chat.scheduleMessage': scheduleMessage,
  'chat.deleteScheduledMessage': deleteScheduledMessage,
  'chat.scheduledMessages.list': list,
};
