import { randomBytes } from 'node:crypto';
import type { GatewayDispatchPayload } from 'discord.js';
import type { DiscordConfig } from '../../config/config.ts';
import { madeOnce } from '../../store/instance.ts';
import { queueEffects } from '../../store/outbox.ts';
import { forgetPlatformValues } from '../../store/platform-values.ts';
import { createFileKeeping } from '../files/keep-files.ts';
import type { ChatHome, HomeDeps } from '../home.ts';
import { createApis } from './api.ts';
import { createKeeper } from './gateway/keeper.ts';
import { healthOf } from './health.ts';
import { interactionRoutes } from './interactions/routes.ts';
import { createGuild } from './guild.ts';
import { answerByCall } from './interactions/claim.ts';
import { createInteractions } from './interactions/receive.ts';
import { createShownForms } from './interactions/shown-forms.ts';
import { createKeptValues } from './kept-values.ts';
import { discordFiles } from './ledger/fetch-file.ts';
import { fillRoom } from './ledger/fill.ts';
import { createListener } from './ledger/listen.ts';
import { noteMarked } from './ledger/mark.ts';
import type { LedgerParts } from './ledger/pins.ts';
import { onCallRoleRoutine } from './on-call-roles.ts';
import { DISCORD } from './parts.ts';
import type { DiscordParts } from './parts.ts';
import { createDiscordPlatform } from './platform.ts';
import { createRegistration } from './register.ts';

/** Where the configuration of Discord comes from, asked each time: a reload may have brought another token. */
export type Settings = () => DiscordConfig;

/** Discord as a platform where people are: hears over the gateway or over HTTP, speaks over REST from any process. */
export function createDiscord(deps: HomeDeps, settings: Settings): ChatHome {
  const parts = createParts(deps, settings());
  const interactions = createInteractions({ ...parts, forms: createShownForms(parts.values) });
  const ledger: LedgerParts = {
    ...parts,
    marked: (message) => noteMarked(message, parts, interactions.loop),
  };
  const listener = createListener(ledger);
  const keeper = createKeeper({
    ...deps,
    application: parts.settings.application,
    rest: parts.apis.rest,
    token: () => settings().token,
    hear: ({ t, d }: GatewayDispatchPayload) => {
      if (t === 'READY') listener.begin();
      if (t === 'INTERACTION_CREATE')
        void interactions.receive(d, (interaction) => answerByCall(interaction, parts.apis));
      else listener.hear(t, d);
    },
    alarm: (words) => void tellAdmins(deps, words),
  });
  const registration = createRegistration(parts);
  const stop = async (): Promise<void> => {
    registration.stop();
    await keeper.stop();
    await interactions.loop.stop();
    await listener.settled();
  };
  return {
    platform: createDiscordPlatform({
      ...parts,
      guild: createGuild(parts),
      catchUp: async (roomId) => void (await fillRoom(roomId, ledger, { back: 'all' })),
      health: healthOf({ parts, keeper, registration }),
    }),
    routes: interactionRoutes(parts, interactions),
    routines: [
      createFileKeeping(DISCORD, discordFiles(parts), deps),
      ...(parts.settings.onCallRoles.length === 0 ? [] : [onCallRoleRoutine(parts)]),
    ],
    start: async () => {
      interactions.loop.start();
      if (parts.settings.mode === 'gateway') keeper.start();
      registration.start();
      void forgetOldValues(deps);
    },
    stop,
    reload: async () => {
      const { token } = settings();
      if (token === parts.settings.token && parts.apis.signedIn()) return;
      parts.apis.useToken(token);
      keeper.again();
    },
  };
}

function createParts(deps: HomeDeps, settings: DiscordConfig): DiscordParts {
  const { token, apiUrl } = settings;
  return {
    deps,
    settings,
    apis: createApis({ token, apiUrl, logger: deps.logger }),
    values: createKeptValues(deps.db, deps.clock),
    mark: () => madeOnce(deps.db, 'discord mark', () => randomBytes(4).toString('hex')),
  };
}

/** Buttons that nobody has seen for so long do nothing any more. */
const KEPT_MS = 180 * 24 * 3_600_000;

async function forgetOldValues({ db, clock, logger }: HomeDeps): Promise<void> {
  const before = new Date(clock.now().getTime() - KEPT_MS);
  await forgetPlatformValues(db, before).catch((err: unknown) =>
    logger.warn({ err }, 'Values of old buttons could not be cleared away'),
  );
}

async function tellAdmins({ db, clock, logger }: HomeDeps, words: string): Promise<void> {
  logger.error({ reason: words }, 'Discord needs somebody to put something right');
  await queueEffects(db, [{ type: 'chat.tell_admins', incidentId: null, text: words }], clock.now()).catch(
    (err: unknown) => logger.warn({ err }, 'The admins could not be told'),
  );
}
