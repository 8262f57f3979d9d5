import { checkBody, depthOf } from '../web-api/views.ts';
import { Refusal } from '../refusal.ts';
import { say } from '../response-urls.ts';
import type { Json, State, View } from '../workspace/state.ts';
import { changeView, closeAll, closeTop, makeView, showModal, STACK_DEPTH } from '../workspace/views.ts';
import { inputsOf, isJson } from '../workspace/view-values.ts';
import type { Answered } from './interact.ts';
import type { Seen } from './person.ts';

/** Shows what the acknowledgement of a command carries. */
export function respondTo(
  state: State,
  {
    user,
    channel,
    answered,
  }: { readonly user: string; readonly channel: string; readonly answered: Answered },
): void {
  if (answered.ack !== null && ('text' in answered.ack || 'blocks' in answered.ack))
    say(state, { user, channel, ts: null }, answered.ack);
}

const TROUBLE = { error: 'view_trouble' } as const;

/** Does with the modal what the acknowledgement of its submission says. */
export function respondToSubmission(
  state: State,
  viewId: string,
  ack: Json,
): Partial<Pick<Seen, 'error' | 'fieldErrors'>> {
  const view = state.views.get(viewId);
  if (!view) return {};
  switch (ack['response_action']) {
    case undefined:
      closeTop(state, view.user);
      return {};
    case 'clear':
      closeAll(state, view.user);
      return {};
    case 'errors':
      return fieldErrors(view, ack['errors']);
    case 'update':
    case 'push':
      return replaceOrPush(state, view, ack);
    default:
      return TROUBLE;
  }
}

/** Errors may stand at input blocks of this view only: at anything else Slack says that it had trouble connecting. */
function fieldErrors(view: View, errors: unknown): Partial<Pick<Seen, 'error' | 'fieldErrors'>> {
  if (!isJson(errors) || Object.keys(errors).length === 0) return TROUBLE;
  const inputs = inputsOf(view.body['blocks'])
    .filter(({ isInput }) => isInput)
    .map(({ blockId }) => blockId);
  const isKnown = Object.entries(errors).every(
    ([id, word]) => inputs.includes(id) && typeof word === 'string',
  );
  return isKnown ? { fieldErrors: errors as Readonly<Record<string, string>> } : TROUBLE;
}

function replaceOrPush(state: State, view: View, ack: Json): Partial<Pick<Seen, 'error'>> {
  const body = ack['view'];
  const isPush = ack['response_action'] === 'push';
  if (isPush && depthOf(state, view.user) >= STACK_DEPTH) return TROUBLE;
  try {
    checkBody(state, body, { type: 'modal', ...(isPush ? {} : { replaced: view }) });
  } catch (error) {
    if (error instanceof Refusal) return TROUBLE;
    throw error;
  }
  if (!isJson(body)) return TROUBLE;
  if (isPush) showModal(state, makeView(state, body, { user: view.user, previous: view }));
  else changeView(state, view, body);
  return {};
}
