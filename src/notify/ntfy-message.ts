import type { PageNotice } from '../domain/page/notice.ts';
import type { AckLinks } from './ack-link.ts';
import { pushWords } from './push-words.ts';

/** A button of a message: `http` is called by the app itself, `view` opens the address. */
export type NtfyAction =
  | {
      readonly action: 'http';
      readonly label: string;
      readonly url: string;
      readonly method: 'POST';
      /** Takes the notification away once the call has answered 2xx. */
      readonly clear: true;
    }
  | { readonly action: 'view'; readonly label: string; readonly url: string };

/** A message as ntfy publishes it from JSON. */
export interface NtfyMessage {
  readonly topic: string;
  /** A message with the same id takes the place of the one before it. */
  readonly sequence_id: string;
  readonly title: string;
  readonly message: string;
  /** 1 makes no sound, 5 rings through. */
  readonly priority: 1 | 3 | 5;
  readonly tags: readonly string[];
  readonly click?: string;
  readonly actions?: readonly NtfyAction[];
}

/** A message longer than 4,096 bytes becomes an attachment, which nobody reads at night; the phone makers' own limit is about the same. */
const LIMITS = { title: 200, bodyBytes: 3_000 };

/** A page as a message for a topic: loud and with buttons while it is open, silent once it is over. */
export function ntfyMessage(notice: PageNotice, topic: string, links: AckLinks): NtfyMessage {
  const { title, body, room } = pushWords(notice, LIMITS);
  const actions = notice.end ? [] : actionsOf(notice, room, links);
  // A page may go out before its room is open; looking at the link shows what is on fire, and answers nothing.
  const click = room ?? (notice.end ? null : links.urlFor(notice));
  return {
    topic,
    sequence_id: sequenceId(notice),
    title,
    message: body,
    priority: priorityOf(notice),
    tags: [tagOf(notice)],
    ...(click === null ? {} : { click }),
    ...(actions.length === 0 ? {} : { actions }),
  };
}

/** The same for every try of an attempt. The start keeps a new installation's first incident apart from the old one's. */
export function sequenceId({ attemptId, since }: PageNotice): string {
  return `firebell-${attemptId.replaceAll(/[^A-Za-z0-9]+/g, '-')}-${since.getTime().toString(36)}`;
}

function priorityOf({ end, urgency }: PageNotice): NtfyMessage['priority'] {
  if (end) return 1;
  return urgency === 'high' ? 5 : 3;
}

/** ntfy shows these as emoji before the title. */
function tagOf({ end, isDrill, urgency }: PageNotice): string {
  if (end) return 'white_check_mark';
  if (isDrill) return 'construction';
  return urgency === 'high' ? 'rotating_light' : 'bell';
}

/** At most three, which is all that ntfy takes. */
function actionsOf(notice: PageNotice, room: string | null, links: AckLinks): readonly NtfyAction[] {
  const press = (label: string, url: string | null): readonly NtfyAction[] =>
    url === null ? [] : [{ action: 'http', label, url, method: 'POST', clear: true }];
  return [
    ...press('Acknowledge', links.urlFor(notice, 'acknowledge')),
    ...press('I can’t', links.urlFor(notice, 'decline')),
    ...(room === null ? [] : [{ action: 'view', label: 'Open room', url: room } as const]),
  ];
}
