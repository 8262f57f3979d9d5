import type { MethodFacts } from '../facts/facts.ts';
import { refuse } from '../refusal.ts';
import type { Channel, ChannelKind, Json, State } from '../workspace/state.ts';
import type { Args } from './args.ts';

/** One call of the app, its arguments read and its scope checked. */
export interface Call {
  readonly state: State;
  readonly args: Args;
  readonly facts: MethodFacts;
  /** The app's bot user. */
  readonly by: string;
}

/** What a method does; it answers with what stands beside `ok`, or throws a refusal. */
export type Method = (call: Call) => Json;

const PREFIX: Readonly<Record<ChannelKind, string>> = {
  public: 'channels:',
  private: 'groups:',
  im: 'im:',
  mpim: 'mpim:',
};

/** Refuses when the app lacks the scope that this method needs for a conversation of this kind. */
export function needScopeFor({ state, facts }: Call, kind: ChannelKind): void {
  const fitting = facts.scopes.filter((scope) => scope.startsWith(PREFIX[kind]));
  if (fitting.length > 0) needOneOf(state, fitting);
}

/** Refuses as Slack does when none of these scopes was granted. */
export function needOneOf({ app }: State, scopes: readonly string[]): void {
  if (scopes.some((scope) => app.scopes.includes(scope))) return;
  refuse('missing_scope', { needed: scopes.join(','), provided: app.scopes.join(',') });
}

/** Refuses with the first of these errors that the method is known to answer with. */
export function refuseListed({ facts }: Call, ...errors: readonly string[]): never {
  refuse(errors.find((error) => facts.errors.includes(error)) ?? errors[0] ?? 'fatal_error');
}

/** The conversation of this id as the app sees it: a private one that it is not in does not exist for it. */
export function channelOf(call: Call, id: string): Channel {
  const channel = call.state.channels.get(id);
  if (!channel || (channel.kind !== 'public' && !channel.members.has(call.by)))
    refuseListed(call, 'channel_not_found', 'channel_canvas_creation_failed');
  needScopeFor(call, channel.kind);
  return channel;
}

/** The same, and the app must be in it and nobody may have archived it. */
export function openChannelOf(call: Call, id: string): Channel {
  const channel = channelOf(call, id);
  if (!channel.members.has(call.by)) refuse('not_in_channel');
  if (channel.archived) refuseListed(call, 'is_archived', 'restricted_action');
  return channel;
}

/** A page of a list, and the cursor to the next one: empty on the last. */
export function page<T>(
  args: Args,
  all: readonly T[],
  { normal, most }: { readonly normal: number; readonly most: number },
) {
  const asked = args.number('limit') ?? normal;
  const limit = Math.min(asked <= 0 ? normal : asked, most);
  const from = cursorAt(args.text('cursor'), all.length);
  const items = all.slice(from, from + limit);
  const next = from + limit < all.length ? Buffer.from(`offset:${from + limit}`).toString('base64') : '';
  return { items, response_metadata: { next_cursor: next } };
}

function cursorAt(cursor: string | undefined, length: number): number {
  if (cursor === undefined || cursor === '') return 0;
  const at = Number(/^offset:(\d+)$/.exec(Buffer.from(cursor, 'base64').toString('utf8'))?.[1] ?? NaN);
  if (!(at <= length)) refuse('invalid_cursor');
  return at;
}
