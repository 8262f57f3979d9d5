import type { Html } from './html.ts';
import { html, NOTHING } from './html.ts';

/** A document of Firebell's own making as HTML: headings, lists, tables, quotes, code, bold. It cannot link or script. */
export function markdown(source: string): Html {
  return html`${blocksOf(source.split(/\r?\n/)).map(renderBlock)}`;
}

interface Chunk {
  readonly kind: 'heading' | 'list' | 'numbered' | 'table' | 'quote' | 'code' | 'text';
  readonly lines: readonly string[];
}

const STARTS: readonly (readonly [Chunk['kind'], RegExp])[] = [
  ['heading', /^#{1,6} /],
  ['list', /^\s*[-*] /],
  ['numbered', /^\s*\d+\. /],
  ['table', /^\|/],
  ['quote', /^> ?/],
];

function blocksOf(lines: readonly string[]): readonly Chunk[] {
  const chunks: { kind: Chunk['kind'] | 'gap'; lines: string[] }[] = [];
  for (const line of lines) {
    const open = chunks.at(-1);
    const isFence = line.startsWith('```');
    const isInCode = open?.kind === 'code';
    const kind = isFence ? (isInCode ? 'gap' : 'code') : isInCode ? 'code' : kindOf(line);
    if (!isFence && open && goesOn(open.kind, kind)) open.lines.push(line);
    else chunks.push({ kind, lines: isFence ? [] : [line] });
  }
  return chunks.flatMap(({ kind, lines: inside }) => (kind === 'gap' ? [] : [{ kind, lines: inside }]));
}

/** A line under a list item is still the item's. */
function goesOn(open: Chunk['kind'] | 'gap', kind: Chunk['kind'] | 'gap'): boolean {
  return (
    (open === kind && kind !== 'heading') || ((open === 'list' || open === 'numbered') && kind === 'text')
  );
}

function kindOf(line: string): Chunk['kind'] | 'gap' {
  if (line.trim() === '' || /^<!--.*-->$/.test(line.trim())) return 'gap';
  return STARTS.find(([, start]) => start.test(line))?.[0] ?? 'text';
}

function renderBlock({ kind, lines }: Chunk): Html {
  switch (kind) {
    case 'heading':
      return renderHeading(lines[0] ?? '');
    case 'list':
      return html`<ul>
        ${itemsOf(lines).map((item) => html`<li>${inline(item)}</li>`)}
      </ul>`;
    case 'numbered':
      return html`<ol>
        ${itemsOf(lines).map((item) => html`<li>${inline(item)}</li>`)}
      </ol>`;
    case 'table':
      return renderTable(lines);
    case 'quote':
      return renderQuote(lines);
    case 'code':
      return html`<pre tabindex="0"><code>${lines.join('\n')}</code></pre>`;
    case 'text':
      return html`<p>${inline(lines.join('\n'))}</p>`;
  }
}

function renderQuote(lines: readonly string[]): Html {
  const text = inline(lines.map((line) => line.replace(/^> ?/, '')).join('\n'));
  return html`<blockquote>${text}</blockquote>`;
}

/** A document stands below the heading of its page. */
function renderHeading(line: string): Html {
  const text = inline(line.replace(/^#+ /, ''));
  return line.startsWith('# ') || line.startsWith('## ') ? html`<h2>${text}</h2>` : html`<h3>${text}</h3>`;
}

function itemsOf(lines: readonly string[]): readonly string[] {
  const items: string[] = [];
  for (const line of lines) {
    const start = /^\s*(?:[-*]|\d+\.) (?:\[(?<tick>[ x])\] )?(?<text>.*)$/.exec(line)?.groups;
    if (start)
      items.push(`${start['tick'] === undefined ? '' : start['tick'] === 'x' ? '☑ ' : '☐ '}${start['text']}`);
    else items.push(`${items.pop() ?? ''}\n${line.trim()}`);
  }
  return items;
}

/** The line between the head of a table and its rows. */
const RULE = /^\|[\s:|-]+$/;

function renderTable(lines: readonly string[]): Html {
  const [head = [], ...body] = lines.filter((line, i) => i !== 1 || !RULE.test(line)).map(cellsOf);
  return html`<div class="table" tabindex="0" role="group" aria-label="Table">
    <table>
      ${head.every((cell) => cell === '') ? NOTHING : renderTableHead(head)}
      <tbody>
        ${body.map(
          (row) =>
            html`<tr>
              ${row.map((cell) => html`<td>${inline(cell)}</td>`)}
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`;
}

/** A column without a name is headed by a plain cell: an empty heading says nothing to whoever listens. */
function renderTableHead(head: readonly string[]): Html {
  return html`<thead>
    <tr>
      ${head.map((cell) => (cell === '' ? html`<td></td>` : html`<th scope="col">${inline(cell)}</th>`))}
    </tr>
  </thead>`;
}

function cellsOf(line: string): readonly string[] {
  return line
    .replace(/^\||\|$/g, '')
    .split(/(?<!\\)\|/)
    .map((cell) => cell.trim());
}

const INLINE =
  /\\(?<escaped>[!-/:-@[-`{-~])|\*\*(?<bold>[^*\n]+)\*\*|\*(?<quiet>[^*\n]+)\*|`(?<code>[^`\n]+)`|\[(?<label>[^\]\n]+)\]\([^)\n]*\)/g;

function inline(text: string): Html {
  const parts: (Html | string)[] = [];
  let from = 0;
  for (const match of text.matchAll(INLINE)) {
    parts.push(text.slice(from, match.index));
    from = match.index + match[0].length;
    const { escaped, bold, quiet, code, label } = match.groups ?? {};
    if (bold !== undefined) parts.push(html`<strong>${unescaped(bold)}</strong>`);
    else if (quiet !== undefined) parts.push(html`<em>${unescaped(quiet)}</em>`);
    else if (code !== undefined) parts.push(html`<code>${code}</code>`);
    else parts.push(escaped ?? unescaped(label ?? ''));
  }
  parts.push(text.slice(from));
  return html`${parts}`;
}

function unescaped(text: string): string {
  return text.replaceAll(/\\([!-/:-@[-`{-~])/g, '$1');
}
