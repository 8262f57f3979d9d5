import { EventEmitter } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Clock } from '../../../src/lib/clock.ts';
import { Calls } from './calls.ts';
import { slackClock } from './clock.ts';
import type { Carry } from './delivery/delivery.ts';
import { Events } from './delivery/events.ts';
import { carryOverHttp, verifyUrl } from './delivery/http.ts';
import type { RequestUrls } from './delivery/http.ts';
import { Sockets } from './delivery/sockets.ts';
import { copiedFacts } from './facts/facts.ts';
import { Faults } from './faults.ts';
import type { CommandSpec, Outgoing, ShortcutSpec } from './people/interact.ts';
import { listen } from './server.ts';
import { METHODS } from './web-api/registry.ts';
import { countRates } from './web-api/rates.ts';
import { Workspace } from './workspace.ts';
import { makeChannel } from './workspace/channels.ts';
import { addPerson, EVENTS, newState } from './workspace/seed.ts';
import type { AppSpec, NewPerson } from './workspace/seed.ts';
import type { State } from './workspace/state.ts';

export interface SlackOptions extends AppSpec {
  /** A clock that a test moves, calling `catchUp` after it; the machine's when not given. */
  readonly clock?: Clock;
  readonly port?: number;
  /** `ana`, `ben` and `carla` unless given. */
  readonly people?: readonly NewPerson[];
  /** `/inc` and `/incident`, escaped, unless given. */
  readonly commands?: readonly CommandSpec[];
  readonly shortcuts?: readonly ShortcutSpec[];
  /** Events the app subscribed to; what the manifest says unless given. */
  readonly events?: readonly string[];
  readonly unfurlDomains?: readonly string[];
  /** Given, everything is brought over HTTP to these addresses instead of over sockets. */
  readonly requestUrls?: RequestUrls;
  /** What else is served: a page. */
  readonly page?: (
    inside: Outgoing,
  ) => (request: IncomingMessage, response: ServerResponse) => Promise<boolean>;
}

/** A Slack of one workspace on this machine, for one app. */
export interface Slack {
  /** `http://127.0.0.1:<port>` */
  readonly url: string;
  /** What the SDK takes for `slackApiUrl`. */
  readonly apiUrl: string;
  readonly tokens: { readonly bot: string; readonly app: string; readonly signingSecret: string };
  readonly bot: {
    readonly userId: string;
    readonly botId: string;
    readonly appId: string;
    readonly teamId: string;
  };
  readonly workspace: Workspace;
  readonly faults: Faults;
  readonly sockets: Sockets;
  readonly calls: Calls;
  /** Runs what has become due by the moved clock: scheduled messages, retries, time-outs. */
  readonly catchUp: () => void;
  /** Answers once every event on its way was acknowledged or has failed for now. */
  readonly settled: () => Promise<void>;
  /** Whether the app answers the challenge that is posted when its request URL is entered. False without one. */
  readonly verifiesUrl: () => Promise<boolean>;
  /** Waits until something is to be seen in the workspace. Throws after ten seconds, naming what was waited for. */
  readonly until: <T>(what: string, find: () => T | null | undefined | false) => Promise<T>;
  readonly stop: () => Promise<void>;
}

const PEOPLE: readonly NewPerson[] = [{ name: 'ana', isAdmin: true }, { name: 'ben' }, { name: 'carla' }];
const COMMANDS: readonly CommandSpec[] = [
  { command: '/inc', shouldEscape: true },
  { command: '/incident', shouldEscape: true },
];
const SHORTCUTS: readonly ShortcutSpec[] = [
  { callbackId: 'declare_incident', type: 'global', name: 'Declare incident' },
  { callbackId: 'incident_from_message', type: 'message', name: 'Declare from message' },
  { callbackId: 'add_to_timeline', type: 'message', name: 'Add to timeline' },
];
const LONGEST_WAIT_MS = 25_000;

/** Starts a Slack on the loopback that speaks the Web API, Socket Mode and HTTP, and refuses what the real one refuses. */
export async function startSlack(options: SlackOptions = {}): Promise<Slack> {
  const clock = slackClock(options.clock);
  const changes = new EventEmitter().setMaxListeners(0);
  const listening = { url: '' };
  const outside = { events: null as Events | null };
  const state = newState(clock, options, {
    tell: (event, channel) => outside.events?.tell(event, channel),
    changed: () => changes.emit('change'),
    url: () => listening.url,
  });
  const sockets = new Sockets(clock, state.app.id);
  const carry = carrier(options, state, sockets);
  const events = new Events(state, { carry, subscribed: options.events ?? EVENTS });
  for (const person of options.people ?? PEOPLE) addPerson(state, person);
  makeGeneral(state);
  outside.events = events;

  const out: Outgoing = {
    state,
    carry,
    settled: () => events.settled(),
    commands: options.commands ?? COMMANDS,
    shortcuts: options.shortcuts ?? SHORTCUTS,
    unfurlDomains: options.unfurlDomains ?? ['firebell.example.com'],
  };
  const calls = new Calls();
  const faults = new Faults();
  const api = {
    state,
    facts: copiedFacts(),
    methods: METHODS,
    rates: countRates(clock.now),
    openConnection: () => sockets.ticket(listening.url),
  };
  const page = options.page?.(out) ?? null;
  const { server, port } = await listen({ api, calls, faults, sockets, page }, options.port ?? 0);
  listening.url = `http://127.0.0.1:${port}`;
  return {
    url: listening.url,
    apiUrl: `${listening.url}/api/`,
    tokens: {
      bot: state.app.botTokens[0] ?? '',
      app: state.app.appTokens[0] ?? '',
      signingSecret: state.app.signingSecret,
    },
    bot: { userId: state.app.botUser, botId: state.app.botId, appId: state.app.id, teamId: state.team.id },
    workspace: new Workspace(out),
    faults,
    sockets,
    calls,
    catchUp: () => clock.catchUp(),
    settled: () => events.settled(),
    verifiesUrl: () => verifyUrl(options.requestUrls, state),
    until: (what, find) => waitFor(changes, what, find),
    stop: async () => {
      clock.stop();
      await sockets.stop();
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    },
  };
}

function carrier({ requestUrls }: SlackOptions, state: State, sockets: Sockets): Carry {
  if (requestUrls === undefined) return (parcel) => sockets.carry(parcel);
  return (parcel) => carryOverHttp({ urls: requestUrls, app: state.app, clock: state.clock }, parcel);
}

function makeGeneral(state: State): void {
  const members = [...state.users.values()].filter(
    ({ isBot, deleted, guest }) => !isBot && !deleted && guest !== 'single',
  );
  makeChannel(state, {
    kind: 'public',
    name: 'general',
    creator: members[0]?.id ?? state.app.botUser,
    members: members.map(({ id }) => id),
    isGeneral: true,
  });
}

function waitFor<T>(
  changes: EventEmitter,
  what: string,
  find: () => T | null | undefined | false,
): Promise<T> {
  const { promise, resolve, reject } = Promise.withResolvers<T>();
  const look = (): void => {
    const found = find();
    if (found === null || found === undefined || found === false) return;
    resolve(found);
  };
  const late = setTimeout(() => reject(new Error(`waited in vain for ${what}`)), LONGEST_WAIT_MS);
  changes.on('change', look);
  look();
  return promise.finally(() => {
    clearTimeout(late);
    changes.off('change', look);
  });
}
