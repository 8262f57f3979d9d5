import { randomBytes } from 'node:crypto';
import { problemsOfBlocks } from './blocks/check.ts';
import { edit, messageAt, post, remove, whisper } from './workspace/messages.ts';
import type { Channel, Json, Message, ResponseUrl, State } from './workspace/state.ts';

const MOST_USES = 5;
const LIVES_MS = 30 * 60_000;

/** An address at which the app may answer an interaction: five times within half an hour. */
export function makeResponseUrl(
  state: State,
  kind: 'commands' | 'actions' | 'app',
  {
    user,
    channel,
    ts = null,
  }: { readonly user: string; readonly channel: string; readonly ts?: string | null },
): string {
  const id = randomBytes(12).toString('hex');
  state.responseUrls.set(id, { user, channel, ts, until: state.clock.now() + LIVES_MS, uses: 0 });
  return `${state.url()}/${kind}/${state.team.id}/${id}`;
}

/** What is answered to a post to such an address. */
export interface Responded {
  readonly status: number;
  readonly body: Json;
}

/** Takes what the app posts to a response URL. */
export function respond(state: State, id: string, body: Json): Responded {
  const url = state.responseUrls.get(id);
  if (!url) return no('invalid_response_url');
  if (state.clock.now() >= url.until) return no('expired_url');
  if (url.uses >= MOST_USES) return no('used_url');
  url.uses += 1;
  const error = say(state, url, body);
  return error === null ? { status: 200, body: { ok: true } } : no(error);
}

function no(error: string): Responded {
  return { status: 404, body: { ok: false, error } };
}

/** Says what an acknowledgement or a response URL carries. Answers with what is wrong with it. */
export function say(
  state: State,
  { user, channel: channelId, ts }: Pick<ResponseUrl, 'user' | 'channel' | 'ts'>,
  body: Json,
): string | null {
  const channel = state.channels.get(channelId);
  if (!channel) return 'channel_not_found';
  const message = ts === null ? null : messageAt(channel, ts);
  if (body['delete_original'] === true) {
    if (message) remove(state, channel, message);
    else forget(state, ts);
    return null;
  }
  const said = read(body);
  if (typeof said === 'string') return said;
  if (body['replace_original'] === true && ts !== null) return replace(state, { channel, message, ts }, said);
  const threadTs = typeof body['thread_ts'] === 'string' ? body['thread_ts'] : null;
  if (body['response_type'] === 'in_channel')
    post(state, channel, { user: state.app.botUser, isApp: true, ...said, threadTs });
  else whisper(state, { user, channel: channel.id, ...said, threadTs });
  return null;
}

interface Said {
  readonly text: string;
  readonly blocks: readonly Json[] | null;
}

function read(body: Json): Said | string {
  const { text, blocks } = body;
  const list = Array.isArray(blocks) ? (blocks as readonly Json[]) : null;
  if (blocks !== undefined && list === null) return 'invalid_blocks_format';
  if (list !== null && problemsOfBlocks(list).length > 0) return 'invalid_blocks';
  const words = typeof text === 'string' ? text : '';
  return words.trim() === '' && (list ?? []).length === 0 ? 'no_text' : { text: words, blocks: list };
}

function replace(
  state: State,
  {
    channel,
    message,
    ts,
  }: { readonly channel: Channel; readonly message: Message | null; readonly ts: string },
  said: Said,
): string | null {
  if (message) {
    edit(state, { channel, message, by: state.app.botUser }, said);
    return null;
  }
  const at = state.ephemerals.findIndex((one) => one.ts === ts);
  const shown = state.ephemerals[at];
  if (!shown) return 'message_not_found';
  state.ephemerals[at] = { ...shown, ...said };
  state.changed();
  return null;
}

function forget(state: State, ts: string | null): void {
  const at = state.ephemerals.findIndex((one) => one.ts === ts);
  if (at >= 0) state.ephemerals.splice(at, 1);
  state.changed();
}
