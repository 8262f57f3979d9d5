import { z } from 'zod';
import type { SlackApi, SlackCall } from './api.ts';
import type { SlackAnswer } from './failure.ts';

const Cursor = z.object({ response_metadata: z.object({ next_cursor: z.string().optional() }).optional() });

/** No list of a workspace has more pages than this: a cursor that goes in circles comes to an end. */
const MOST_PAGES = 500;

/** Every page of a list that Slack gives in pieces, one after the other. The first failure is the last thing it gives. */
export async function* pagesOf<T>(call: SlackCall<T>, api: SlackApi): AsyncGenerator<SlackAnswer<T>> {
  let cursor: string | undefined;
  for (let n = 0; n < MOST_PAGES; n += 1) {
    const args = cursor === undefined ? call.args : { ...call.args, cursor };
    const page = await api.call({ ...call, args, answers: z.intersection(call.answers, Cursor) });
    yield page;
    cursor = page.ok ? page.value.response_metadata?.next_cursor : undefined;
    if (cursor === undefined || cursor === '') return;
  }
}
