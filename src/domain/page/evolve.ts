import type { PageEvent } from './events.ts';
import type { LedgerEntry, Page, Pages } from './page.ts';

/** The pages of an incident after an event. */
export function evolvePages(pages: Pages, event: PageEvent, at: Date): Pages {
  if (event.type === 'page.started') {
    const { pageId, runId, personId, ackBy, heldUntil, rules, message } = event;
    return [
      ...pages,
      {
        id: pageId,
        runId,
        personId,
        startedAt: at,
        ackBy,
        heldUntil,
        rules,
        nextRule: 0,
        attempts: [],
        message,
        end: null,
      },
    ];
  }
  return pages.map((page) => (page.id === event.pageId ? evolvePage(page, event, at) : page));
}

function evolvePage(page: Page, event: Exclude<PageEvent, { type: 'page.started' }>, at: Date): Page {
  switch (event.type) {
    case 'page.attempt_intended': {
      const { attemptId: id, rule, channel } = event;
      const attempt: LedgerEntry = {
        id,
        rule,
        channel,
        intendedAt: at,
        actedAt: null,
        outcome: { state: 'intended' },
        bundle: null,
      };
      return { ...page, attempts: [...page.attempts, attempt], nextRule: Math.max(page.nextRule, rule + 1) };
    }
    case 'page.attempt_bundled':
      return {
        ...page,
        attempts: page.attempts.map((one) =>
          one.id === event.attemptId ? { ...one, bundle: event.bundle } : one,
        ),
      };
    case 'page.attempt_sent':
      return {
        ...page,
        attempts: page.attempts.map((one) =>
          one.id === event.attemptId
            ? {
                ...one,
                ...(event.muted !== undefined && { muted: event.muted }),
                outcome: { state: 'sent', messageId: event.messageId, at },
              }
            : one,
        ),
      };
    case 'page.attempt_delivered':
      return {
        ...page,
        attempts: page.attempts.map((attempt) =>
          attempt.id === event.attemptId && attempt.outcome.state === 'sent'
            ? { ...attempt, outcome: { state: 'delivered', messageId: attempt.outcome.messageId, at } }
            : attempt,
        ),
      };
    case 'page.attempt_failed':
      return withOutcome(page, event.attemptId, { state: 'failed', reason: event.reason, at });
    case 'page.attempt_withheld':
      return withOutcome(page, event.attemptId, { state: 'withheld', reason: event.reason, at });
    case 'page.acted':
      return {
        ...page,
        attempts: page.attempts.map((one) => (one.id === event.attemptId ? { ...one, actedAt: at } : one)),
      };
    case 'page.ended':
      return { ...page, end: { why: event.why, by: event.by, at } };
  }
}

function withOutcome(page: Page, attemptId: string, outcome: LedgerEntry['outcome']): Page {
  return {
    ...page,
    attempts: page.attempts.map((one) => (one.id === attemptId ? { ...one, outcome } : one)),
  };
}
