import { BOT } from '../domain/actor.ts';
import type { Alert } from '../domain/alert/alert.ts';
import type { Command } from '../domain/command.ts';
import type { Directory } from '../domain/directory.ts';
import type { EffectOf } from '../domain/effect.ts';
import type { Incident } from '../domain/incident/incident.ts';
import type { PageNotice } from '../domain/page/notice.ts';
import type { World } from '../domain/world.ts';
import { saidOf } from './contacts.ts';
import type { Contacts } from './contacts.ts';
import type { Clock } from '../lib/clock.ts';
import { entryOf, findCompany, refOf, stillWanted } from './bundle.ts';
import type { AttemptRef, Bundles } from './bundle.ts';
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
  readonly bundles: Bundles;
  readonly clock: Clock;
}

/**
 * Makes one attempt to reach a person, or tells in its message of others that wait for the same person. All is made ready first: what
 * is still wanted is asked under each incident's lock in the moment before it goes out.
 */
export function sendPage(parts: PagingParts): EffectHandler<'page.send'> {
  return async (effect, { attempt }) => {
    const world = await parts.worldOf(effect.incidentId);
    const entry = entryOf(world, effect.attemptId);
    if (entry?.outcome.state !== 'intended') return { kind: 'done' };
    const ready = makeReady(effect, await factsOf(world, parts), parts);
    if ('reason' in ready) return unsendable(effect, ready.reason, parts);
    const company = await findCompany({ effect, entry, world, ...ready }, parts);
    if (company.kind === 'wait') return waitFor(company.until, parts);
    const before = attempt === 1 ? null : ((await ready.channel.sentBefore?.(ready.notice)) ?? null);
    // What was not bundled before this try is not told by a message of an earlier one.
    const told = company.seen === null ? [] : company.others;
    if (before !== null) return outcomeOf([effect, ...told], before, company.bundle);
    const barred = await barredBy(ready, world, parts);
    if (barred !== null) return unsendable(effect, barred, parts);
    const wanted = await stillWanted([refOf(effect), ...company.others], company, parts.door);
    if (wanted[0]?.ref.attemptId !== effect.attemptId) return leftOut(effect, parts);
    const delivery = await ready.channel.send((await noticeTogether(wanted, parts)) ?? ready.notice);
    await noteDelivery(ready, delivery, parts);
    return outcomeOf(
      wanted.map(({ ref }) => ref),
      delivery,
      company.bundle,
    );
  };
}

async function unsendable(
  effect: EffectOf<'page.send'>,
  reason: string,
  { door }: PagingParts,
): Promise<Outcome> {
  const { incidentId, pageId, attemptId } = effect;
  const said = await door.say({ type: 'page.check_wanted', by: BOT, incidentId, pageId, attemptId });
  const isWanted = said.kind === 'done' && entryOf(said, attemptId)?.outcome.state === 'intended';
  return isWanted ? failed([effect], reason) : { kind: 'done' };
}

const WAIT_MS = 1_000;

/** It goes out together with other pages of these seconds. */
function waitFor(until: Date | null, { clock }: PagingParts): Outcome {
  const afterMs = until === null ? WAIT_MS : Math.max(0, until.getTime() - clock.now().getTime());
  return { kind: 'wait', afterMs };
}

/** It is over, or another message has just taken it along. */
async function leftOut(effect: EffectOf<'page.send'>, parts: PagingParts): Promise<Outcome> {
  const entry = entryOf(await parts.worldOf(effect.incidentId), effect.attemptId);
  return entry?.outcome.state === 'intended' ? waitFor(null, parts) : { kind: 'done' };
}

