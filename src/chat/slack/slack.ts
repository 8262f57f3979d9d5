import { isDeepStrictEqual } from 'node:util';
import type { Routine } from '../../engine/routine.ts';
import { backoffMs } from '../../lib/backoff.ts';
import type { SlackConfig } from '../../config/config.ts';
import type { ChatHome, HomeDeps } from '../home.ts';
import { createFileKeeping } from '../files/keep-files.ts';
import { createSlackApi } from './api.ts';
import { createGroups } from './groups.ts';
import { createIdentity } from './identity.ts';
import { healthOf } from './health.ts';
import { createMembers } from './members.ts';
import { slackFiles } from './ledger/fetch-file.ts';
import { SLACK } from './parts.ts';
import type { SlackParts } from './parts.ts';
import { createSlackPeople } from './people.ts';
import { createSlackPlatform } from './platform.ts';
import { createSlackReceiving } from './receive/receive.ts';
import type { ReceiveParts } from './receive/deps.ts';
import { createProfiles } from './profiles.ts';
import { createArchiving } from './routines/archive.ts';
import { createSilenceAlarms } from './routines/silence-alarms.ts';
import { createGroupSync } from './routines/user-groups.ts';
import { slackRoutes } from './transport/http.ts';
import { createSockets } from './transport/sockets.ts';

/** The settings of Slack: as the process began with them, and as they are now; null once they were taken out of the file. */
export interface SlackSettings {
  readonly first: SlackConfig;
  readonly now: () => SlackConfig | null;
}

const ASK_AGAIN = { baseMs: 1_000, maxMs: 30_000, random: Math.random };

/** Slack as a home: rooms, direct messages, and everything that people do there. */
export function createSlack({ first, now }: SlackSettings, deps: HomeDeps): ChatHome {
  const logger = deps.logger.child({ platform: SLACK });
  let config = first;
  const parts = partsOf(first, { ...deps, logger }, () => config.commands);
  const { api, identity } = parts;
  const receiving = createSlackReceiving(parts);
  const sockets = createSockets(first, {
    hear: receiving.receive,
    hearsAgain: receiving.fillGaps,
    logger,
    now: deps.clock.now,
  });
  const asking = createAsking(parts);
  return {
    platform: createSlackPlatform(parts, async () =>
      healthOf({
        config,
        self: identity.known(),
        trouble: asking.trouble(),
        slots: sockets.states(),
        inbound: await receiving.condition(),
        now: deps.clock.now(),
      }),
    ),
    routines: routinesOf(parts, () => config),
    routes: slackRoutes({
      signingSecret: () => (config.mode === 'http' ? config.signingSecret : null),
      hear: receiving.receive,
      clock: deps.clock,
      logger,
    }),
    start: () => {
      asking.start();
      receiving.start();
      if (config.mode === 'socket') sockets.start();
      else receiving.fillGaps();
      return Promise.resolve();
    },
    stop: async () => {
      asking.stop();
      if (config.mode === 'socket') await sockets.stop();
      await receiving.stop();
    },
    reload: () => {
      const newest = now();
      if (newest === null || isDeepStrictEqual(newest, config)) return Promise.resolve();
      config = { ...newest, mode: config.mode, sockets: config.sockets, commands: config.commands };
      api.take(config);
      identity.forget();
      asking.start();
      if (config.mode === 'socket') sockets.take(config);
      return Promise.resolve();
    },
  };
}

function partsOf(first: SlackConfig, deps: HomeDeps, commands: ReceiveParts['commands']): ReceiveParts {
  const api = createSlackApi(first, deps);
  const people = createSlackPeople(api, deps.directory);
  return {
    deps,
    api,
    identity: createIdentity(api),
    people,
    members: createMembers(api, people),
    groups: createGroups(api),
    profiles: createProfiles(api, deps.clock),
    commands,
  };
}

function routinesOf(parts: SlackParts, config: () => SlackConfig): readonly Routine[] {
  const credentials = () => ({ token: config().botToken, apiUrl: config().apiUrl });
  return [
    createFileKeeping(SLACK, slackFiles(parts, credentials), parts.deps),
    {
      name: 'slack silence alarms',
      everyMs: 60_000,
      run: createSilenceAlarms(parts, () => config().silenceAlarmMs),
    },
    // Asks Slack only when somebody else is on call: a shift that begins is seen at once.
    { name: 'slack user groups', everyMs: 5_000, run: createGroupSync(parts, () => config().userGroups) },
    { name: 'slack archive', everyMs: 60_000, run: createArchiving(parts, () => config().archiveAfterMs) },
  ];
}

/** Asks who we are until Slack says so. */
function createAsking({ identity, deps: { logger } }: SlackParts) {
  let trouble: string | null = null;
  let timer: NodeJS.Timeout | undefined;
  let isOn = false;

  async function ask(attempt: number): Promise<void> {
    const told = await identity.ask();
    trouble = told.ok ? null : told.failure.reason;
    if (told.ok) logger.info({ team: told.value.teamId }, 'Slack knows us');
    if (told.ok || !isOn) return;
    logger.warn({ reason: told.failure.reason, attempt }, 'Slack does not know us; asking again');
    const waitMs = Math.max(told.failure.afterMs ?? 500, backoffMs(attempt, ASK_AGAIN));
    timer = setTimeout(() => void ask(attempt + 1), waitMs);
  }

  return {
    trouble: () => trouble,
    start: () => {
      clearTimeout(timer);
      isOn = true;
      void ask(1);
    },
    stop: () => {
      isOn = false;
      clearTimeout(timer);
    },
  };
}
