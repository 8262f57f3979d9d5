import { BOT } from '../domain/actor.ts';
import type { Alert } from '../domain/alert/alert.ts';
import type { Command } from '../domain/command.ts';
import type { Directory } from '../domain/directory.ts';
import type { EffectOf } from '../domain/effect.ts';
import type { Incident } from '../domain/incident/incident.ts';
import type { PageNotice } from '../domain/page/notice.ts';
import type { LedgerEntry } from '../domain/page/page.ts';
import type { World } from '../domain/world.ts';
import { saidOf } from './contacts.ts';
import type { Contacts } from './contacts.ts';
import type { EffectHandler, Outcome } from './effect-handler.ts';
import type { FrontDoor } from './front-door.ts';
import type { Delivery, NotificationChannel } from './notification-channel.ts';
import { noSuchChannel, whyUnreached } from './reach.ts';
import { noticeOf } from './page-notice.ts';
import type { NoticeFacts } from './page-notice.ts';

/** What sending a page works with. */
export interface PagingParts {
  readonly door: FrontDoor;
  readonly channels: ReadonlyMap<string, NotificationChannel>;
  readonly directory: () => Directory;
  readonly worldOf: (incidentId: number) => Promise<World>;
  /** The alerts of an incident, a handful is enough. */
  readonly alertsOf: (incidentId: number) => Promise<readonly Alert[]>;
  readonly urlOf: (incident: Incident) => string | null;
  readonly contacts: Pick<Contacts, 'bars' | 'note'>;
}

/** Makes one attempt to reach a person. All is made ready first: whether it is still wanted is asked under the incident's lock in the moment before it goes out. */
export function sendPage(parts: PagingParts): EffectHandler<'page.send'> {
  return async (effect, { attempt }) => {
    const world = await parts.worldOf(effect.incidentId);
    if (attemptIn(world, effect)?.outcome.state !== 'intended') return { kind: 'done' };
    const ready = makeReady(effect, await factsOf(world, parts), parts);
    const before = attempt === 1 ? null : await sentBefore(ready);
    if (before !== null) return outcomeOf(effect, before);
    if (!(await isWanted(effect, parts))) return { kind: 'done' };
    if ('reason' in ready) return failed(effect, ready.reason);
    const barred = await barredBy(ready, world, parts);
    if (barred !== null) return failed(effect, barred);
    const delivery = await ready.channel.send(ready.notice);
    await noteDelivery(ready, delivery, parts);
    return outcomeOf(effect, delivery);
  };
}

interface Sendable {
  readonly channel: NotificationChannel;
  readonly notice: PageNotice;
}

type Ready =
  | Sendable
  /** Why it cannot be sent at all. */
  | { readonly reason: string };

function makeReady(
  { pageId, attemptId, channel: name }: EffectOf<'page.send'>,
  facts: NoticeFacts,
  { channels }: PagingParts,
): Ready {
  const channel = channels.get(name);
  const notice = noticeOf(pageId, attemptId, facts);
  if (!channel) return { reason: noSuchChannel(name, channels) };
  if (!notice) return { reason: 'this person is no longer configured' };
  const reason = whyUnreached(notice.person, channel);
  return reason === null ? { channel, notice } : { reason };
}

/** An address that is not proven is not used, except at the end of the line: there a page to a wrong one is better than silence. */
async function barredBy(
  { channel, notice }: Sendable,
  { runs }: World,
  { contacts }: PagingParts,
): Promise<string | null> {
  const reason = await contacts.bars(notice.person, channel.name);
  const run = runs.find(({ id }) => notice.pageId.startsWith(`${id}/`));
  return run?.position.at === 'last_resort' ? null : reason;
}

async function noteDelivery(
  { channel, notice }: Sendable,
  delivery: Delivery,
  { contacts }: PagingParts,
): Promise<void> {
  const said = saidOf(delivery, channel);
  if (said !== null) await contacts.note(notice.person, channel.name, said);
}

/** What a process sent that died before it was on record: said to be sent, so that its message is set right when the page is over. */
async function sentBefore(ready: Ready): Promise<Delivery | null> {
  return 'reason' in ready ? null : ((await ready.channel.sentBefore?.(ready.notice)) ?? null);
}

/** Wanted is what is still intended after the check: another process may have sent or withheld it a moment ago. */
async function isWanted(effect: EffectOf<'page.send'>, { door }: PagingParts): Promise<boolean> {
  const { incidentId, pageId, attemptId } = effect;
  const said = await door.say({ type: 'page.check_wanted', by: BOT, incidentId, pageId, attemptId });
  return said.kind === 'done' && attemptIn(said, effect)?.outcome.state === 'intended';
}

/** Makes the messages that a page sent say what it is now, wherever a channel can change its messages. */
export function syncPage(parts: PagingParts): EffectHandler<'page.sync'> {
  return async ({ incidentId, pageId }) => {
    const world = await parts.worldOf(incidentId);
    const page = world.pages.find((one) => one.id === pageId);
    const facts = await factsOf(world, parts);
    for (const attempt of page?.attempts ?? []) {
      const { outcome } = attempt;
      const update = parts.channels.get(attempt.channel)?.update;
      const notice = noticeOf(pageId, attempt.id, facts);
      if (!update || !notice || (outcome.state !== 'sent' && outcome.state !== 'delivered')) continue;
      const delivery = await update(notice, outcome.messageId);
      if (delivery.kind === 'retry')
        return { kind: 'retry', afterMs: delivery.afterMs, reason: delivery.reason };
      if (delivery.kind === 'failed') return { kind: 'give_up', reason: delivery.reason };
    }
    return { kind: 'done' };
  };
}

/** What becomes of a page attempt whose time is up: it failed, and the next rule has its turn. */
export function failedAttempt(effect: EffectOf<'page.send'>, reason: string): Command {
  const { incidentId, pageId, attemptId } = effect;
  return { type: 'page.record_failed', by: BOT, incidentId, pageId, attemptId, reason };
}

function failed(effect: EffectOf<'page.send'>, reason: string): Outcome {
  return { kind: 'done', next: [failedAttempt(effect, reason)] };
}

function outcomeOf(effect: EffectOf<'page.send'>, delivery: Delivery): Outcome {
  const { incidentId, pageId, attemptId } = effect;
  switch (delivery.kind) {
    case 'sent': {
      const { messageId } = delivery;
      return {
        kind: 'done',
        next: [{ type: 'page.record_sent', by: BOT, incidentId, pageId, attemptId, messageId }],
      };
    }
    case 'failed':
      return failed(effect, delivery.reason);
    case 'retry':
      return { kind: 'retry', afterMs: delivery.afterMs, reason: delivery.reason };
  }
}

function attemptIn(
  { pages }: Pick<World, 'pages'>,
  { pageId, attemptId }: EffectOf<'page.send'>,
): LedgerEntry | undefined {
  return pages.find((page) => page.id === pageId)?.attempts.find((attempt) => attempt.id === attemptId);
}

async function factsOf(world: World, parts: PagingParts): Promise<NoticeFacts> {
  const { incident } = world;
  const alerts = incident === null || incident.alerts.total === 0 ? [] : await parts.alertsOf(incident.id);
  return {
    world,
    alerts,
    directory: parts.directory(),
    url: incident === null ? null : parts.urlOf(incident),
  };
}
