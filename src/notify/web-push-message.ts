import { createHash } from 'node:crypto';
import type { PageNotice } from '../domain/page/notice.ts';
import type { AckLinks, LinkAction } from './ack-link.ts';
import { endOf } from './page-words.ts';
import { pushWords } from './push-words.ts';

/** What the service worker of the console is told. Paths are on its own origin, so that nothing can lead elsewhere. */
export interface WebPushMessage {
  readonly title: string;
  readonly body: string;
  /** A notification with the same tag takes the place of the one before it. */
  readonly tag: string;
  /** Where a tap leads. */
  readonly open: string;
  /** What its buttons post to; null once the page is over. */
  readonly acknowledge: string | null;
  readonly decline: string | null;
  readonly urgent: boolean;
}

/** Encrypted it has to fit into 4,096 bytes, links and all. */
const LIMITS = { title: 120, bodyBytes: 1_200 };

/** A page as a notification: loud and with buttons while it is open, silent once it is over. */
export function webPushMessage(notice: PageNotice, links: AckLinks): WebPushMessage {
  const { title, body, room } = pushWords(notice, LIMITS);
  const path = (action: LinkAction): string | null =>
    notice.end ? null : pathOf(links.urlFor(notice, action));
  const acknowledge = path('acknowledge');
  return {
    title,
    body: notice.end ? endOf(notice.end, notice.person.zone) : body,
    tag: tagOf(notice),
    open: pathOf(room) ?? acknowledge ?? '/',
    acknowledge,
    decline: path('decline'),
    urgent: notice.end === null && notice.urgency === 'high',
  };
}

/** The same for everything that is said about one attempt; a push service keeps only the newest of a tag (RFC 8030, section 5.4). */
export function tagOf({ attemptId, since }: PageNotice): string {
  return createHash('sha256').update(`${attemptId} ${since.toISOString()}`).digest('base64url').slice(0, 32);
}

function pathOf(url: string | null): string | null {
  return (url === null ? null : URL.parse(url)?.pathname) ?? null;
}
