import type { LedgerEntry, Page } from '../../../src/domain/page/page.ts';
import { waitingEffects } from './check-rooms.ts';
import type { Remains, Story } from './remains.ts';

/** Between the last look and the message. */
const CROSSING_MS = 2_000;

/** The ledger and the direct messages say the same: none without the other, none twice, none after the page was over. */
export function checkPages(stories: readonly Story[], remains: Remains, factor: number): readonly string[] {
  const attempts = new Map<string, Ledger>();
  for (const { incidentId, stored } of stories)
    for (const page of stored.pages)
      for (const entry of page.attempts) attempts.set(entry.id, { incidentId, page, entry });
  const messages = remains.messages.flatMap((message) => {
    const attemptId = /^(\d+\/\d+\/\d+\/\d+)$/.exec(message.key ?? '')?.[1];
    return attemptId === undefined ? [] : [{ ...message, attemptId }];
  });
  const sent = new Map(messages.map((message) => [message.attemptId, message]));
  const doubled = [...Map.groupBy(messages, ({ attemptId }) => attemptId)].filter(
    ([, all]) => all.length > 1,
  );
  const told = Map.groupBy(
    [...attempts.values()].filter(({ entry }) => 'messageId' in entry.outcome),
    ({ entry }) => entry.bundle ?? entry.id,
  );
  return [
    ...doubled.map(([attemptId, all]) => `the page ${attemptId} was sent ${all.length} times`),
    ...messages.flatMap((message) => {
      const ledger = attempts.get(message.attemptId);
      return checkMessage(
        message,
        ledger && { ...ledger, told: told.get(message.attemptId) ?? [ledger] },
        factor,
        remains,
      );
    }),
    ...[...attempts.values()].flatMap((ledger) => {
      const { id, bundle } = ledger.entry;
      return [
        ...checkAttempt(ledger, sent.get(bundle ?? id)?.id, remains),
        ...(bundle === null || bundle === id || !sent.has(id)
          ? []
          : checkTwice(ledger, attempts.get(bundle))),
      ];
    }),
  ];
}

interface Ledger {
  readonly incidentId: number;
  readonly page: Page;
  readonly entry: LedgerEntry;
}

/** An attempt that leads, with all that its message tells of. */
interface Leading extends Ledger {
  readonly told: readonly Ledger[];
}

/** Told in a message of its own and in another one: only where the one that led was withheld while it was on its way. */
function checkTwice({ entry }: Ledger, lead: Ledger | undefined): readonly string[] {
  return lead?.entry.outcome.state === 'withheld'
    ? []
    : [`page ${entry.id} was sent by itself and in the message of ${entry.bundle}`];
}

type Sent = Remains['messages'][number] & { readonly attemptId: string };

function checkMessage(
  message: Sent,
  ledger: Leading | undefined,
  factor: number,
  remains: Remains,
): readonly string[] {
  const { attemptId, at } = message;
  if (!ledger) return [`a page ${attemptId} was sent that no ledger knows`];
  const { incidentId, page, entry, told } = ledger;
  const waiting = waitingEffects(incidentId, remains);
  const isUnsettled = waiting.some((effect) => effect.type === 'page.send' && effect.attemptId === attemptId);
  const isUnsynced = told.some((one) =>
    waitingEffects(one.incidentId, remains).some(
      (effect) => effect.type === 'page.sync' && effect.pageId === one.page.id,
    ),
  );
  const isOver = told.every((one) => one.page.end !== null);
  const crossed = hasCrossed(message, entry, factor);
  const lateMs = page.end === null ? 0 : (at.getTime() - page.end.at.getTime()) / factor;
  return [
    ...(entry.outcome.state === 'sent' || isUnsettled || crossed
      ? []
      : [`page ${attemptId} was sent, and the ledger says ${JSON.stringify(entry.outcome)}`]),
    ...(lateMs > remains.onItsWayMs
      ? [`page ${attemptId} was sent ${lateMs} ms after ${page.end?.why}`]
      : []),
    ...(!isOver || !message.asks || isUnsynced || isUnsettled || crossed
      ? []
      : [`the message of ${attemptId} still asks for an answer, although the page is ${page.end?.why}`]),
  ];
}

/**
 * By the fast clock a lease runs out within a second, so two processes may be at one attempt: one has just been told that it is
 * wanted, and the other withholds it before the first has said so.
 */
function hasCrossed({ at }: Sent, { outcome }: LedgerEntry, factor: number): boolean {
  return outcome.state === 'withheld' && Math.abs(at.getTime() - outcome.at.getTime()) / factor < CROSSING_MS;
}

function checkAttempt(
  { incidentId, entry }: Ledger,
  messageId: string | undefined,
  remains: Remains,
): readonly string[] {
  const { id, outcome } = entry;
  switch (outcome.state) {
    case 'sent':
    case 'delivered':
      return outcome.messageId.endsWith(`/${messageId}`)
        ? []
        : [`the message of ${id} (${outcome.messageId}) is not there`];
    case 'intended': {
      const waits = waitingEffects(incidentId, remains).some(
        (effect) => effect.type === 'page.send' && effect.attemptId === id,
      );
      return waits ? [] : [`attempt ${id} is intended, and nothing will send it`];
    }
    case 'failed':
      return [`attempt ${id} failed: ${outcome.reason}`];
    case 'withheld':
      return [];
  }
}
