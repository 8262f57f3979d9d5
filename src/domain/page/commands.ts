import type { Actor } from '../actor.ts';
import type { PageEnd } from './page.ts';

/** Which bundle an attempt is to go out with, and which one it was seen in: it changes only if it still is as it was seen. Null is none. */
export interface Bundling {
  readonly bundle: string | null;
  readonly seen: string | null;
}

/** What can be said about the pages of an incident. */
export type PageCommand = { readonly by: Actor; readonly incidentId: number } & PageSaying;

type PageSaying =
  | {
      readonly type: 'page.start';
      readonly pageId: string;
      readonly runId: string;
      readonly personId: string;
      readonly ackBy: Date;
      /** Not before this person is at work; null is at once. */
      readonly heldUntil: Date | null;
      readonly rulesNow: boolean;
      readonly message: string | null;
    }
  | { readonly type: 'page.rule_due'; readonly pageId: string; readonly rule: number }
  /** Said in the moment before sending, under the incident's lock: withheld when the page is no longer wanted. */
  | {
      readonly type: 'page.check_wanted';
      readonly pageId: string;
      readonly attemptId: string;
      readonly bundling?: Bundling;
    }
  | {
      readonly type: 'page.record_sent';
      readonly pageId: string;
      readonly attemptId: string;
      readonly messageId: string;
      /** The bundle in whose message it went; null for one of its own. As it was unless said. */
      readonly bundle?: string | null;
      /** Why it is there and did not ring. */
      readonly muted?: string;
    }
  /** The provider's word that it arrived. Proof of sending as well, since it may come before our own record of that. */
  | {
      readonly type: 'page.record_delivered';
      readonly pageId: string;
      readonly attemptId: string;
      readonly messageId: string;
    }
  /** The provider took the message and could not bring it to the person. */
  | {
      readonly type: 'page.record_undelivered';
      readonly pageId: string;
      readonly attemptId: string;
      readonly messageId: string;
      readonly reason: string;
    }
  /** The person answered through this attempt: a reply, a key, a button of it. What they said is another command. */
  | { readonly type: 'page.record_acted'; readonly pageId: string; readonly attemptId: string }
  | {
      readonly type: 'page.record_failed';
      readonly pageId: string;
      readonly attemptId: string;
      readonly reason: string;
    }
  | {
      readonly type: 'page.end';
      readonly pageIds: readonly string[];
      readonly why: PageEnd;
      readonly answeredPageId: string | null;
    };
