import { randomUUID } from 'node:crypto';
import { chatEffects } from './chat/effects/registry.ts';
import { tellFold } from './chat/fold-message.ts';
import { roomUrlOf } from './chat/room-url.ts';
import { showProblem } from './config/problem.ts';
import type { Problem } from './config/problem.ts';
import { holdConfig } from './config/reload.ts';
import type { Reload } from './config/reload.ts';
import { createContacts } from './engine/contacts.ts';
import type { Contacts } from './engine/contacts.ts';
import { createEngine } from './engine/create-engine.ts';
import type { Engine } from './engine/create-engine.ts';
import type { EffectHandlers } from './engine/effect-handler.ts';
import { foldPages } from './engine/fold-pages.ts';
import type { FrontDoor } from './engine/front-door.ts';
import { openRosterDoor } from './engine/handle-roster.ts';
import { noteSilence } from './engine/note-silence.ts';
import { createOverlay } from './engine/overlay.ts';
import type { Routines } from './engine/routine.ts';
import { readReach } from './engine/reach.ts';
import { sendPage, syncPage } from './engine/send-page.ts';
import { storeBundles } from './engine/store-bundles.ts';
import type { PagingParts } from './engine/send-page.ts';
import { newAdminKey, offerAdminAccess } from './ingest/admin-file.ts';
import { createAckLinks } from './notify/ack-link.ts';
import { callbackPath, createReceiptWatch } from './notify/pushover-receipts.ts';
import type { ReceiptWatch } from './notify/pushover-receipts.ts';
import type { ReplyServer } from './notify/replies/server.ts';
import { createChannels } from './notify/registry.ts';
import type { Channels } from './notify/registry.ts';
import { callPolicyWebhook } from './notify/webhook.ts';
import { instanceSecret } from './store/instance.ts';
import { storeStats } from './store/metrics-reads.ts';
import { readFunctions } from './store/read-functions.ts';
import { devicesOf, forgetEndpoints } from './store/push-subscriptions.ts';
import { openAttempts } from './store/open-attempts.ts';
import { incidentAlerts, worldOf } from './store/reads.ts';
import { markFolded, stalePagesOf } from './store/stale-pages.ts';
import { createMetrics } from './web/metrics.ts';
import type { Metrics } from './web/metrics.ts';
import { createWebServer } from './web/server.ts';
import { channelsOf, vapidKeys, voiceRecord } from './app/channels.ts';
import { chatParts } from './app/chat-parts.ts';
import { buildConsole } from './app/console.ts';
import { keepConfig, reloadConfig, REFUSED } from './app/reload-config.ts';
import { openCalendars } from './app/calendars.ts';
import { buildFront, handlesChanged } from './app/front.ts';
import { adoptIn, openHomes } from './app/homes.ts';
import { overlayLayers } from './app/overlay-layers.ts';
import { buildReplies } from './app/replies.ts';
import { buildRoutines } from './app/routines.ts';
import type { ReadReach } from './app/routines.ts';
import type { AppOptions, Homes, Parts, Shared } from './app/parts.ts';
import { routesOf } from './app/routes.ts';

/** A whole Firebell in one process. */
export interface App {
  readonly engine: Engine;
  /** Work that is due by the clock. Runs by itself once started. */
  readonly routines: Routines;
  /** Takes answers by mail once started. */
  readonly replies: ReplyServer;
  /** Begins to work; answers with the address of the console. Throws an Error that says what to do when it cannot. */
  readonly start: () => Promise<string>;
  /** Finishes what is in hand, starts nothing new, closes the database. */
  readonly stop: () => Promise<void>;
  readonly reload: () => Promise<Reload>;
  /** Opens the admin routes; left in the data folder while we run. */
  readonly adminKey: string;
  /** Answers one web request without a socket, started or not. */
  readonly fetch: (request: Request) => Promise<Response>;
}

/** Channel on which the processes of one database are asked to read their configuration again. */
export const CONFIG_CHANNEL = 'firebell_config';

