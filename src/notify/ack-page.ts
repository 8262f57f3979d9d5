import { createHash } from 'node:crypto';
import { html, raw } from 'hono/html';

/** A small page for a person who came by an acknowledge link: no account, no script, nothing loaded from anywhere. */
export interface AckPage {
  readonly heading: string;
  /** Quiet line above the heading, e.g. the incident. */
  readonly over: string | null;
  readonly lines: readonly string[];
  /** Label of the one button, which posts to the page's own address. */
  readonly button: string | null;
  /** Another answer: a link to the page with its button. */
  readonly other: { readonly label: string; readonly href: string } | null;
  /** Where to go on; an absolute URL of ours. */
  readonly room: string | null;
  readonly tone: 'fire' | 'good' | 'calm';
}

const STYLE = `
:root { color-scheme: light dark; --ground: #f6f5f3; --card: #fff; --ink: #1b1a19; --quiet: #5f5b57; --edge: #6b7280; --act: #b3261e; }
@media (prefers-color-scheme: dark) {
  :root { --ground: #141312; --card: #211f1e; --ink: #f3f0ed; --quiet: #b5afa9; --edge: #9ca3af; --act: #c8362d; }
}
* { box-sizing: border-box; }
body { margin: 0; min-height: 100dvh; display: grid; place-items: center; padding: 1rem; background: var(--ground); color: var(--ink); font: 1.0625rem/1.5 system-ui, sans-serif; }
main { width: 100%; max-width: 30rem; padding: 1.5rem; border-radius: .75rem; border-top: .375rem solid var(--edge); background: var(--card); overflow-wrap: anywhere; }
main.fire { --edge: var(--act); }
main.good { --edge: #2e7d4f; }
h1 { margin: 0 0 1rem; font-size: 1.375rem; line-height: 1.3; }
p, form { margin: 0 0 1rem; }
main > :last-child { margin-bottom: 0; }
.over { margin-bottom: .25rem; color: var(--quiet); font-size: .9375rem; }
button { width: 100%; min-height: 3.25rem; border: 0; border-radius: .5rem; background: var(--act); color: #fff; font: inherit; font-weight: 600; cursor: pointer; }
a { color: inherit; }
:focus-visible { outline: .1875rem solid var(--ink); outline-offset: .1875rem; }
`;

/** Nothing may load or run but this style, nobody may frame the page, and its form goes nowhere else. */
export const ACK_POLICY = [
  "default-src 'none'",
  `style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'`,
  "form-action 'self'",
  "frame-ancestors 'none'",
  "base-uri 'none'",
].join('; ');

/** Renders the page; every word in it is escaped. */
export async function renderAckPage(page: AckPage): Promise<string> {
  const rendered = await html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="robots" content="noindex" />
        <title>${page.heading}</title>
        ${raw(`<style>${STYLE}</style>`)}
      </head>
      <body>
        <main class="${page.tone}">
          ${page.over === null ? '' : html`<p class="over">${page.over}</p>`}
          <h1>${page.heading}</h1>
          ${page.lines.map((line) => html`<p>${line}</p>`)}
          ${page.button === null ? '' : html`<form method="post"><button>${page.button}</button></form>`}
          ${page.other === null ? '' : html`<p><a href="${page.other.href}" rel="noreferrer">${page.other.label}</a></p>`}
          ${page.room === null ? '' : html`<p><a href="${page.room}" rel="noreferrer">Open the room</a></p>`}
        </main>
      </body>
    </html>`;
  return rendered.toString();
}
