import { feedRoutes } from '../calendar/feed/routes.ts';
import { showProblem } from '../config/problem.ts';
import type { Reload } from '../config/reload.ts';
import type { Engine } from '../engine/create-engine.ts';
import type { Routines } from '../engine/routine.ts';
import { adminRoutes } from '../ingest/admin-http.ts';
import { ingestRoutes } from '../ingest/http.ts';
import { watchIntake } from '../ingest/intake-watch.ts';
import { storePorts } from '../ingest/store-ports.ts';
import { deskAt } from '../ingest/desk.ts';
import { storeStats } from '../store/metrics-reads.ts';
import { houseHealth } from '../web/conditions.ts';
import { healthRoutes } from '../web/health.ts';
import { metricsRoutes } from '../web/metrics.ts';
import type { ReplyServer } from '../notify/replies/server.ts';
import type { ReceiptWatch } from '../notify/pushover-receipts.ts';
import type { RouteGroup } from '../engine/route-group.ts';
import { compareInside } from './compare.ts';
import { answerRoutes } from './answer-routes.ts';
import type { Parts, Shared } from './parts.ts';

/** What is served beside the rooms themselves. */
interface Served extends Parts {
  readonly receipts: ReceiptWatch;
  readonly replies: ReplyServer;
  readonly engine: Engine;
  readonly routines: Routines;
  readonly adminKey: string;
  readonly reload: () => Promise<Reload>;
}

/** Every group of routes, for the one web server. */
export function routesOf(shared: Shared, parts: Served): readonly RouteGroup[] {
  const { options, config, directory, secret } = shared;
  const { store, clock, logger } = options;
  const { engine, console, homes, metrics } = parts;
  const intake = watchIntake(engine.receive, clock);
  return [
    ingestRoutes({
      ...storePorts(store.db, clock),
      receive: intake.receive,
      sources: () => config.current().sources,
      clock,
      logger,
      metrics: metrics.ingest,
    }),
    adminRoutes({
      desk: deskAt(store.db, clock),
      key: parts.adminKey,
      subjects: () => ({ sources: config.current().sources, people: directory().people }),
      reload: async () => {
        const reload = await parts.reload();
        return reload.kind === 'refused' ? reload.problems.map(showProblem) : [];
      },
      compare: (proposed) => compareInside(shared, proposed),
      schedules: () => [...directory().schedules.values()],
    }),
    ...answerRoutes({
      ...shared,
      config: config.current,
      door: engine.door,
      db: store.db,
      clock,
      contacts: parts.contacts,
    }),
    feedRoutes({ db: store.db, directory, clock, secret }),
    parts.receipts.routes,
    healthOf(shared, parts, intake),
    metricsRoutes(metrics),
    ...homes.all.flatMap(({ routes }) => routes ?? []),
    console.routes,
  ];
}

function healthOf(
  { options, config, overlay, calendars }: Shared,
  { homes, channels, routines, replies }: Served,
  intake: ReturnType<typeof watchIntake>,
): RouteGroup {
  const { store, clock } = options;
  return healthRoutes(
    houseHealth({
      version: options.version,
      clock,
      database: store.kind,
      stats: () => storeStats(store.db, clock.now()),
      intake: intake.condition,
      chats: homes.platforms,
      channels: () => [...channels.health(), { name: 'email replies', ...replies.health() }],
      configProblem: () => config.problems().map(showProblem)[0] ?? null,
      overlay: overlay.condition,
      calendars: calendars.condition,
      routines: routines.condition,
    }),
  );
}
