import type { Directory } from '../../../src/domain/directory.ts';
import type { Store } from '../../../src/store/db.ts';
import { checkLog, checkSteps, checkWaits } from './check-log.ts';
import { checkPages } from './check-pages.ts';
import { checkAlerts, checkCommands, checkDeclared } from './check-promises.ts';
import { checkChannels, checkRoom } from './check-rooms.ts';
import type { FastClock } from './fast-clock.ts';
import type { Promises } from './promises.ts';
import { readRemains, storiesOf } from './remains.ts';
import type { Look } from './sight.ts';

/** What there is to say about a database after its bots were stopped. */
export interface Verdict {
  /** In words; none when everything survived. */
  readonly problems: readonly string[];
  readonly alerts: number;
  readonly incidents: number;
  readonly events: number;
  readonly pages: number;
  readonly messages: number;
}

/** Holds what was promised, what the logs demand and what is there against each other. */
export async function judge(
  store: Store,
  {
    promises,
    directory,
    clock,
    look,
  }: {
    readonly promises: Promises;
    readonly directory: Directory;
    readonly clock: FastClock;
    /** Where people are; the console when it is not said. */
    readonly look?: Look;
  },
): Promise<Verdict> {
  const remains = await readRemains(store, look);
  const stories = storiesOf(remains, directory);
  const dead = remains.outbox.filter(({ deadAt, leaseToken }) => deadAt !== null || leaseToken !== null);
  const perIncident = stories.flatMap((story) => [
    ...checkLog(story, remains),
    ...checkSteps(story),
    ...checkWaits(story, remains, clock.now()),
    ...checkRoom(story, remains, directory),
  ]);
  return {
    problems: [
      ...perIncident,
      ...checkChannels(stories, remains, directory),
      ...checkPages(stories, remains, clock.factor),
      ...checkAlerts(promises, stories, remains),
      ...checkCommands(promises, stories),
      ...checkDeclared(promises, remains),
      ...remains.problems,
      ...dead.map(({ id, effect }) => `the outbox holds ${id} as dead or leased: ${JSON.stringify(effect)}`),
    ],
    alerts: remains.alerts.length,
    incidents: remains.incidents.length,
    events: remains.events.length,
    pages: remains.pages.length,
    messages: remains.messages.length,
  };
}
