import { html } from './html.ts';
import type { Html } from './html.ts';

/** A table that scrolls by itself, with finger and keyboard, where the page is too narrow. `label` names it for those who hear it. */
export function dataTable(label: string, headings: readonly string[], rows: readonly Html[]): Html {
  return html`<div class="table" tabindex="0" role="group" aria-label="${label}">
    <table>
      <thead>
        <tr>
          ${headings.map((heading) => html`<th scope="col">${heading}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${rows}
      </tbody>
    </table>
  </div>`;
}
