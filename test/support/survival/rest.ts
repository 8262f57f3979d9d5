import { setTimeout as pass } from 'node:timers/promises';

const LONGEST_MS = 150_000;

/** Waits until the metrics of a bot say that nothing is left to be carried out. Timers go on: somebody is always being paged. */
export async function settled(url: () => string | null): Promise<void> {
  const until = Date.now() + LONGEST_MS;
  let waiting: string | undefined;
  while (Date.now() < until) {
    waiting = await outboxAt(url());
    if (waiting === '0') return;
    await pass(50);
  }
  throw new Error(`expected the outbox to empty itself within ${LONGEST_MS / 1000} s, found ${waiting}`);
}

async function outboxAt(url: string | null): Promise<string | undefined> {
  try {
    const metrics = url === null ? '' : await (await fetch(`${url}/metrics`)).text();
    const gauges = [...metrics.matchAll(/^firebell_(?:inbox_alerts|outbox_waiting) (\d+)/gm)];
    return gauges.length < 2 ? undefined : String(Math.max(...gauges.map(([, count]) => Number(count))));
  } catch {
    return undefined;
  }
}
