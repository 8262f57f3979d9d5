import type { CommandOf } from '../command.ts';
import { accept, QUIET } from '../decision.ts';
import type { Decision } from '../decision.ts';
import type { NotificationRule } from '../directory.ts';
import { urgencyOf } from '../escalation/condition.ts';
import type { Given } from '../given.ts';
import type { Incident } from '../incident/incident.ts';
import type { Bundling, PageCommand } from './commands.ts';
import type { PageEvent } from './events.ts';
import type { LedgerEntry, Page, PageEnd, Pages } from './page.ts';

/** Decides what becomes of the pages of an incident. Events out, nothing done. */
export function decidePage(
  pages: Pages,
  incident: Incident | null,
  command: PageCommand,
  given: Given,
): Decision<PageEvent> {
  if (command.type === 'page.start')
    return pages.some(has(command.pageId)) ? QUIET : start(command, incident, given);
  if (command.type === 'page.end') return end(pages, command, given);
  const page = pages.find(has(command.pageId));
  if (!page) return QUIET;
  switch (command.type) {
    case 'page.rule_due':
      return page.end === null ? accept(...intend(page, command.rule)) : QUIET;
    case 'page.check_wanted':
      return checkWanted(page, command, given);
    case 'page.record_sent':
      return recordSent(page, command);
    case 'page.record_delivered':
      return recordDelivered(page, command);
    case 'page.record_undelivered':
      return isUnderWay(page, command) ? recordFailure(page, command) : QUIET;
    case 'page.record_acted':
      return isAnswered(page, command.attemptId)
        ? QUIET
        : accept({ type: 'page.acted', pageId: page.id, attemptId: command.attemptId });
    case 'page.record_failed':
      return hasState(page, command.attemptId, 'intended') ? recordFailure(page, command) : QUIET;
  }
}

function has(pageId: string): (page: Page) => boolean {
  return (page) => page.id === pageId;
}

function start(
  command: CommandOf<'page.start'>,
  incident: Incident | null,
  given: Given,
): Decision<PageEvent> {
  const { pageId, runId, personId, ackBy, heldUntil, rulesNow, message } = command;
  const configured =
    given.directory.people.get(personId)?.rules[
      incident === null ? 'high' : urgencyOf(incident.severity, given.directory)
    ] ?? [];
  const rules = configured.map(({ channel, afterMs }) => ({ channel, afterMs: rulesNow ? 0 : afterMs }));
  const started: PageEvent = {
    type: 'page.started',
    pageId,
    runId,
    personId,
    ackBy,
    heldUntil,
    rules,
    message,
  };
  const now =
    heldUntil !== null
      ? []
      : rules.flatMap((rule, i) => (rule.afterMs === 0 ? [intended(pageId, i, rule)] : []));
  if (rules.length === 0) return accept<PageEvent>(started, unreachable(pageId));
  return accept<PageEvent>(started, ...now);
}

function intended(pageId: string, rule: number, { channel }: NotificationRule): PageEvent {
  return { type: 'page.attempt_intended', pageId, attemptId: `${pageId}/${rule}`, rule, channel };
}

function unreachable(pageId: string): PageEvent {
  return { type: 'page.ended', pageId, why: 'unreachable', by: null };
}

function intend(page: Page, index: number): PageEvent[] {
  const rule = page.rules[index];
  if (!rule || page.attempts.some((attempt) => attempt.rule === index)) return [];
  return [intended(page.id, index, rule)];
}

function attemptOf(page: Page, attemptId: string): LedgerEntry | undefined {
  return page.attempts.find((attempt) => attempt.id === attemptId);
}

function hasState(page: Page, attemptId: string, state: LedgerEntry['outcome']['state']): boolean {
  return attemptOf(page, attemptId)?.outcome.state === state;
}

const ALONE: Bundling = { bundle: null, seen: null };

function bundled(page: Page, attempt: LedgerEntry, { bundle, seen }: Bundling): Decision<PageEvent> {
  if (attempt.bundle !== seen || attempt.bundle === bundle) return QUIET;
  return accept({ type: 'page.attempt_bundled', pageId: page.id, attemptId: attempt.id, bundle });
}

/** Said in the moment before sending, under the incident's lock. Nothing means: still wanted, go. */
function checkWanted(
  page: Page,
  { attemptId, bundling = ALONE }: CommandOf<'page.check_wanted'>,
  { now, directory }: Given,
): Decision<PageEvent> {
  const attempt = attemptOf(page, attemptId);
  if (!attempt || attempt.outcome.state !== 'intended') return QUIET;
  const withheld = (reason: string): PageEvent => ({
    type: 'page.attempt_withheld',
    pageId: page.id,
    attemptId,
    reason,
  });
  if (page.end !== null) return accept(withheld(page.end.why));
  if (!isStale(attempt, { now, directory })) return bundled(page, attempt, bundling);
  return accept<PageEvent>(withheld('stale'), {
    type: 'page.ended',
    pageId: page.id,
    why: 'stale',
    by: null,
  });
}

