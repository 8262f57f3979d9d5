import { BOT } from '../domain/actor.ts';
import type { EffectOf } from '../domain/effect.ts';
import type { PageNotice } from '../domain/page/notice.ts';
import type { LedgerEntry } from '../domain/page/page.ts';
import type { World } from '../domain/world.ts';
import type { FrontDoor } from './front-door.ts';
import type { NotificationChannel } from './notification-channel.ts';

/** An attempt by its place in the ledger. */
export type AttemptRef = Pick<EffectOf<'page.send'>, 'incidentId' | 'pageId' | 'attemptId'>;

/** What bundling asks the store. */
export interface Bundles {
  /** Null when this attempt is the first of its person's messages on the channel for a while, otherwise until when it waits for company. */
  readonly claim: (box: Mailbox & { readonly holder: string }) => Promise<Date | null>;
  /** Other attempts that wait for the same person on the same channel. */
  readonly waiting: (box: Mailbox, but: string) => Promise<readonly AttemptRef[]>;
  readonly save: (bundle: string, members: readonly AttemptRef[]) => Promise<void>;
  /** The attempts that a message tells of, its own first. */
  readonly read: (bundle: string) => Promise<readonly AttemptRef[]>;
}

interface Mailbox {
  readonly personId: string;
  readonly channel: string;
}

/** How an attempt goes out. */
export type Company =
  /** Not now: another message goes first, or tells of this one too. */
  | { readonly kind: 'wait'; readonly until: Date | null }
  | {
      readonly kind: 'go';
      /** Id of the attempt that leads, which is this one; null alone. */
      readonly bundle: string | null;
      readonly seen: string | null;
      readonly others: readonly AttemptRef[];
    };

/** What finding company works with. */
export interface CompanyParts {
  readonly bundles: Bundles;
  readonly worldOf: (incidentId: number) => Promise<World>;
}

/** One attempt, ready to go. */
export interface Setting {
  readonly effect: EffectOf<'page.send'>;
  readonly entry: LedgerEntry;
  readonly world: World;
  readonly channel: NotificationChannel;
  readonly notice: PageNotice;
}

/** Finds the attempts that go out in one message with this one. The first for a while is never delayed, and neither is a page again. */
export async function findCompany(setting: Setting, parts: CompanyParts): Promise<Company> {
  const { effect, entry, channel, notice } = setting;
  const own = entry.id;
  if (entry.bundle === own) {
    return { kind: 'go', bundle: own, seen: own, others: await ledBy(own, parts) };
  }
  if (entry.bundle !== null) return follow(effect, entry.bundle, parts);
  const led = await parts.bundles.read(own);
  // It set out before, and may have been sent: nobody else takes it along, and it waits for nobody.
  if (led.length > 0) {
    const others = led.filter(({ attemptId }) => attemptId !== own);
    return { kind: 'go', bundle: others.length > 0 ? own : null, seen: null, others };
  }
  const alone: Company = { kind: 'go', bundle: null, seen: null, others: [] };
  // A page that is over needs no company to be withheld.
  const isOver = notice.end !== null;
  if (channel.bundles !== true || isOver) return alone;
  if (notice.isTest || isAgain(setting)) return setOut(effect, [], parts);
  const box = { personId: notice.person.id, channel: effect.channel };
  const until = await parts.bundles.claim({ ...box, holder: own });
  if (until !== null) return { kind: 'wait', until };
  const others = await parts.bundles.waiting(box, own);
  return setOut(effect, others, parts);
}

/** Written down before anything is sent, so that after a crash it is known what may have gone out. */
async function setOut(
  effect: EffectOf<'page.send'>,
  others: readonly AttemptRef[],
  { bundles }: CompanyParts,
): Promise<Company> {
  await bundles.save(effect.attemptId, [refOf(effect), ...others]);
  return { kind: 'go', bundle: others.length > 0 ? effect.attemptId : null, seen: null, others };
}

/** Those that this attempt took along before its process died, or before it had to wait. */
async function ledBy(own: string, { bundles, worldOf }: CompanyParts): Promise<readonly AttemptRef[]> {
  const led = [];
  for (const ref of await bundles.read(own)) {
    const entry = entryOf(await worldOf(ref.incidentId), ref.attemptId);
    if (ref.attemptId !== own && entry?.bundle === own) led.push(ref);
  }
  return led;
}

/** Another attempt's message tells of this one, unless that one is over and has left it behind. */
async function follow(effect: EffectOf<'page.send'>, bundle: string, parts: CompanyParts): Promise<Company> {
  const lead = entryOf(await parts.worldOf(Number(bundle.split('/')[0])), bundle);
  // One that follows another itself leads nobody: two must never wait for each other.
  if (lead?.outcome.state === 'intended' && lead.bundle === bundle) return { kind: 'wait', until: null };
  await parts.bundles.save(effect.attemptId, [refOf(effect)]);
  return { kind: 'go', bundle: null, seen: bundle, others: [] };
}

/** Somebody who was told of this incident before is told again at once: something has happened. */
function isAgain({ world, effect, notice }: Setting): boolean {
  return world.pages.some(
    (page) => page.personId === notice.person.id && page.id !== effect.pageId && page.end !== null,
  );
}

/** Asks under each incident's lock which attempts are still wanted, and answers with those and their worlds as they stand then. */
export async function stillWanted(
  refs: readonly AttemptRef[],
  { bundle, seen }: Extract<Company, { kind: 'go' }>,
  door: FrontDoor,
): Promise<readonly { readonly ref: AttemptRef; readonly world: World }[]> {
  const wanted = [];
  for (const ref of refs) {
    const said = await door.say({ type: 'page.check_wanted', by: BOT, ...ref, bundling: { bundle, seen } });
    const entry = said.kind === 'done' ? entryOf(said, ref.attemptId) : undefined;
    if (said.kind === 'done' && entry?.outcome.state === 'intended' && entry.bundle === bundle)
      wanted.push({ ref, world: said });
    // Without the one that leads, nobody is taken along.
    else if (ref === refs[0]) return [];
  }
  return wanted;
}

/** An attempt in the ledger of its incident. */
export function entryOf({ pages }: Pick<World, 'pages'>, attemptId: string): LedgerEntry | undefined {
  for (const page of pages) {
    const found = page.attempts.find(({ id }) => id === attemptId);
    if (found) return found;
  }
  return undefined;
}

/** The place of an effect's attempt. */
export function refOf({ incidentId, pageId, attemptId }: AttemptRef): AttemptRef {
  return { incidentId, pageId, attemptId };
}
