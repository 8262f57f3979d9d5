import { LARGEST_VIEW, problemsOfView } from '../blocks/check-view.ts';
import { refuse, refuseArguments } from '../refusal.ts';
import type { Json, State, Trigger, View } from '../workspace/state.ts';
import {
  changeView,
  closeAll,
  makeView,
  showModal,
  STACK_DEPTH,
  topModal,
  viewObject,
} from '../workspace/views.ts';
import { isJson } from '../workspace/view-values.ts';
import type { Call, Method } from './method.ts';

/** The view of a call, checked as Slack checks it. */
function bodyOf({ args, state }: Call, type: 'modal' | 'home', replaced?: View): Json {
  const view = args.json('view');
  checkBody(state, view, { type, ...(replaced ? { replaced } : {}) });
  return view as Json;
}

/** Refuses a view that Slack would refuse, wherever it comes from. */
export function checkBody(
  state: State,
  view: unknown,
  { type, replaced }: { readonly type: 'modal' | 'home'; readonly replaced?: View },
): void {
  if (JSON.stringify(view ?? '').length > LARGEST_VIEW) refuse('view_too_large');
  const problems = problemsOfView(view, type);
  if (problems.length > 0) refuseArguments(...problems);
  const external = isJson(view) ? view['external_id'] : undefined;
  const all = [...state.views.values(), ...state.homes.values()];
  const isTaken = all.some(
    (one) => one !== replaced && external !== '' && one.body['external_id'] === external,
  );
  if (external !== undefined && isTaken) refuse('duplicate_external_id');
}

function triggerOf({ args, state }: Call): Trigger {
  const id = args.text('trigger_id') ?? refuseArguments('missing required field: trigger_id');
  const trigger = state.triggers.get(id) ?? refuse('invalid_trigger_id');
  if (trigger.used) refuse('exchanged_trigger_id');
  if (state.clock.now() >= trigger.until) refuse('expired_trigger_id');
  return trigger;
}

const open: Method = (call) => {
  const body = bodyOf(call, 'modal');
  const trigger = triggerOf(call);
  trigger.used = true;
  closeAll(call.state, trigger.user);
  const view = makeView(call.state, body, { user: trigger.user });
  showModal(call.state, view);
  return { view: viewObject(call.state, view) };
};

const push: Method = (call) => {
  const body = bodyOf(call, 'modal');
  const trigger = triggerOf(call);
  const top = topModal(call.state, trigger.user);
  if (!top || trigger.viewId === null) refuse('not_found');
  if (depthOf(call.state, trigger.user) >= STACK_DEPTH) refuse('push_limit_reached');
  trigger.used = true;
  const view = makeView(call.state, body, { user: trigger.user, previous: top });
  showModal(call.state, view);
  return { view: viewObject(call.state, view) };
};

/** How many modals this person has on each other. */
export function depthOf(state: State, user: string): number {
  return [...state.views.values()].filter((view) => view.user === user).length;
}

const update: Method = (call) => {
  const { state, args } = call;
  if (!args.has('view_id') && !args.has('external_id')) refuseArguments('missing required field: view_id');
  const all = [...state.views.values(), ...state.homes.values()];
  const found = all.find(
    (one) =>
      one.id === args.text('view_id') || one.body['external_id'] === (args.text('external_id') ?? null),
  );
  const view = found ?? refuse('not_found');
  const body = bodyOf(call, view.type, view);
  if (args.has('hash') && args.text('hash') !== view.hash) refuse('hash_conflict');
  changeView(state, view, body);
  return { view: viewObject(state, view) };
};

const publish: Method = (call) => {
  const { state, args } = call;
  const user = args.need('user_id');
  const known = state.homes.get(user);
  const body = bodyOf(call, 'home', known);
  const person = state.users.get(user);
  if (!person || person.isBot) refuseArguments('invalid `user_id`');
  if (args.has('hash') && known && args.text('hash') !== known.hash) refuse('hash_conflict');
  if (known) changeView(state, known, body);
  const view = known ?? makeView(state, body, { user });
  state.homes.set(user, view);
  state.changed();
  return { view: viewObject(state, view) };
};

/** Modals and Homes. */
export const VIEWS: Readonly<Record<string, Method>> = {
  'views.open': open,
  'views.push': push,
  'views.update': update,
  'views.publish': publish,
};
