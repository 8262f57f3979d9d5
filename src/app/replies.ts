import { actorName } from '../domain/actor.ts';
import { noticeOf } from '../engine/page-notice.ts';
import type { Contacts } from '../engine/contacts.ts';
import type { FrontDoor } from '../engine/front-door.ts';
import type { Channels } from '../notify/registry.ts';
import { createReplyServer } from '../notify/replies/server.ts';
import type { ReplyServer } from '../notify/replies/server.ts';
import { incidentAlerts, incidentPages, worldOf } from '../store/reads.ts';
import type { Shared } from './parts.ts';

/** The listener for answers to the mails of pages. */
export function buildReplies(
  { options, config, directory, secret }: Shared,
  channels: Channels,
  { door, contacts }: { readonly door: FrontDoor; readonly contacts: Contacts },
): ReplyServer {
  const { db } = options.store;
  return createReplyServer({
    config: () => config.current().notify.email?.replies ?? null,
    secret,
    logger: options.logger,
    door,
    nameOf: (actor) => actorName(actor, (id) => directory().people.get(id)?.name),
    readNotice: async ({ incidentId, pageId, attemptId }) => {
      const world = await worldOf(db, incidentId);
      const alerts = await incidentAlerts(db, incidentId);
      return noticeOf(pageId, attemptId, { world, alerts, directory: directory(), url: null });
    },
    readPage: async ({ incidentId, pageId }) =>
      (await incidentPages(db, incidentId)).find(({ id }) => id === pageId) ?? null,
    noteAddress: async (personId, said) => {
      const person = directory().people.get(personId);
      if (person) await contacts.note(person, 'email', said);
    },
    tell: channels.tellByMail,
  });
}
