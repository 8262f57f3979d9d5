import { addPerson } from './seed.ts';
import type { NewPerson } from './seed.ts';
import type { State, User } from './state.ts';
import { dndObject, userObject } from './user-object.ts';

/** Tells the app that something about a person changed. */
function tellOfUser(state: State, user: User): void {
  user.updated = state.clock.now();
  state.tell({
    type: 'user_change',
    user: userObject(state, user),
    cache_ts: Math.floor(state.clock.now() / 1_000),
    event_ts: state.nextTs(),
  });
  state.changed();
}

/** Somebody new comes into the workspace. */
export function welcome(state: State, person: NewPerson): User {
  const user = addPerson(state, person);
  state.tell({
    type: 'team_join',
    user: userObject(state, user),
    cache_ts: Math.floor(state.clock.now() / 1_000),
    event_ts: state.nextTs(),
  });
  state.changed();
  return user;
}

/** Deactivates an account, or lets it in again. */
export function deactivate(state: State, user: User, deleted = true): void {
  user.deleted = deleted;
  tellOfUser(state, user);
}

/** Gives somebody another name. */
export function renameUser(state: State, user: User, name: string): void {
  user.name = name;
  user.displayName = name;
  tellOfUser(state, user);
}

/** Somebody is not to be disturbed between these instants (ms since 1970); null ends it. */
export function setDnd(state: State, user: User, dnd: User['dnd']): void {
  user.dnd = dnd;
  const { dnd_enabled, next_dnd_start_ts, next_dnd_end_ts } = dndObject(state, user);
  state.tell({
    type: 'dnd_updated_user',
    user: user.id,
    dnd_status: { dnd_enabled, next_dnd_start_ts, next_dnd_end_ts },
    event_ts: state.nextTs(),
  });
  state.changed();
}

/** Takes tokens away: from now on Slack answers `token_revoked`. */
export function revoke(state: State, which: 'bot' | 'app'): void {
  const { app } = state;
  const tokens = which === 'bot' ? app.botTokens : app.appTokens;
  for (const token of tokens) app.revoked.add(token);
  if (which === 'bot') {
    state.tell({
      type: 'tokens_revoked',
      tokens: { oauth: [], bot: [app.botUser] },
      event_ts: state.nextTs(),
    });
    app.botTokens = [];
  } else app.appTokens = [];
}

/** Revokes every token but the newest of each kind. */
export function retireTokens({ app }: State): void {
  for (const token of [...app.botTokens.slice(0, -1), ...app.appTokens.slice(0, -1)]) app.revoked.add(token);
  app.botTokens = app.botTokens.slice(-1);
  app.appTokens = app.appTokens.slice(-1);
}

/** Gives out new tokens beside those that are still good. */
export function issueTokens({ app, nextId }: State): { readonly bot: string; readonly app: string } {
  const issued = {
    bot: `xoxb-${nextId('')}-emulated-bot-token`,
    app: `xapp-1-${app.id}-${nextId('')}-emulated`,
  };
  app.botTokens = [...app.botTokens, issued.bot];
  app.appTokens = [...app.appTokens, issued.app];
  return issued;
}
