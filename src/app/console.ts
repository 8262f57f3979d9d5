import { createConsole } from '../chat/console/console.ts';
import type { Console } from '../chat/console/console.ts';
import type { ChatFront } from '../chat/chat-front.ts';
import { postmortemOf } from '../chat/effects/publish-postmortem.ts';
import type { ChatPlatform } from '../chat/platform.ts';
import type { Signal } from '../domain/alert/signal.ts';
import { testAlert } from '../ingest/test-alert.ts';
import { isPushService } from '../notify/push-services.ts';
import { saidDaysFrom } from '../store/said-holidays.ts';
import { findToken, hashToken } from '../store/tokens.ts';
import { vapidKeys } from './channels.ts';
import { chatParts } from './chat-parts.ts';
import { handlesChanged } from './front.ts';
import type { Shared } from './parts.ts';
import type { ReadReach } from './routines.ts';

type Receive = (signals: readonly Signal[]) => Promise<void>;

/** What the console is wired to. */
interface ConsoleNeeds {
  readonly front: ChatFront;
  readonly reach: ReadReach;
  readonly home: () => ChatPlatform;
  readonly receive: Receive;
}

/** The console, wired to the rest of the house. */
export function buildConsole(shared: Shared, { front, reach, home, receive }: ConsoleNeeds): Console {
  const { options, config, directory, secret, reads } = shared;
  const { store, clock, logger } = options;
  return createConsole({
    db: store.db,
    clock,
    logger,
    directory,
    front: () => front,
    reach,
    reads: {
      ...reads,
      postmortemOf: (id) => postmortemOf(id, chatParts(shared, home())),
      saidDaysFrom: (date) => saidDaysFrom(store.db, date),
    },
    signIn: async (token) => {
      const found = await findToken(store.db, hashToken(token));
      return found?.kind === 'person' ? found.subject : null;
    },
    sendTestAlert: () => sendTestAlert(shared, receive),
    sandbox: config.current().chat.signIn === 'sandbox',
    instanceSecret: secret,
    publicUrl: () => shared.publicUrl() ?? '',
    devices: {
      publicKey: async () => (await vapidKeys(shared)).publicKey,
      allows: (endpoint) => isPushService(endpoint, config.current().notify.webPush.services),
      changed: () => handlesChanged(shared),
    },
    calendars: shared.calendars,
    listen: store.listen,
  });
}

/** Takes an alert in as if a monitor had sent it; answers with the incident that stands for it. */
async function sendTestAlert({ options, directory, reads }: Shared, receive: Receive) {
  await receive([testAlert(options.clock.now(), directory().services.keys().next().value ?? null)]);
  const [newest] = await reads.listIncidents({ state: 'open', limit: 1 });
  return newest ? { incidentId: newest.id } : null;
}
