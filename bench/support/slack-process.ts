/** Slack in a process of its own, as many workspaces as are wanted. */
import { startSlack } from '../../test/support/slack/emulator.ts';
import type { Slack } from '../../test/support/slack/emulator.ts';
import { eventually } from './eventually.ts';
import { takeOrders } from './orders.ts';
import { paced } from './paced.ts';
import type { Pace } from './paced.ts';

const opened: Slack[] = [];

/** What this process does. */
export type SlackOrders = typeof orders;

const orders = {
  /** A workspace with these people. */
  open: async ({ people }: { readonly people: readonly string[] }) => {
    const slack = await startSlack({
      people: people.map((name) => ({ name, email: `${name}@example.com` })),
    });
    opened.push(slack);
    const { apiUrl, tokens } = slack;
    return { at: opened.length - 1, apiUrl, tokens };
  },
  /** Answers when so many connections are open. */
  connected: async ({ at, count }: { readonly at: number; readonly count: number }) => {
    await eventually('the connections', () => slackAt(at).sockets.open >= count || null);
  },
  /** People type a command at this pace; how many ms each waited for its acknowledgement. */
  types: async ({ at, line, ...pace }: Pace & { readonly at: number; readonly line: string }) => {
    const { workspace } = slackAt(at);
    return paced(pace, async () => {
      const person = workspace.person('p1');
      const began = performance.now();
      const { error } = await person.types(line, { channel: '#general' });
      if (error !== null) throw new Error(`expected ${line} to be acknowledged: ${error}`);
      return performance.now() - began;
    });
  },
  /** When a message with this text was posted, by the clock of the machine; waits for it. */
  posted: async ({ at, text }: { readonly at: number; readonly text: string }) => {
    const slack = slackAt(at);
    const found = () =>
      slack.calls
        .of('chat.postMessage')
        .find(
          ({ args, answer }) =>
            answer['ok'] === true && String(args['channel']).startsWith('D') && holds(args, text),
        );
    return (await eventually(`a page with ${text}`, found)).at;
  },
  /** From now on every change of a message is refused for its rate. */
  refusesChanges: ({ at }: { readonly at: number }) => {
    slackAt(at).faults.add({ method: 'chat.update', kind: 'rate_limited', seconds: 30, times: 1e9 });
  },
};

function slackAt(at: number): Slack {
  const slack = opened[at];
  if (!slack) throw new Error(`there is no workspace ${at}`);
  return slack;
}

function holds(args: unknown, text: string): boolean {
  return JSON.stringify(args).includes(text);
}

takeOrders(orders);
