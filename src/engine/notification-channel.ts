import type { Person } from '../domain/directory.ts';
import type { PageNotice } from '../domain/page/notice.ts';

/** What a channel answers to a page. `sent` has the provider's own id of the message: there is no "sent" without proof. */
export type Delivery =
  | {
      readonly kind: 'sent';
      readonly messageId: string;
      /** Why the message is there and does not ring, where the channel knows: the next rule does not wait then. */
      readonly muted?: string;
    }
  /**
   * It will not work for this person, now or in a minute: closed, unknown, refused. `fault` is `ours` when our own settings or account
   * are to blame, and not the person's address.
   */
  | { readonly kind: 'failed'; readonly reason: string; readonly fault?: 'ours' }
  /**
   * It may work later; `afterMs` is the provider's Retry-After, null when it named none. `notYet`: nothing was tried, since its turn comes
   * only then.
   */
  | {
      readonly kind: 'retry';
      readonly afterMs: number | null;
      readonly reason: string;
      readonly notYet?: boolean;
    };

/** One way to tell a person something. Implemented in `src/notify` and, for direct messages, in `src/chat`. */
export interface NotificationChannel {
  /** As notification rules name it: `dm`, `email`, `webhook`. */
  readonly name: string;
  /** False when this person has no address on this channel, so that a default rule leaves it out. */
  readonly reaches: (person: Person) => boolean;
  /** True when one message can tell of several pages, see `PageNotice.alongside`; without it each page is a message of its own. */
  readonly bundles?: boolean;
  /** Sends a page. Called again with the same attempt id, it must not tell the person twice where the provider can help it. */
  readonly send: (notice: PageNotice) => Promise<Delivery>;
  /** Finds what an earlier try of the same attempt sent before its process died; null when nothing. Absent where that cannot be known. */
  readonly sentBefore?: (notice: PageNotice) => Promise<Delivery | null>;
  /** True where the provider reports later whether a message arrived: until then nobody knows that the address works. */
  readonly reportsDelivery?: boolean;
  /** Sends a code that proves the address; absent where addresses need no proof. */
  readonly sendCode?: (person: Person, code: string) => Promise<Delivery>;
  /** Makes an earlier message say what the page is now; absent where messages cannot be changed. */
  readonly update?: (notice: PageNotice, messageId: string) => Promise<Delivery>;
}
