import type { Directory } from '../domain/directory.ts';
import { fold } from '../domain/page/fold.ts';
import type { FoldNotice, StalePage } from '../domain/page/fold.ts';
import type { EffectHandler } from './effect-handler.ts';
import type { Delivery } from './notification-channel.ts';

/** What folding stale pages works with. */
export interface FoldingParts {
  readonly directory: () => Directory;
  /** Pages of this person that went stale and are in no summary yet, oldest first. */
  readonly stalePagesOf: (personId: string) => Promise<readonly StalePage[]>;
  readonly markFolded: (pageIds: readonly string[]) => Promise<void>;
  /** Tells the person; the key finds the message again when it was already sent. */
  readonly tell: (notice: FoldNotice, key: string) => Promise<Delivery>;
}

/** Sends one summary for all the pages that a person never got because we were down. */
export function foldPages(parts: FoldingParts): EffectHandler<'page.fold'> {
  return async ({ personId }, { key }) => {
    const person = parts.directory().people.get(personId);
    const stale = await parts.stalePagesOf(personId);
    if (stale.length === 0) return { kind: 'done' };
    if (!person) return { kind: 'give_up', reason: `${personId} is no longer configured` };
    const delivery = await parts.tell(fold(person, stale, parts.directory()), key);
    if (delivery.kind === 'retry')
      return { kind: 'retry', afterMs: delivery.afterMs, reason: delivery.reason };
    if (delivery.kind === 'failed') return { kind: 'give_up', reason: delivery.reason };
    await parts.markFolded(stale.map((page) => page.pageId));
    return { kind: 'done' };
  };
}
