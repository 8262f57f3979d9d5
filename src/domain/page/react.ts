import { BOT } from '../actor.ts';
import type { IncidentSideCommand } from '../command.ts';
import type { Effect } from '../effect.ts';
import { isTestPage } from '../incident/incident.ts';
import type { Reaction, TimerChange } from '../timer.ts';
import type { Happening, World } from '../world.ts';
import type { PageEvent } from './events.ts';
import type { Page } from './page.ts';

type PageHappening = Happening & { readonly event: PageEvent };

/** What follows from an event of a page. `world` is as it stands after the event. */
export function reactToPage(happening: PageHappening, world: World): Reaction {
  const reaction = reactTo(happening, world);
  if (world.incident === null || !isTestPage(world.incident)) return reaction;
  const { incidentId, event } = happening;
  const report: Effect = { type: 'chat.sync_test_report', incidentId, pageId: event.pageId };
  return { ...reaction, effects: [...(reaction.effects ?? []), report] };
}

function reactTo({ event, incidentId, at }: PageHappening, world: World): Reaction {
  const page = world.pages.find((one) => one.id === event.pageId);
  if (!page) throw new Error(`expected page ${event.pageId} after ${event.type}, found none`);
  switch (event.type) {
    case 'page.started':
      return { timers: ruleTimers(page, incidentId, at) };
    case 'page.attempt_intended': {
      const { pageId, attemptId, channel } = event;
      return { effects: [{ type: 'page.send', incidentId, pageId, attemptId, channel }] };
    }
    case 'page.attempt_sent':
      // It ended while it was on its way: the message must say so.
      return page.end === null ? {} : { effects: [sync(page, incidentId)] };
    case 'page.ended':
      return { effects: ended(page, incidentId), timers: clearRules(page), say: lost(page, incidentId) };
    case 'page.attempt_bundled':
    case 'page.attempt_delivered':
    case 'page.attempt_failed':
    case 'page.attempt_withheld':
    case 'page.acted':
      return {};
  }
}

function ruleKey(page: Page, rule: number): string {
  return `page:${page.id}:rule:${rule}`;
}

function ruleTimers(page: Page, incidentId: number, from: Date): TimerChange[] {
  const begins = page.heldUntil ?? from;
  return page.rules.flatMap(({ afterMs }, rule): TimerChange[] => {
    if (afterMs === 0 && page.heldUntil === null) return [];
    const command = { type: 'page.rule_due', incidentId, pageId: page.id, rule } as const;
    return [{ kind: 'set', key: ruleKey(page, rule), dueAt: new Date(begins.getTime() + afterMs), command }];
  });
}

function clearRules(page: Page): TimerChange[] {
  return page.rules.flatMap(({ afterMs }, rule): TimerChange[] =>
    afterMs === 0 && page.heldUntil === null ? [] : [{ kind: 'clear', key: ruleKey(page, rule) }],
  );
}

function sync(page: Page, incidentId: number): Effect {
  return { type: 'page.sync', incidentId, pageId: page.id };
}

function ended(page: Page, incidentId: number): Effect[] {
  const told = page.attempts.some(({ outcome }) => outcome.state === 'sent' || outcome.state === 'delivered');
  const fold: Effect[] = page.end?.why === 'stale' ? [{ type: 'page.fold', personId: page.personId }] : [];
  return told ? [sync(page, incidentId), ...fold] : fold;
}

function lost(page: Page, incidentId: number): IncidentSideCommand[] {
  if (page.end?.why !== 'unreachable') return [];
  const reasons = page.attempts.flatMap(({ channel, outcome, muted }) => {
    if (muted !== undefined) return [`${channel}: ${muted}`];
    return outcome.state === 'failed' ? [`${channel}: ${outcome.reason}`] : [];
  });
  const reason = reasons.length > 0 ? reasons.join('; ') : 'no way to reach them is configured';
  return [{ type: 'escalation.page_unreachable', by: BOT, incidentId, pageId: page.id, reason }];
}
