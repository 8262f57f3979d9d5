import type { Context } from 'hono';
import { bare } from './layout.ts';
import { html } from './html.ts';

const TITLES = {
  400: 'That did not work',
  401: 'Sign in again',
  403: 'Not allowed',
  404: 'Nothing here',
  413: 'Too much',
  429: 'Too fast',
} as const;

/** A no in words, as a page; scripts of ours get the words alone. */
export async function errorPage(c: Context, status: keyof typeof TITLES, words: string): Promise<Response> {
  if (c.req.header('hx-request') !== undefined) return c.text(words, status);
  const title = TITLES[status];
  return c.html(
    bare(
      title,
      html`<h1>${title}</h1>
        <p>${words}</p>
        <p><a class="button primary" href="/">Go to the overview</a></p>`,
    ),
    status,
  );
}
