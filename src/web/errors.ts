import { randomBytes } from 'node:crypto';
import type { Context } from 'hono';
import { accepts } from 'hono/accepts';
import { html } from 'hono/html';
import { HTTPException } from 'hono/http-exception';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import type { Logger } from '../lib/logger.ts';

interface Problem {
  readonly status: ContentfulStatusCode;
  /** A word for programs. */
  readonly error: string;
  /** A sentence for people: what is wrong and what to do. */
  readonly message: string;
  /** What to look for in the log; null when nothing was logged. */
  readonly reference: string | null;
}

/** No route: JSON for programs, a small page for browsers. */
export async function answerNotFound(c: Context): Promise<Response> {
  return answer(c, {
    status: 404,
    error: 'not_found',
    message: 'There is nothing at this address.',
    reference: null,
  });
}

/** What a room threw. Its own HTTP errors are passed on in its words; anything else is logged, and the answer tells nothing of it. */
export async function answerError(error: Error, c: Context, logger: Logger): Promise<Response> {
  if (error instanceof HTTPException && error.status < 500) {
    if (error.res) return error.getResponse();
    // An HTTPException is made with a status that has a body.
    return answer(c, {
      status: error.status as ContentfulStatusCode,
      error: 'refused',
      message: error.message,
      reference: null,
    });
  }
  const reference = randomBytes(4).toString('hex');
  logger.error({ err: error, method: c.req.method, path: c.req.path, reference }, 'a request failed');
  return answer(c, { status: 500, error: 'internal', message: FAILED, reference });
}

const FAILED =
  'Firebell could not do that just now. Nothing is known to have changed: try again, or use another way.';

async function answer(c: Context, { status, error, message, reference }: Problem): Promise<Response> {
  const wants = accepts(c, {
    header: 'Accept',
    supports: ['application/json', 'text/html'],
    default: 'application/json',
  });
  if (wants !== 'text/html')
    return c.json({ error, message, ...(reference === null ? {} : { reference }) }, status);
  const page = await html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>${message}</title>
      </head>
      <body>
        <main>
          <h1>${status}</h1>
          <p>${message}</p>
          ${reference === null ? '' : html`<p>Reference for the log: ${reference}</p>`}
          <p><a href="/">Go to Firebell</a></p>
        </main>
      </body>
    </html>`;
  return c.html(page, status);
}
