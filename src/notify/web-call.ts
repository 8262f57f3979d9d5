import { oneLine } from './outside-text.ts';

/** One HTTP request to a provider. */
export interface WebCall {
  readonly url: string;
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array<ArrayBuffer>;
  /** For the whole call, the answer's body included. */
  readonly timeoutMs: number;
}

/** What came of it: an answer with the beginning of its body, or why there was none. */
export type WebAnswer =
  | { readonly kind: 'answered'; readonly status: number; readonly headers: Headers; readonly text: string }
  | { readonly kind: 'unreachable'; readonly reason: string };

const LARGEST_ANSWER = 64 * 1024;

/** Calls once. Redirects are not followed: the address that was configured is the one that is called. Never throws. */
export async function callWeb({ url, method, headers, body, timeoutMs }: WebCall): Promise<WebAnswer> {
  try {
    const response = await fetch(url, {
      method,
      redirect: 'manual',
      signal: AbortSignal.timeout(timeoutMs),
      headers: { ...headers },
      ...(body === undefined ? {} : { body }),
    });
    const text = await readSome(response);
    return { kind: 'answered', status: response.status, headers: response.headers, text };
  } catch (error) {
    return { kind: 'unreachable', reason: causeOf(error) };
  }
}

/** The first 64 kB of an answer's body. It only explains; the status has already said what happened, so a broken one is empty. */
async function readSome(response: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  try {
    for await (const chunk of response.body ?? []) {
      chunks.push(chunk);
      size += chunk.length;
      if (size >= LARGEST_ANSWER) break;
    }
  } catch {
    return '';
  }
  return Buffer.concat(chunks).subarray(0, LARGEST_ANSWER).toString('utf8');
}

function causeOf(error: unknown): string {
  if (!(error instanceof Error)) return 'it failed';
  if (error.name === 'TimeoutError') return 'no answer in time';
  const cause = error.cause instanceof Error ? error.cause.message : error.message;
  return oneLine(cause, 200) || error.name;
}

/** An answer's body as JSON; null when it is none. */
export function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
