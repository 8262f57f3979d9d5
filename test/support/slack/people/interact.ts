import type { Carry } from '../delivery/delivery.ts';
import type { Json, State } from '../workspace/state.ts';

/** How people's doings reach the app. */
export interface Outgoing {
  readonly state: State;
  readonly carry: Carry;
  /** Answers once the events that are under way were acknowledged. */
  readonly settled: () => Promise<void>;
  readonly commands: readonly CommandSpec[];
  readonly shortcuts: readonly ShortcutSpec[];
  /** Links of these hosts make a `link_shared`. */
  readonly unfurlDomains: readonly string[];
}

/** A slash command of the manifest. */
export interface CommandSpec {
  /** With its slash. */
  readonly command: string;
  readonly shouldEscape?: boolean;
}

/** A shortcut of the manifest. */
export interface ShortcutSpec {
  readonly callbackId: string;
  readonly type: 'global' | 'message';
  readonly name?: string;
}

/** What the app answered; else what Slack tells the person, never trying again. */
export type Answered =
  | { readonly error: null; readonly ack: Json }
  | { readonly error: 'operation_timeout' | 'dispatch_failed'; readonly ack: null };

/** Brings what a person did to the app and waits for its acknowledgement. */
export async function interact(
  { carry }: Outgoing,
  type: 'slash_commands' | 'interactive',
  payload: Json,
): Promise<Answered> {
  const delivered = await carry({ type, payload, retry: null });
  switch (delivered.kind) {
    case 'acked':
      return { error: null, ack: delivered.payload };
    case 'timeout':
      return { error: 'operation_timeout', ack: null };
    case 'failed':
      return { error: 'dispatch_failed', ack: null };
  }
}

/** What every interaction says about where and who it is. */
export function whoAndWhere({ team, app, users }: State, user: string): Json {
  const person = users.get(user);
  const teamId = person?.teamId ?? team.id;
  return {
    user: { id: user, username: person?.name, name: person?.name, team_id: teamId },
    team: { id: team.id, domain: team.domain },
    enterprise: null,
    is_enterprise_install: false,
    api_app_id: app.id,
    token: app.verificationToken,
  };
}
