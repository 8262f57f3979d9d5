import { z } from 'zod';
import { download } from '../../files/download.ts';
import type { Downloaded } from '../../files/download.ts';
import { TOO_LARGE } from '../../files/keep-files.ts';
import type { Fetched, FetchFile } from '../../files/keep-files.ts';
import type { SlackParts } from '../parts.ts';
import { SlackFile } from '../receive/payloads.ts';

const Info = z.object({ file: SlackFile });
type Info = z.infer<typeof SlackFile>;

/** Where the bot's token may be sent: to Slack, and to whatever answers instead of it by setting. */
export type Credentials = () => { readonly token: string; readonly apiUrl: string };

const GONE = new Set(['file_not_found', 'file_deleted']);

/**
 * Fetches a file with the bot's own token: nothing is ever made public. What a message does not tell of its file, as in channels shared
 * with other companies, is asked for.
 */
export function slackFiles(parts: SlackParts, credentials: Credentials): FetchFile {
  return async (file, most) => {
    if (file.url !== null) return fetchAt(file.url, file, { most, credentials });
    const asked = await parts.api.call({
      method: 'files.info',
      args: { file: file.fileId },
      answers: Info,
      urgency: 'cosmetic',
    });
    if (!asked.ok) {
      const { code, kind, reason, afterMs } = asked.failure;
      if (GONE.has(code)) return { kind: 'gone' };
      return kind === 'temporary' ? { kind: 'later', why: reason, afterMs } : { kind: 'left', why: reason };
    }
    return fetchTold(asked.value.file, { most, credentials });
  };
}

interface Fetching {
  readonly most: number;
  readonly credentials: Credentials;
}

async function fetchTold(told: Info, fetching: Fetching): Promise<Fetched> {
  if (told.mode === 'tombstone') return { kind: 'gone' };
  const url = told.url_private ?? null;
  const name = told.name ?? told.title ?? told.id;
  if (url === null) return { kind: 'left', why: 'Slack shows it to nobody any more', name };
  if ((told.size ?? 0) > fetching.most) return { kind: 'left', why: TOO_LARGE, name };
  const fetched = await fetchAt(url, { type: told.mimetype ?? null, size: told.size ?? null }, fetching);
  return fetched.kind === 'content' || fetched.kind === 'left' ? { ...fetched, name } : fetched;
}

interface Expected {
  readonly type: string | null;
  readonly size: number | null;
}

async function fetchAt(url: string, expected: Expected, { most, credentials }: Fetching): Promise<Fetched> {
  const { token, apiUrl } = credentials();
  const isTrusted = (address: URL): boolean => isSlack(address, new URL(apiUrl));
  const got = await download({ url, headers: { authorization: `Bearer ${token}` }, isTrusted, most });
  return fetchedFrom(got, expected);
}

/** Slack's own hosts, over TLS; and the host of the Web API where that is another by setting. */
export function isSlack({ protocol, hostname, origin }: URL, api: URL): boolean {
  if (origin === api.origin) return true;
  return protocol === 'https:' && /(^|\.)slack(-gov)?\.com$/.test(hostname);
}

function fetchedFrom(got: Downloaded, expected: Expected): Fetched {
  switch (got.kind) {
    case 'content':
      return isSignIn(got, expected)
        ? { kind: 'later', why: SIGN_IN, afterMs: null }
        : { kind: 'content', content: got.content, type: expected.type ?? got.type };
    case 'too_large':
      return { kind: 'left', why: TOO_LARGE };
    case 'untrusted':
      return { kind: 'left', why: `it is not kept in Slack but at ${got.host}, where Firebell does not go` };
    case 'refused':
      if (got.status === 404 || got.status === 410) return { kind: 'gone' };
      return { kind: 'later', why: `Slack answered with HTTP ${got.status}`, afterMs: got.afterMs };
    case 'failed':
      return { kind: 'later', why: got.reason, afterMs: null };
  }
}

const SIGN_IN =
  'Slack asked to sign in: the app lacks `files:read`, add it under OAuth & Permissions and reinstall the app';

/** Whom Slack does not know gets a page with 200. A file that is HTML itself has the size that was told. */
function isSignIn({ content, type }: Extract<Downloaded, { kind: 'content' }>, expected: Expected): boolean {
  if (type !== 'text/html') return false;
  return expected.type !== 'text/html' || content.byteLength !== expected.size;
}