function recordSent(page: Page, command: CommandOf<'page.record_sent'>): Decision<PageEvent> {
  const { attemptId, messageId } = command;
  const attempt = attemptOf(page, attemptId);
  if (attempt?.outcome.state !== 'intended') return QUIET;
  const { bundle = attempt.bundle } = command;
  const moved: PageEvent[] =
    bundle === attempt.bundle ? [] : [{ type: 'page.attempt_bundled', pageId: page.id, attemptId, bundle }];
  const sent: PageEvent = { type: 'page.attempt_sent', pageId: page.id, attemptId, messageId };
  return command.muted === undefined
    ? accept<PageEvent>(...moved, sent)
    : accept<PageEvent>(...moved, { ...sent, muted: command.muted }, ...instead(page, attemptId));
}

/** What rang nowhere is not waited for: the next rule's turn is now, and without one the escalation goes on. */
function instead(page: Page, attemptId: string): PageEvent[] {
  if (page.end !== null) return [];
  const next = page.rules.findIndex((_, i) => !page.attempts.some((attempt) => attempt.rule === i));
  if (next !== -1) return intend(page, next);
  const others = page.attempts.filter((attempt) => attempt.id !== attemptId);
  return others.every(isHopeless) ? [unreachable(page.id)] : [];
}

/** It did not get through, or nobody was woken by it. */
function isHopeless({ outcome, muted }: LedgerEntry): boolean {
  return outcome.state === 'failed' || outcome.state === 'withheld' || muted !== undefined;
}

/** Reports of providers overtake each other and our own record: what was delivered has been sent. */
function recordDelivered(
  page: Page,
  { attemptId, messageId }: CommandOf<'page.record_delivered'>,
): Decision<PageEvent> {
  const { id: pageId } = page;
  const delivered: PageEvent = { type: 'page.attempt_delivered', pageId, attemptId };
  if (hasState(page, attemptId, 'sent')) return accept(delivered);
  return hasState(page, attemptId, 'intended')
    ? accept<PageEvent>({ type: 'page.attempt_sent', pageId, attemptId, messageId }, delivered)
    : QUIET;
}

/** True while nobody knows yet whether this message arrives. What was answered has arrived, whatever is reported afterwards. */
function isUnderWay(page: Page, { attemptId, messageId }: CommandOf<'page.record_undelivered'>): boolean {
  const attempt = attemptOf(page, attemptId);
  if (!attempt || attempt.actedAt !== null) return false;
  const { outcome } = attempt;
  return outcome.state === 'intended' || (outcome.state === 'sent' && outcome.messageId === messageId);
}

/** What was never tried cannot have been answered; what was answered is answered. */
function isAnswered(page: Page, attemptId: string): boolean {
  return attemptOf(page, attemptId)?.actedAt !== null;
}

/** A failure moves on to the next rule at once; when no rule is left and none got through, the person is unreachable. */
function recordFailure(
  page: Page,
  { attemptId, reason }: Pick<CommandOf<'page.record_failed'>, 'attemptId' | 'reason'>,
): Decision<PageEvent> {
  const failed: PageEvent = { type: 'page.attempt_failed', pageId: page.id, attemptId, reason };
  if (page.end !== null) return accept(failed);
  const next = page.rules.findIndex((_, i) => !page.attempts.some((attempt) => attempt.rule === i));
  if (next !== -1) return accept(failed, ...intend(page, next));
  const others = page.attempts.filter((attempt) => attempt.id !== attemptId);
  return others.every(isHopeless) ? accept(failed, unreachable(page.id)) : accept(failed);
}

function isStale(
  { outcome, intendedAt }: LedgerEntry,
  { now, directory }: Pick<Given, 'now' | 'directory'>,
): boolean {
  return (
    outcome.state === 'intended' && now.getTime() - intendedAt.getTime() > directory.settings.staleAfterMs
  );
}

function end(
  pages: Pages,
  { pageIds, why, answeredPageId, by }: CommandOf<'page.end'>,
  given: Given,
): Decision<PageEvent> {
  const open = pages.filter((page) => page.end === null && pageIds.includes(page.id));
  const personId = by.kind === 'person' ? by.id : null;
  return accept(
    ...open.flatMap((page): PageEvent[] => [
      ...(page.id === answeredPageId ? acted(page) : []),
      { type: 'page.ended', pageId: page.id, why: whyOf(page, why, given), by: personId },
    ]),
  );
}

/** A step that was over before anything had reached the person is news to them, however old. */
function whyOf(page: Page, why: PageEnd, given: Given): PageEnd {
  const isNews = page.attempts.length > 0 && page.attempts.every((attempt) => isStale(attempt, given));
  return why === 'escalated' && isNews ? 'stale' : why;
}

function acted(page: Page): PageEvent[] {
  // Known already where the channel itself brought the answer.
  if (page.attempts.some(({ actedAt }) => actedAt !== null)) return [];
  const answered = page.attempts.findLast(
    ({ outcome }) => outcome.state === 'sent' || outcome.state === 'delivered',
  );
  return answered ? [{ type: 'page.acted', pageId: page.id, attemptId: answered.id }] : [];
}
