import type { Config } from '../config/config.ts';
import { actorName } from '../domain/actor.ts';
import type { Actor } from '../domain/actor.ts';
import type { Directory } from '../domain/directory.ts';
import type { Contacts } from '../engine/contacts.ts';
import type { FrontDoor } from '../engine/front-door.ts';
import { noticeOf } from '../engine/page-notice.ts';
import type { RouteGroup } from '../engine/route-group.ts';
import type { Clock } from '../lib/clock.ts';
import type { AckLinks } from '../notify/ack-link.ts';
import { ackRoutes } from '../notify/ack-routes.ts';
import { twilioRoutes } from '../notify/twilio/routes.ts';
import type { Db } from '../store/db.ts';
import { finishInbound, keepInbound } from '../store/platform-inbound.ts';
import { pagesOfPerson } from '../store/person-pages.ts';
import { incidentAlerts, worldOf } from '../store/reads.ts';

/** What the routes work with through which people answer pages outside of the chat. */
export interface AnswerParts {
  readonly config: () => Config;
  readonly directory: () => Directory;
  readonly links: AckLinks;
  readonly door: FrontDoor;
  readonly db: Db;
  readonly clock: Clock;
  readonly contacts: Contacts;
  /** Of the installation. */
  readonly secret: string;
}

interface PageName {
  readonly incidentId: number;
  readonly pageId: string;
}

/** The links of mails and phones, and what Twilio calls back. */
export function answerRoutes(parts: AnswerParts): readonly RouteGroup[] {
  const { config, directory, links, door, db, clock, secret, contacts } = parts;
  const nameOf = (actor: Actor): string => actorName(actor, (id) => directory().people.get(id)?.name);
  const readNotice = async ({ incidentId, pageId }: PageName, attemptId: string) => {
    const world = await worldOf(db, incidentId);
    const alerts = await incidentAlerts(db, incidentId);
    return noticeOf(pageId, attemptId, { world, alerts, directory: directory(), url: null });
  };
  return [
    ...ackRoutes({ links, door, nameOf, readNotice: (claim) => readNotice(claim, `${claim.pageId}/mail`) }),
    twilioRoutes({
      config: () => config().notify.twilio,
      clock,
      secret,
      door,
      nameOf,
      readNotice: (attempt) => readNotice(attempt, attempt.attemptId),
      personAt: (phone) => [...directory().people.values()].find((one) => one.phone === phone) ?? null,
      personPaged: async (attempt) =>
        attempt && ((await readNotice(attempt, attempt.attemptId))?.person ?? null),
      barsPhone: (person) => contacts.bars(person, 'sms'),
      notePhone: (person, channel, said) => contacts.note(person, channel, said),
      isFirst: (messageId) => keepOnce(messageId, parts),
      pagesOf: (personId, since) => pagesOfPerson(db, personId, since),
    }),
  ];
}

async function keepOnce(key: string, { db, clock }: AnswerParts): Promise<boolean> {
  const now = clock.now();
  const message = { platform: 'twilio', key };
  const isNew = await keepInbound(
    db,
    { ...message, kind: 'sms', payload: {}, receivedAt: now },
    { holder: 'twilio', leasedUntil: now },
  );
  await finishInbound(db, message, now);
  return isNew;
}