/** One notice for all of them: the first, with the others alongside. */
async function noticeTogether(
  wanted: readonly { readonly ref: AttemptRef; readonly world: World }[],
  parts: PagingParts,
): Promise<PageNotice | null> {
  const notices: PageNotice[] = [];
  for (const { ref, world } of wanted) {
    const notice = noticeOf(ref.pageId, ref.attemptId, await factsOf(world, parts));
    if (notice) notices.push(notice);
  }
  const [first, ...others] = notices;
  if (first === undefined) return null;
  return others.length === 0 ? first : { ...first, alongside: others };
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

/** Makes the messages that a page sent say what it is now, wherever a channel can change its messages. */
export function syncPage(parts: PagingParts): EffectHandler<'page.sync'> {
  return async ({ incidentId, pageId }) => {
    const world = await parts.worldOf(incidentId);
    const page = world.pages.find((one) => one.id === pageId);
    const facts = await factsOf(world, parts);
    for (const attempt of page?.attempts ?? []) {
      const { outcome } = attempt;
      const update = parts.channels.get(attempt.channel)?.update;
      if (!update || (outcome.state !== 'sent' && outcome.state !== 'delivered')) continue;
      const notice =
        attempt.bundle === null
          ? noticeOf(pageId, attempt.id, facts)
          : await noticeOfBundle(attempt.bundle, parts);
      if (!notice) continue;
      const delivery = await updated({ update, notice, messageId: outcome.messageId }, attempt.bundle, parts);
      if (delivery.kind === 'retry') return laterWith(delivery);
      if (delivery.kind === 'failed') return { kind: 'give_up', reason: delivery.reason };
    }
    return { kind: 'done' };
  };
}

/** What only waits for its turn has lost no try, so that its next one does not come later and later. */
function laterWith({ afterMs, reason, notYet }: Extract<Delivery, { kind: 'retry' }>): Outcome {
  return notYet === true && afterMs !== null ? { kind: 'wait', afterMs } : { kind: 'retry', afterMs, reason };
}

interface Updating {
  readonly update: NonNullable<NotificationChannel['update']>;
  readonly notice: PageNotice;
  readonly messageId: string;
}

/** Pages of several incidents share the message, and no lock covers them all: what has changed while it was written is written again. */
async function updated(
  { update, notice, messageId }: Updating,
  bundle: string | null,
  parts: PagingParts,
): Promise<Delivery> {
  const delivery = await update(notice, messageId);
  if (bundle === null || delivery.kind !== 'sent') return delivery;
  const newer = await noticeOfBundle(bundle, parts);
  if (newer === null || endsOf(newer) === endsOf(notice)) return delivery;
  return updated({ update, notice: newer, messageId }, bundle, parts);
}

function endsOf({ end, alongside = [] }: PageNotice): string {
  return JSON.stringify([end, ...alongside.map((one) => one.end)]);
}

/** What the message of a bundle says now: of those alone that it really told. */
async function noticeOfBundle(bundle: string, parts: PagingParts): Promise<PageNotice | null> {
  const members = [];
  for (const ref of await parts.bundles.read(bundle)) {
    const world = await parts.worldOf(ref.incidentId);
    const entry = entryOf(world, ref.attemptId);
    if (entry?.bundle === bundle && 'messageId' in entry.outcome) members.push({ ref, world });
  }
  return noticeTogether(members, parts);
}

/** What becomes of a page attempt whose time is up: it failed, and the next rule has its turn. */
export function failedAttempt({ incidentId, pageId, attemptId }: AttemptRef, reason: string): Command {
  return { type: 'page.record_failed', by: BOT, incidentId, pageId, attemptId, reason };
}

function failed(refs: readonly AttemptRef[], reason: string): Outcome {
  return { kind: 'done', next: refs.map((ref) => failedAttempt(ref, reason)) };
}

function outcomeOf(refs: readonly AttemptRef[], delivery: Delivery, bundle: string | null): Outcome {
  switch (delivery.kind) {
    case 'sent': {
      const { messageId, muted } = delivery;
      const proof = { messageId, bundle, ...(muted !== undefined && { muted }) };
      return {
        kind: 'done',
        next: refs.map((ref) => ({ type: 'page.record_sent', by: BOT, ...refOf(ref), ...proof })),
      };
    }
    case 'failed':
      return failed(refs, delivery.reason);
    case 'retry':
      return { kind: 'retry', afterMs: delivery.afterMs, reason: delivery.reason };
  }
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
