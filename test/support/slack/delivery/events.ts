import type { SlackClock } from '../clock.ts';
import type { Channel, Json, State } from '../workspace/state.ts';
import type { Carry, Delivered } from './delivery.ts';

/** After the first try Slack tries again at once, after a minute and after five. */
const RETRY_AFTER_MS = [0, 60_000, 300_000];

/** The scope without which an app is not told of these. */
const SCOPES: Readonly<Record<string, string>> = {
  'message.channels': 'channels:history',
  'message.groups': 'groups:history',
  'message.im': 'im:history',
  'message.mpim': 'mpim:history',
  app_mention: 'app_mentions:read',
  channel_archive: 'channels:read',
  channel_created: 'channels:read',
  channel_deleted: 'channels:read',
  channel_rename: 'channels:read',
  channel_unarchive: 'channels:read',
  group_archive: 'groups:read',
  group_deleted: 'groups:read',
  group_rename: 'groups:read',
  group_unarchive: 'groups:read',
  dnd_updated_user: 'dnd:read',
  file_deleted: 'files:read',
  file_shared: 'files:read',
  link_shared: 'links:read',
  pin_added: 'pins:read',
  pin_removed: 'pins:read',
  reaction_added: 'reactions:read',
  reaction_removed: 'reactions:read',
  subteam_created: 'usergroups:read',
  subteam_members_changed: 'usergroups:read',
  subteam_updated: 'usergroups:read',
  team_join: 'users:read',
  user_change: 'users:read',
};

const MESSAGE_KINDS = { public: 'channels', private: 'groups', im: 'im', mpim: 'mpim' } as const;
/** Told to apps that are not in the channel. */
const TOLD_TO_ALL = /^(channel|group)_(archive|unarchive|rename|created|deleted)$/;

/** Tells the app what happens: only what it subscribed to, has the scope for, and is present at. */
export class Events {
  readonly #state: State;
  readonly #carry: Carry;
  readonly #clock: SlackClock;
  readonly #subscribed: ReadonlySet<string>;
  readonly #underway = new Set<Promise<unknown>>();

  constructor(
    state: State,
    { carry, subscribed }: { readonly carry: Carry; readonly subscribed: readonly string[] },
  ) {
    this.#state = state;
    this.#carry = carry;
    this.#clock = state.clock;
    this.#subscribed = new Set(subscribed);
  }

  /** Sends the event unless the app is not to have it. */
  tell(event: Json & { readonly type: string }, channel: Channel | undefined): void {
    if (!this.#isFor(event, channel)) return;
    const { state, id } = { state: this.#state, id: this.#state.nextId('Ev') };
    const payload = {
      token: state.app.verificationToken,
      team_id: state.team.id,
      context_team_id: state.team.id,
      context_enterprise_id: null,
      api_app_id: state.app.id,
      event,
      type: 'event_callback',
      event_id: id,
      event_time: Math.floor(this.#clock.now() / 1_000),
      authorizations: [
        {
          enterprise_id: null,
          team_id: state.team.id,
          user_id: state.app.botUser,
          is_bot: true,
          is_enterprise_install: false,
        },
      ],
      is_ext_shared_channel: channel?.isShared ?? false,
      event_context: `4-${Buffer.from(`${id}:${channel?.id ?? ''}`).toString('base64url')}`,
    };
    this.#try(payload, 0, '');
  }

  /** Answers once every event that is under way was acknowledged or has failed for now. */
  async settled(): Promise<void> {
    while (this.#underway.size > 0) await Promise.all(this.#underway);
  }

  #try(payload: Json, attempt: number, reason: string): void {
    const retry = attempt === 0 ? null : { attempt, reason };
    const done = this.#carry({ type: 'events_api', payload, retry }).then((delivered) =>
      this.#again(payload, attempt, delivered),
    );
    this.#underway.add(done);
    void done.finally(() => this.#underway.delete(done));
  }

  #again(payload: Json, attempt: number, delivered: Delivered): void {
    const afterMs = RETRY_AFTER_MS[attempt];
    if (delivered.kind === 'acked' || afterMs === undefined) return;
    if (delivered.kind === 'failed' && delivered.isLast === true) return;
    const reason = delivered.kind === 'timeout' ? 'timeout' : delivered.reason;
    if (afterMs === 0) this.#try(payload, attempt + 1, reason);
    else this.#clock.after(afterMs, () => this.#try(payload, attempt + 1, reason));
  }

  #isFor(event: { readonly type: string }, channel: Channel | undefined): boolean {
    const name = event.type === 'message' && channel ? `message.${MESSAGE_KINDS[channel.kind]}` : event.type;
    const scope = SCOPES[name];
    if (!this.#subscribed.has(name)) return false;
    if (scope !== undefined && !this.#state.app.scopes.includes(scope)) return false;
    if (!channel || channel.members.has(this.#state.app.botUser)) return true;
    return (
      channel.kind === 'public' &&
      (TOLD_TO_ALL.test(name) || name === 'link_shared' || name === 'app_mention')
    );
  }
}