/** Puts all rooms together: the only place that knows every one of them. */
export async function createApp(options: AppOptions): Promise<App> {
  const house = await build(options);
  const { engine, console, homes, server, reload, overlay, routines, replies } = house;
  const goodbyes: (() => Promise<void> | void)[] = [];
  return {
    engine,
    routines,
    replies,
    reload,
    adminKey: house.adminKey,
    fetch: server.fetch,
    start: async () => {
      await console.start();
      const url = await server.start();
      house.address.url = url;
      await overlay.start();
      await engine.start();
      for (const home of homes.all) await home.start();
      await keepConfig(house.shared);
      await routines.start();
      await replies.apply();
      if (options.adminFolder !== null) {
        goodbyes.push(await offerAdminAccess(options.adminFolder, { url, key: house.adminKey }));
      }
      goodbyes.push(await options.store.listen(CONFIG_CHANNEL, () => void reload()));
      return url;
    },
    stop: async () => {
      for (const goodbye of goodbyes) await goodbye();
      await Promise.all(homes.all.map((home) => home.stop()));
      await console.stop();
      await server.stop();
      await replies.close();
      await routines.stop();
      await engine.stop();
      await overlay.stop();
      house.channels.close();
      await options.store.close();
    },
  };
}

async function build(options: AppOptions) {
  const shared = await share(options);
  const { address } = shared;
  const adminKey = newAdminKey();
  const late: { engine?: Engine; reach?: ReadReach; homes?: Homes } = {};
  const door: FrontDoor = { say: (command, once) => known(late.engine).door.say(command, once) };
  const wake = (): void => late.engine?.wake();
  const rosterDoor = openRosterDoor({
    store: options.store,
    clock: options.clock,
    overlay: shared.overlay,
    wake,
  });
  const reach: ReadReach = () => known(late.reach)();
  const channels = buildChannels(shared);
  const contacts = buildContacts(shared, channels);
  const adopt = adoptIn(() => known(late.homes).home);
  const front = buildFront(shared, { door, rosterDoor, reach, contacts, adopt });
  const console = buildConsole(shared, {
    front,
    reach,
    home: () => known(late.homes).home,
    receive: async (signals) => {
      await known(late.engine).receive(signals);
      // Whoever sends a test alert is shown its incident.
      await known(late.engine).caughtUp();
    },
  });
  const homes = openHomes(shared, { door, front: () => front, console });
  late.homes = homes;
  late.reach = () =>
    readReach({
      channels: () => channelsOf({ home: homes.home, channels, directory: shared.directory }),
      contacts,
      people: () => shared.directory().people.values(),
    });
  const receipts = watchReceipts(shared, door);
  const replies = buildReplies(shared, channels, { door, contacts });
  const metrics = buildMetrics(options, homes);
  const parts = { console, homes, channels, metrics, contacts };
  const engine = buildEngine(shared, parts);
  late.engine = engine;
  const routines = buildRoutines(shared, { receipts, door, rosterDoor, reach, wake, homes });
  const reload = async (): Promise<Reload> => {
    const reloaded = await reloadConfig(shared, parts);
    await replies.apply();
    for (const home of homes.all) await home.reload?.();
    return reloaded;
  };
  const groups = routesOf(shared, { ...parts, receipts, replies, engine, routines, adminKey, reload });
  const server = createWebServer({ ...options, groups, answered: metrics.answered });
  const { overlay } = shared;
  const house = { engine, console, homes, channels, server };
  return { ...house, address, adminKey, reload, overlay, routines, replies, shared };
}

function buildMetrics({ version, clock, store }: AppOptions, { platforms }: Homes): Metrics {
  return createMetrics({
    version,
    reads: {
      clock,
      store: () => storeStats(store.db, clock.now()),
      adapters: () =>
        Promise.all(platforms.map(async ({ name, health }) => ({ name, ok: (await health()).ok }))),
    },
  });
}

function known<T>(part: T | undefined): T {
  if (part === undefined) throw new Error('expected all parts to be there before the first command');
  return part;
}

async function share(options: AppOptions): Promise<Shared> {
  const { clock, store } = options;
  const config = holdConfig(options.config, {
    read: options.readConfig,
    onRefused: (problems) => options.logger.error({ problems: problems.map(showProblem) }, REFUSED),
  });
  const secret = await instanceSecret(store.db);
  const address: Shared['address'] = { url: null };
  const publicUrl = (): string | null => config.current().url ?? address.url;
  const links = createAckLinks({ secret, publicUrl, clock });
  const calendars = openCalendars({ db: store.db, clock }, () => [config.current()]);
  const overlay = createOverlay({
    store,
    logger: options.logger,
    configured: () => config.current().directory,
    layers: overlayLayers(store.db, calendars),
  });
  await overlay.refresh();
  const { directory } = overlay;
  return {
    options,
    config,
    calendars,
    overlay,
    directory,
    secret,
    address,
    publicUrl,
    links,
    reads: readFunctions(store.db),
    processId: randomUUID(),
  };
}

