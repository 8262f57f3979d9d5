import type { Email } from 'postal-mime';
import { oneLine } from '../outside-text.ts';
import { meaningOf, textOfHtml } from './reply-text.ts';
import type { Meaning } from './reply-text.ts';

/** A mail that arrived, as far as it matters here. */
export interface Incoming {
  /** The one address in `From`, in lower case; null when there is none, or more than one. */
  readonly from: string | null;
  readonly meaning: Meaning;
  /** Written by a machine: an absence note, a list, a report. Never an answer. */
  readonly isAutomatic: boolean;
  /** Why the mail server could not bring our mail, in its words; null when this says no such thing. */
  readonly bounce: string | null;
  readonly subject: string;
  readonly messageId: string | null;
}

const MAX_NESTING = 20;
const MAX_HEADERS = 256 * 1024;

/** Reads a mail. Null when it is none. */
export async function readIncoming(raw: Buffer): Promise<Incoming | null> {
  try {
    const { default: PostalMime, addressParser } = await import('postal-mime');
    const mail = await PostalMime.parse(raw, {
      attachmentEncoding: 'utf8',
      forceRfc822Attachments: true,
      maxNestingDepth: MAX_NESTING,
      maxHeadersSize: MAX_HEADERS,
    });
    return {
      from: onlyOne(
        mail.headers.filter(({ key }) => key === 'from').flatMap(({ value }) => addressParser(value)),
      ),
      meaning: meaningOf(mail.text ?? textOfHtml(mail.html ?? '')),
      isAutomatic: isAutomatic(mail),
      bounce: bounceIn(mail),
      subject: oneLine(mail.subject ?? '', 200),
      messageId: mail.messageId ?? null,
    };
  } catch {
    return null;
  }
}

/** A mail that several people sign is nobody's word. */
function onlyOne([first, ...more]: readonly { readonly address?: string | undefined }[]): string | null {
  return more.length > 0 ? null : (first?.address?.toLowerCase() ?? null);
}

/** RFC 3834, and what programs said before it. */
function isAutomatic(mail: Email): boolean {
  const value = (name: string): string =>
    mail.headers
      .find(({ key }) => key === name)
      ?.value.trim()
      .toLowerCase() ?? '';
  const submitted = value('auto-submitted');
  return (
    (submitted !== '' && submitted !== 'no') ||
    /^(?:bulk|junk|list|auto_reply)\b/.test(value('precedence')) ||
    ['x-autoreply', 'x-autorespond', 'list-id', 'x-auto-reply'].some((name) => value(name) !== '') ||
    value('content-type').startsWith('multipart/report')
  );
}

/** A report of RFC 3464 in which a delivery has failed for good; a delay is none. */
function bounceIn(mail: Email): string | null {
  const report = mail.attachments.find(({ mimeType }) => mimeType === 'message/delivery-status');
  if (typeof report?.content !== 'string') return null;
  const lines = report.content.replaceAll(/\r?\n[ \t]+/g, ' ').split(/\r?\n/);
  const value = (name: string): string | null =>
    lines
      .find((line) => line.toLowerCase().startsWith(`${name}:`))
      ?.slice(name.length + 1)
      .trim() ?? null;
  if (value('action')?.toLowerCase() !== 'failed') return null;
  const words = value('diagnostic-code') ?? value('status') ?? 'no reason given';
  return oneLine(words.replace(/^smtp;\s*/i, ''), 200);
}
