import { unlessWell } from './patience.ts';

/**
 * Slack takes 50 edits a minute: the cards and the pages of a long soak need several minutes, and what failed again and again before
 * waits five at most until its next try.
 */
const LONGEST_MS = 400_000;

/** Waits until the metrics of a bot say that nothing is left to be carried out. Timers go on: somebody is always being paged. */
export async function settled(url: () => string | null): Promise<void> {
  const waiting = await unlessWell(
    () => outboxAt(url()),
    (count) => count === '0',
    { everyMs: 50, withinMs: LONGEST_MS },
  );
  if (waiting !== null)
    throw new Error(`expected the outbox to empty itself within ${LONGEST_MS / 1000} s, found ${waiting}`);
}

async function outboxAt(url: string | null): Promise<string> {
  try {
    const metrics = url === null ? '' : await (await fetch(`${url}/metrics`)).text();
    const gauges = [...metrics.matchAll(/^firebell_(?:inbox_alerts|outbox_waiting) (\d+)/gm)];
    return gauges.length < 2 ? 'no answer' : String(Math.max(...gauges.map(([, count]) => Number(count))));
  } catch {
    return 'no answer';
  }
}
