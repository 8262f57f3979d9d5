import { backoffMs } from '../../lib/backoff.ts';
import type { Clock } from '../../lib/clock.ts';
import { faultPoint } from '../../lib/fault-point.ts';
import type { Logger } from '../../lib/logger.ts';
import type { Db } from '../../store/db.ts';
import { isConnectionFailure } from '../../store/failure.ts';
import { dropInbound, finishInbound, giveUpInbound, putOffInbound } from '../../store/platform-inbound.ts';
import type { Inbound } from '../../store/platform-inbound.ts';

interface SettleParts {
  readonly db: Db;
  readonly clock: Clock;
  readonly logger: Logger;
}

const MOST_TRIES = 5;
const PUT_OFF = { baseMs: 2_000, maxMs: 60_000 } as const;

/** Does one that was kept, as `work` does. */
export function work(
  one: Inbound,
  parts: SettleParts & { readonly process: (one: Inbound) => Promise<void> },
): Promise<void> {
  return settled(one, parts, async () => {
    await parts.process(one);
    return true;
  });
}

/** Does one and settles it; what did nothing is forgotten. A fault of ours is tried again; only what cannot be done ends, and that is said. */
export async function settled(
  one: Inbound,
  parts: SettleParts,
  doing: () => Promise<boolean>,
): Promise<void> {
  const { db, clock, logger } = parts;
  const { platform, key, kind, tries } = one;
  try {
    const isDone = await doing();
    faultPoint('inbound.done');
    if (isDone) await finishInbound(db, one, clock.now());
    else await dropInbound(db, one);
  } catch (err) {
    // Nobody can be told while the database is away: the hold runs out, and it is done then.
    if (isConnectionFailure(err))
      return logger.warn({ err, platform, kind }, 'An inbound thing waits for the database');
    const failure = err instanceof Error ? err.message : String(err);
    await settleFailed(one, failure, parts).catch((error: unknown) =>
      logger.warn(
        { err: error, platform, key },
        'A failed inbound thing could not be put off; its hold runs out',
      ),
    );
    logger.error({ err, platform, kind, key, tries }, 'What a platform told us could not be done');
  }
}

async function settleFailed(one: Inbound, failure: string, { db, clock }: SettleParts): Promise<void> {
  const now = clock.now();
  if (one.tries >= MOST_TRIES) return giveUpInbound(db, one, { now, failure });
  const waitMs = backoffMs(one.tries, { ...PUT_OFF, random: Math.random });
  await putOffInbound(db, one, { until: new Date(now.getTime() + waitMs), failure });
}
