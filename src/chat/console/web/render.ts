import type { Directory } from '../../../domain/directory.ts';
import type { Line, Span } from '../../../domain/text.ts';
import type { Block, Button } from '../../message.ts';
import type { Html } from './html.ts';
import { html, NOTHING } from './html.ts';
import { markdown } from './markdown.ts';
import type { TimeReading } from './times.ts';
import { timeTag } from './times.ts';

/** Who reads, and what the page must carry so that buttons work. */
export interface Reading extends TimeReading {
  readonly directory: Directory;
  /** Person id of the reader, null for a guest. */
  readonly personId: string | null;
  readonly csrf: string;
}

/** Where a message stands, for its buttons. */
export interface Standing {
  readonly roomId: number | null;
  readonly messageId: number | null;
}

/** Neutral blocks as HTML. Nothing that stands in a text can link, format or script. */
export function renderBlocks(blocks: readonly Block[], reading: Reading, standing: Standing): Html {
  return html`${blocks.map((block) => renderBlock(block, reading, standing))}`;
}

/** One sentence or a few as HTML. */
export function renderLine(line: Line, reading: Reading): Html {
  return html`${line.map((span) => renderSpan(span, reading))}`;
}

function renderBlock(block: Block, reading: Reading, standing: Standing): Html {
  switch (block.kind) {
    case 'heading':
      return html`<h2 class="b-heading">${block.text}</h2>`;
    case 'text':
      return html`<p class="b-text">${renderLine(block.line, reading)}</p>`;
    case 'context':
      return html`<p class="b-context">${renderLine(block.line, reading)}</p>`;
    case 'facts':
      return renderFacts(block.facts, reading);
    case 'list':
      return html`<ul class="b-list">
        ${block.items.map((item) => html`<li>${renderLine(item, reading)}</li>`)}
      </ul>`;
    case 'quote':
      return html`<blockquote class="b-quote">${block.text}</blockquote>`;
    case 'code':
      return html`<pre class="b-code" tabindex="0"><code>${block.text}</code></pre>`;
    case 'document':
      return html`<details class="b-document">
        <summary>${block.title}</summary>
        <div class="document">${markdown(block.markdown)}</div>
      </details>`;
    case 'buttons':
      return renderButtons(block.buttons, reading, standing);
  }
}

function renderFacts(facts: readonly { label: string; value: Line }[], reading: Reading): Html {
  return html`<dl class="b-facts">
    ${facts.map(
      (fact) =>
        html`<div>
          <dt>${fact.label}</dt>
          <dd>${renderLine(fact.value, reading)}</dd>
        </div>`,
    )}
  </dl>`;
}

/** A form whose answer appears at the end of the log, or as a dialog; without scripts, as a page. */
export function postsTo(path: string): Html {
  return html`method="post" action="${path}" hx-post="${path}" hx-target="#log" hx-swap="beforeend"
  hx-disabled-elt="find button"`;
}

function renderButtons(buttons: readonly Button[], { csrf }: Reading, standing: Standing): Html {
  if (buttons.length === 0) return NOTHING;
  return html`<form class="b-buttons" ${postsTo('/act')}>
    <input type="hidden" name="csrf" value="${csrf}" />
    <input type="hidden" name="room" value="${standing.roomId ?? ''}" />
    <input type="hidden" name="message" value="${standing.messageId ?? ''}" />
    ${buttons.map(
      (button) =>
        html`<button class="button ${button.style}" name="press" value="${pressOf(button)}">
          ${button.label}
        </button>`,
    )}
  </form>`;
}

/** What a pressed button posts: action and value, of which only the first has no space. */
function pressOf({ action, value }: Button): string {
  return `${action} ${value}`;
}

function renderSpan(span: Span, reading: Reading): Html {
  if (typeof span === 'string') return html`${span}`;
  if ('bold' in span) return html`<strong>${span.bold}</strong>`;
  if ('code' in span) return html`<code>${span.code}</code>`;
  if ('person' in span) return renderPerson(span.person, reading);
  if ('incident' in span) return html`<a href="/incidents/${span.incident}">#${span.incident}</a>`;
  if ('time' in span) return timeTag(span.time, reading);
  return renderLink(span.link, span.label);
}

function renderPerson(id: string, { directory, personId }: Reading): Html {
  const name = directory.people.get(id)?.name ?? id;
  return html`<span class="person${id === personId ? ' me' : ''}">${name}</span>`;
}

/** A link leads to the web or into this page; anything else is only its label. */
function renderLink(link: string, label: string): Html {
  if (/^\/(?![/\\])/.test(link)) return html`<a href="${link}">${label}</a>`;
  const url = URL.canParse(link) ? new URL(link) : null;
  if (url?.protocol !== 'https:' && url?.protocol !== 'http:') return html`${label}`;
  return html`<a href="${url.href}" rel="noopener noreferrer">${label}</a>`;
}