function buildChannels(shared: Shared): Channels {
  const { options, config, links, secret, publicUrl } = shared;
  return createChannels({
    email: {
      config: () => config.current().notify.email,
      links,
      secret,
    },
    webhook: { webhooks: () => config.current().notify.webhooks, links, clock: options.clock },
    ntfy: { config: () => config.current().notify.ntfy, links, clock: options.clock },
    pushover: {
      config: () => config.current().notify.pushover,
      links,
      callbackUrl: () => underUs(publicUrl(), callbackPath(secret)),
      clock: options.clock,
    },
    webPush: {
      config: () => config.current().notify.webPush,
      links,
      clock: options.clock,
      keys: () => vapidKeys(shared),
      devicesOf: (personId) => devicesOf(options.store.db, personId),
      forget: async (endpoints) => {
        if (endpoints.length === 0) return;
        await forgetEndpoints(options.store.db, endpoints);
        await handlesChanged(shared);
      },
    },
    twilio: {
      config: () => config.current().notify.twilio,
      clock: options.clock,
      secret,
      recordOf: (phone) => voiceRecord(phone, shared),
    },
  });
}

function buildContacts({ options, config, secret }: Shared, channels: Channels): Contacts {
  return createContacts({
    ...options,
    db: options.store.db,
    secret,
    channels: () => channels.all,
    verification: (channel) => config.current().notify.verification[channel],
  });
}

function underUs(publicUrl: string | null, path: string): string | null {
  return publicUrl === null ? null : `${publicUrl.replace(/\/+$/, '')}${path}`;
}

function watchReceipts({ options, config, directory, secret }: Shared, door: FrontDoor): ReceiptWatch {
  return createReceiptWatch({
    config: () => config.current().notify.pushover,
    door,
    directory,
    openAttempts: () => openAttempts(options.store.db, 'pushover'),
    secret,
  });
}

function buildEngine(shared: Shared, parts: Parts): Engine {
  const { options, config, directory, address } = shared;
  const { store, clock, logger } = options;
  const problemsOf = (problems: readonly Problem[]): string | null =>
    problems.length === 0 ? null : problems.map(showProblem).join('\n');
  return createEngine({
    store,
    clock,
    directory,
    logger,
    handlers: (door) => handlersOf(shared, parts, door),
    hooks: parts.metrics.engine,
    processId: shared.processId,
    about: () => ({
      url: address.url,
      configHash: config.current().hash,
      configProblem: problemsOf(config.problems()),
    }),
  });
}

function handlersOf(
  shared: Shared,
  { homes, channels, metrics, contacts }: Parts,
  door: FrontDoor,
): EffectHandlers {
  const { options, config, directory } = shared;
  const { store, clock } = options;
  const { home } = homes;
  const all = [...channelsOf({ home, channels, directory }).values()].map(metrics.measured);
  const paging: PagingParts = {
    door,
    directory,
    channels: new Map(all.map((channel) => [channel.name, channel])),
    worldOf: (id) => worldOf(store.db, id),
    alertsOf: (id) => incidentAlerts(store.db, id),
    urlOf: (incident) => roomUrlOf(incident, home),
    contacts,
    clock,
    bundles: storeBundles({ db: store.db, clock, windowMs: () => directory().settings.bundleWithinMs }),
  };
  return {
    ...chatEffects(chatParts(shared, home)),
    'page.send': sendPage(paging),
    'page.sync': syncPage(paging),
    'page.fold': foldPages({
      directory,
      stalePagesOf: (id) => stalePagesOf(store.db, id),
      markFolded: (ids) => markFolded(store.db, ids, clock.now()),
      tell: tellFold(home, directory),
    }),
    'incident.note_silence': noteSilence,
    'notify.call_webhook': callPolicyWebhook({
      clock,
      webhooks: () => config.current().notify.webhooks,
      readWorld: (id) => worldOf(store.db, id),
    }),
  };
}
