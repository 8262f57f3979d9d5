import { randomBytes } from 'node:crypto';
import { fillBlockIds } from './block-ids.ts';
import { initialValues } from './view-values.ts';
import type { Json, State, View } from './state.ts';

/** How many modals lie on each other at most. */
export const STACK_DEPTH = 3;
const TRIGGER_LIVES_MS = 3_000;

/** What an interaction gives the app to open a modal with: once, within three seconds. */
export function makeTrigger(state: State, user: string, viewId: string | null = null): string {
  const id = `${state.clock.now()}.${state.nextId('').toLowerCase()}.${randomBytes(8).toString('hex')}`;
  state.triggers.set(id, { user, until: state.clock.now() + TRIGGER_LIVES_MS, viewId, used: false });
  return id;
}

/** A view as it is stored; nobody sees it yet. */
export function makeView(
  state: State,
  body: Json,
  { user, previous = null }: { readonly user: string; readonly previous?: View | null },
): View {
  const id = state.nextId('V');
  return {
    id,
    user,
    type: body['type'] === 'home' ? 'home' : 'modal',
    body: withIds(body),
    hash: newHash(state),
    rootId: previous?.rootId ?? id,
    previousId: previous?.id ?? null,
  };
}

/** Lays a modal on top of what this person has in front of them. */
export function showModal(state: State, view: View): void {
  state.views.set(view.id, view);
  state.openViews.set(view.user, view.id);
  state.changed();
}

/** Replaces what a view shows. */
export function changeView(state: State, view: View, body: Json): void {
  view.body = withIds(body);
  view.hash = newHash(state);
  state.changed();
}

/** Closes the topmost modal: the one below is seen again. */
export function closeTop(state: State, user: string): void {
  const top = topModal(state, user);
  if (!top) return;
  state.views.delete(top.id);
  if (top.previousId === null) state.openViews.delete(user);
  else state.openViews.set(user, top.previousId);
  state.changed();
}

/** Closes all modals of this person. */
export function closeAll(state: State, user: string): void {
  for (const { id } of [...state.views.values()].filter((view) => view.user === user)) state.views.delete(id);
  state.openViews.delete(user);
  state.changed();
}

/** The modal that this person looks at. */
export function topModal(state: State, user: string): View | null {
  return state.views.get(state.openViews.get(user) ?? '') ?? null;
}

function withIds(body: Json): Json {
  const blocks = body['blocks'];
  return Array.isArray(blocks) ? { ...body, blocks: fillBlockIds(blocks as readonly Json[]) } : body;
}

function newHash(state: State): string {
  return `${Math.floor(state.clock.now() / 1_000)}.${randomBytes(4).toString('hex')}`;
}

/** A view as the Web API and interactions show it. `values` is what is filled in. */
export function viewObject({ app, team }: State, view: View, values: Json = initialValues(view.body)): Json {
  const { body } = view;
  return {
    id: view.id,
    team_id: team.id,
    type: view.type,
    blocks: body['blocks'] ?? [],
    private_metadata: body['private_metadata'] ?? '',
    callback_id: body['callback_id'] ?? '',
    state: { values },
    hash: view.hash,
    title: body['title'] ?? { type: 'plain_text', text: 'View Title', emoji: true },
    clear_on_close: body['clear_on_close'] ?? false,
    notify_on_close: body['notify_on_close'] ?? false,
    close: body['close'] ?? null,
    submit: body['submit'] ?? null,
    previous_view_id: view.previousId,
    root_view_id: view.rootId,
    app_id: app.id,
    external_id: body['external_id'] ?? '',
    app_installed_team_id: team.id,
    bot_id: app.botId,
  };
}
