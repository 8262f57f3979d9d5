/** What to fetch, and what may be told to whom on the way. */
export interface Download {
  readonly url: string;
  /** Sent only to addresses that `isTrusted`. */
  readonly headers: Readonly<Record<string, string>>;
  /** Addresses that may be asked at all: whatever else an address or a redirect names is refused. */
  readonly isTrusted: (url: URL) => boolean;
  /** Not a byte more is held in memory. */
  readonly most: number;
}

/** What came of it. */
export type Downloaded =
  | {
      readonly kind: 'content';
      readonly content: Uint8Array;
      /** As the server names it, without parameters; null when it names none. */
      readonly type: string | null;
    }
  | { readonly kind: 'too_large' }
  | { readonly kind: 'untrusted'; readonly host: string }
  | { readonly kind: 'refused'; readonly status: number; readonly afterMs: number | null }
  | { readonly kind: 'failed'; readonly reason: string };

const TIME_OUT_MS = 60_000;
const MOST_REDIRECTS = 3;

/** Fetches a file. Never throws. */
export async function download(wanted: Download): Promise<Downloaded> {
  try {
    return await follow(wanted, MOST_REDIRECTS, AbortSignal.timeout(TIME_OUT_MS));
  } catch (error) {
    return { kind: 'failed', reason: error instanceof Error ? error.message : String(error) };
  }
}

async function follow(wanted: Download, redirects: number, signal: AbortSignal): Promise<Downloaded> {
  const { isTrusted, headers } = wanted;
  const url = URL.canParse(wanted.url) ? new URL(wanted.url) : null;
  if (url === null || !isTrusted(url)) return { kind: 'untrusted', host: url?.host ?? 'no address' };
  const response = await fetch(url, { headers: { ...headers }, redirect: 'manual', signal });
  const { status } = response;
  const next = response.headers.get('location');
  if (status >= 300 && status < 400 && next !== null) {
    await response.body?.cancel();
    if (redirects === 0) return { kind: 'failed', reason: 'it is redirected again and again' };
    return follow({ ...wanted, url: new URL(next, url).href }, redirects - 1, signal);
  }
  if (status !== 200) {
    await response.body?.cancel();
    const seconds = Number(response.headers.get('retry-after') ?? Number.NaN);
    return { kind: 'refused', status, afterMs: Number.isFinite(seconds) ? seconds * 1_000 : null };
  }
  const content = await readUpTo(response, wanted.most);
  const type = response.headers.get('content-type')?.split(';')[0]?.trim().toLowerCase() ?? null;
  return content === null ? { kind: 'too_large' } : { kind: 'content', content, type };
}

async function readUpTo(response: Response, most: number): Promise<Uint8Array | null> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body ?? []) {
    size += chunk.byteLength;
    if (size > most) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
