import type { Actor } from '../actor.ts';
import { personOf } from '../actor.ts';
import type { EscalationEvent, NewPage } from './events.ts';
import { stepAt } from './reach.ts';
import type { Run, Runs, StepPage } from './run.ts';

/** The runs of an incident after an event. */
export function evolveRuns(runs: Runs, event: EscalationEvent, occasion: { readonly by: Actor }): Runs {
  if (event.type === 'escalation.started') return [...runs, evolveRun(undefined, event, occasion)];
  return runs.map((run) => (run.id === event.runId ? evolveRun(run, event, occasion) : run));
}

/** One run after an event of its own. */
export function evolveRun(run: Run | undefined, event: EscalationEvent, { by }: { readonly by: Actor }): Run {
  if (event.type === 'escalation.started') return started(event);
  if (!run) throw new Error(`expected run ${event.runId} before ${event.type}, found none`);
  return { ...run, ...changes(run, event, by) };
}

function started(event: Extract<EscalationEvent, { type: 'escalation.started' }>): Run {
  const { type: _, runId, ...frozen } = event;
  return {
    ...frozen,
    id: runId,
    number: Number(runId.split('/')[1]),
    status: 'paging',
    position: { at: 'step', policy: 0, round: 0, step: 0 },
    entry: 0,
    pages: [],
    declined: [],
    acknowledgedBy: null,
    promisedBy: null,
    signOfLifeBy: null,
    snoozedUntil: null,
    delay: null,
    nagAt: null,
    pagesStarted: 0,
  };
}

type Later = Exclude<EscalationEvent, { type: 'escalation.started' }>;

function changes(run: Run, event: Later, by: Actor): Partial<Run> {
  const entry = run.entry + 1;
  switch (event.type) {
    case 'escalation.step_reached':
      return { entry, ...reached(run, event) };
    case 'escalation.step_delayed':
      return {
        ...UNTAKEN,
        status: 'delayed',
        position: event.position,
        delay: event.delay,
        entry,
        pages: earlier(run.pages.filter(isOwed)),
      };
    case 'escalation.nagged':
      return {
        nagAt: event.nagAt,
        pages: run.pages.map((page) => againOf(page, event.pages)),
        pagesStarted: run.pagesStarted + event.pages.length,
      };
    case 'escalation.acknowledged':
      return { entry, ...takenBy(by, run, event) };
    case 'escalation.unacknowledged':
      return { status: 'paging', ...UNTAKEN };
    case 'escalation.declined':
      return {
        declined: [...new Set([...run.declined, event.personId])],
        pages: mark(run.pages, event.personId, 'declined'),
      };
    case 'escalation.page_lost':
      return {
        pages: run.pages.map((page) =>
          page.pageId === event.pageId ? { ...page, state: 'unreachable' } : page,
        ),
      };
    case 'escalation.silence_noticed':
      return {
        entry,
        pages: [...run.pages, pageOf(event.page, false)],
        pagesStarted: run.pagesStarted + 1,
      };
    case 'escalation.sign_of_life':
      return { promisedBy: null, signOfLifeBy: event.nextBy, entry };
    case 'escalation.snoozed':
      return { ...UNTAKEN, status: 'snoozed', snoozedUntil: event.until, entry, pages: [] };
    case 'escalation.resumed':
      return { status: 'paging', snoozedUntil: null };
    case 'escalation.ended':
      return { ...ENDED, status: event.status, entry, pages: [] };
    case 'escalation.step_skipped':
    case 'escalation.exhausted':
      return {};
  }
}

function reached(run: Run, event: StepReached): Partial<Run> {
  return {
    status: 'paging',
    position: event.position,
    pages: [...stillOwed(run, event), ...begun(run, event)],
    pagesStarted: run.pagesStarted + event.pages.length,
    ...UNTAKEN,
  };
}

function takenBy(
  by: Actor,
  run: Run,
  event: Extract<EscalationEvent, { type: 'escalation.acknowledged' }>,
): Partial<Run> {
  const acknowledger = personOf(by);
  const stillPaged = ({ personId }: StepPage): boolean =>
    event.stillPaging.includes(personId) && personId !== acknowledger;
  const pages = run.pages.map((page): StepPage =>
    page.state === 'waiting' && !stillPaged(page) ? { ...page, state: 'acknowledged' } : page,
  );
  const { promisedBy, signOfLifeBy, nagAt } = event;
  return { ...ENDED, status: 'acknowledged', acknowledgedBy: by, promisedBy, signOfLifeBy, nagAt, pages };
}

type StepReached = Extract<EscalationEvent, { type: 'escalation.step_reached' }>;

/** Who must answer for themselves is waited for over the steps that follow, until one of them pages them again. */
function stillOwed(run: Run, { pages }: StepReached): StepPage[] {
  const again = new Set(pages.map(({ personId }) => personId));
  return earlier(run.pages.filter((page) => isOwed(page) && !again.has(page.personId)));
}

function begun(run: Run, { position, pages }: StepReached): StepPage[] {
  const mustAnswer = stepAt(position, run)?.ackMode === 'all';
  return pages.map((page) => pageOf(page, mustAnswer));
}

function pageOf({ pageId, personId }: NewPage, mustAnswer: boolean): StepPage {
  return { pageId, personId, state: 'waiting', mustAnswer, earlier: false };
}

function isOwed({ mustAnswer, state }: StepPage): boolean {
  return mustAnswer && state === 'waiting';
}

function earlier(pages: readonly StepPage[]): StepPage[] {
  return pages.map((page) => ({ ...page, earlier: true }));
}

function againOf(page: StepPage, again: readonly NewPage[]): StepPage {
  const next = isOwed(page) ? again.find(({ personId }) => personId === page.personId) : undefined;
  return next === undefined ? page : { ...page, pageId: next.pageId };
}

const ENDED = { snoozedUntil: null, delay: null, signOfLifeBy: null, nagAt: null } as const;
const UNTAKEN = { ...ENDED, acknowledgedBy: null, promisedBy: null } as const;

function mark(pages: readonly StepPage[], personId: string, state: StepPage['state']): StepPage[] {
  return pages.map((page) =>
    page.personId === personId && page.state === 'waiting' ? { ...page, state } : page,
  );
}
