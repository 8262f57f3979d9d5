import { ComponentType, TextInputStyle } from 'discord-api-types/v10';

import { NOTHING, html } from '../../../../src/chat/console/web/html.ts';
import type { Html } from '../../../../src/chat/console/web/html.ts';
import type { Form } from '../people/seen.ts';
import type { Fields } from '../state/shapes.ts';
import { fieldsIn, optionsOf, wordOf } from './component-view.ts';
import { markdown } from './markdown.ts';
import { whereFields } from './visit.ts';
import type { Visit } from './visit.ts';

/** A form that the application has opened in front of the person. */
export function formView(visit: Visit, form: Form): Html {
  return html`<div class="veil">
    <section class="modal" role="dialog" aria-modal="true" aria-labelledby="form-title">
      <h2 id="form-title">${form.title}</h2>
      <form method="post" action="/act/submit?${whereFields(visit)}">
        ${form.components.map((one) => part(visit, one))}
        <div class="row end">
          <button class="button secondary" formaction="/act/cancel?${whereFields(visit)}" formnovalidate>
            Cancel
          </button>
          <button class="button primary">Submit</button>
        </div>
      </form>
    </section>
  </div>`;
}

function part(visit: Visit, component: Fields): Html {
  if (component['type'] === ComponentType.TextDisplay)
    return html`<div class="text">${markdown(visit.discord.world, wordOf(component['content']))}</div>`;
  if (component['type'] === ComponentType.ActionRow)
    return html`${fieldsIn(component['components']).map((one) => field(visit, one, component))}`;
  return html`${fieldsIn([component['component']]).map((one) => field(visit, one, component))}`;
}

function field(visit: Visit, component: Fields, around: Fields): Html {
  const id = `f-${wordOf(component['custom_id']).replaceAll(/[^\w-]/g, '-')}`;
  const label = wordOf(around['label']) || wordOf(component['label']);
  const isNeeded = component['required'] !== false;
  return html`<div class="field">
    <label for="${id}">${label}${isNeeded ? NOTHING : html` <span class="small">optional</span>`}</label>
    ${wordOf(around['description']) && html`<span class="small">${wordOf(around['description'])}</span>`}
    ${control(visit, component, { id, isNeeded })}
  </div>`;
}

function control(
  visit: Visit,
  component: Fields,
  { id, isNeeded }: { readonly id: string; readonly isNeeded: boolean },
): Html {
  const name = `field.${wordOf(component['custom_id'])}`;
  const needed = isNeeded ? 'required' : '';
  const limit = (key: string, attribute: string): Html =>
    typeof component[key] === 'number' ? html`${attribute}="${Number(component[key])}"` : NOTHING;
  if (component['type'] !== ComponentType.TextInput) {
    const most = Number(component['max_values'] ?? 1);
    const chosen = fieldsIn(component['options']).filter((one) => one['default'] === true);
    return html`<select id="${id}" name="${name}" ${needed} ${most > 1 ? 'multiple' : ''}>
      ${most > 1 ? NOTHING : html`<option value="">${wordOf(component['placeholder']) || '—'}</option>`}
      ${optionsOf(visit, component).map(
        ({ value, label }) =>
          html`<option value="${value}" ${chosen.some((one) => one['value'] === value) ? 'selected' : ''}>
            ${label}
          </option>`,
      )}
    </select>`;
  }
  const value = wordOf(component['value']);
  const hint = wordOf(component['placeholder']);
  const limits = html`${limit('min_length', 'minlength')} ${limit('max_length', 'maxlength')}`;
  return component['style'] === TextInputStyle.Paragraph
    ? html`<textarea id="${id}" name="${name}" rows="4" placeholder="${hint}" ${needed} ${limits}>
${value}</textarea>`
    : html`<input id="${id}" name="${name}" value="${value}" placeholder="${hint}" ${needed} ${limits} />`;
}
