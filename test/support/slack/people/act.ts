import { makeResponseUrl } from '../response-urls.ts';
import { messageObject } from '../workspace/message-object.ts';
import { messageAt } from '../workspace/messages.ts';
import type { Json, State, View } from '../workspace/state.ts';
import { makeTrigger, topModal, viewObject } from '../workspace/views.ts';
import { initialValue, inputsOf, isJson, valuesOf } from '../workspace/view-values.ts';
import type { Input } from '../workspace/view-values.ts';
import { put } from './fill.ts';
import { interact, whoAndWhere } from './interact.ts';
import type { Answered, Outgoing } from './interact.ts';
import type { At } from './person.ts';

interface Click {
  readonly user: string;
  readonly where: At | 'modal' | 'home';
  readonly actionId: string;
  readonly choice?: string | readonly string[];
}

/** Brings a click to the app as `block_actions`. Throws when there is nothing to click. */
export async function act(out: Outgoing, click: Click): Promise<Answered> {
  const place =
    click.where === 'modal' || click.where === 'home'
      ? inView(out.state, click)
      : inMessage(out.state, click, click.where);
  return interact(out, 'interactive', {
    type: 'block_actions',
    ...whoAndWhere(out.state, click.user),
    ...place,
  });
}

function inView(state: State, { user, where, actionId, choice }: Click): Json {
  const view: View | null = where === 'home' ? (state.homes.get(user) ?? null) : topModal(state, user);
  if (!view) throw new Error(`there is no ${where === 'home' ? where : 'modal'} in front of ${user}`);
  const input = found(inputsOf(view.body['blocks']), actionId);
  const values = valuesOf(view.body, ({ blockId, actionId: id, element }) =>
    blockId === input.blockId && id === actionId && choice !== undefined
      ? put(element, choice)
      : initialValue(element),
  );
  return {
    container: { type: 'view', view_id: view.id },
    trigger_id: makeTrigger(state, user, view.type === 'modal' ? view.id : null),
    view: viewObject(state, view, values),
    state: { values },
    actions: [actionObject(state, input, choice)],
  };
}

function inMessage(state: State, { user, actionId, choice }: Click, { channel: id, ts }: At): Json {
  const channel = state.channels.get(id);
  const message = channel ? messageAt(channel, ts) : null;
  const ephemeral = state.ephemerals.find((one) => one.ts === ts && one.user === user);
  if (!channel || (!message && !ephemeral)) throw new Error(`there is no message ${ts} in ${id}`);
  const inside = (message?.attachments ?? []).flatMap((one) =>
    Array.isArray(one['blocks']) ? one['blocks'].filter(isJson) : [],
  );
  const blocks = [...(message?.blocks ?? ephemeral?.blocks ?? []), ...inside];
  const input = found(inputsOf(blocks), actionId);
  return {
    container: {
      type: 'message',
      message_ts: ts,
      channel_id: id,
      is_ephemeral: message === null,
      ...(message?.threadTs === null || message === null ? {} : { thread_ts: message.threadTs }),
    },
    trigger_id: makeTrigger(state, user),
    channel: { id, name: channel.kind === 'im' ? 'directmessage' : channel.name },
    ...(message === null ? {} : { message: messageObject(state, channel, message) }),
    state: { values: valuesOf({ blocks }, ({ element }) => initialValue(element)) },
    response_url: makeResponseUrl(state, 'actions', { user, channel: id, ts }),
    actions: [actionObject(state, input, choice)],
  };
}

/** By its action id; a button also by the words on it. */
function found(inputs: readonly Input[], wanted: string): Input {
  const words = ({ element }: Input): unknown => (isJson(element['text']) ? element['text']['text'] : null);
  const input =
    inputs.find(({ actionId }) => actionId === wanted) ?? inputs.find((one) => words(one) === wanted);
  if (input) return input;
  const known = inputs.map((one) => `${one.actionId} (${String(words(one))})`).join(', ');
  throw new Error(`there is nothing to click called ${wanted}; there are ${known}`);
}

function actionObject(
  state: State,
  { blockId, actionId, element }: Input,
  choice?: string | readonly string[],
): Json {
  const { type, text, value, style } = element;
  const common = { type, action_id: actionId, block_id: blockId, action_ts: state.nextTs() };
  if (type === 'button')
    return {
      ...common,
      text,
      ...(value === undefined ? {} : { value }),
      ...(style === undefined ? {} : { style }),
    };
  if (choice === undefined) throw new Error(`nothing was chosen in ${actionId}`);
  return { ...common, ...put(element, choice) };
}
