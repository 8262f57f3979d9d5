import { LogLevel, WebClient } from '@slack/web-api';
import { onTestFinished } from 'vitest';
import { startSlack } from '../emulator.ts';
import type { Slack, SlackOptions } from '../emulator.ts';

/** A Slack and the official client of its Web API. */
export interface World {
  readonly slack: Slack;
  readonly web: WebClient;
  readonly clock: { now: () => Date };
  readonly passes: (ms: number) => void;
}

/** A Slack whose clock stands still, and the official client of its Web API. */
export async function world(options: SlackOptions = {}): Promise<World> {
  let now = Date.parse('2026-03-02T03:00:00Z');
  const clock = { now: () => new Date(now) };
  const slack = await startSlack({ clock, ...options });
  onTestFinished(() => slack.stop());
  const passes = (ms: number): void => {
    now += ms;
    slack.catchUp();
  };
  return { slack, web: client(slack), clock, passes };
}

/** The official client, told to try nothing twice. */
export function client(slack: Slack, token = slack.tokens.bot, timeout = 0): WebClient {
  return new WebClient(token, {
    slackApiUrl: slack.apiUrl,
    timeout,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    // What it refuses is what is tested.
    logger: QUIET,
  });
}

const say = (): void => undefined;
const QUIET = {
  debug: say,
  info: say,
  warn: say,
  error: say,
  setLevel: say,
  getLevel: () => LogLevel.ERROR,
  setName: say,
};

/** The error that Slack answers with, and what it adds. */
export async function refusal(call: Promise<unknown>): Promise<Record<string, unknown>> {
  const outcome = await call.then(
    () => null,
    (error: unknown) => error as { readonly data?: Record<string, unknown>; readonly message: string },
  );
  if (outcome === null) throw new Error('Slack did it');
  return outcome.data ?? { error: outcome.message };
}

/** A new channel of the app's; its id. */
export async function channel({ web }: World, name = 'inc-1', isPrivate = false): Promise<string> {
  const { channel: made } = await web.conversations.create({ name, is_private: isPrivate });
  return made?.id ?? '';
}
