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
  return html`<div class="field" role="group" aria-label="${label}">
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
  if (component['type'] !== ComponentType.TextInput) return choice(visit, component, { id, name, needed });
  const value = wordOf(component['value']);
  const hint = wordOf(component['placeholder']);
  const limits = html`${limit('min_length', 'minlength')} ${limit('max_length', 'maxlength')}`;
  return component['style'] === TextInputStyle.Paragraph
    ? html`<textarea id="${id}" name="${name}" rows="4" placeholder="${hint}" ${needed} ${limits}>
${value}</textarea>`
    : html`<input id="${id}" name="${name}" value="${value}" placeholder="${hint}" ${needed} ${limits} />`;
}

interface Choice {
  readonly id: string;
  readonly name: string;
  readonly needed: string;
}

/** Boxes where several can be ticked, else a list. */
function choice(visit: Visit, component: Fields, { id, name, needed }: Choice): Html {
  const isSingle =
    Number(component['max_values'] ?? 1) === 1 && component['type'] !== ComponentType.CheckboxGroup;
  const isTick = component['type'] === ComponentType.Checkbox;
  const options = isTick ? [{ value: 'true', label: 'Yes' }] : optionsOf(visit, component);
  const chosen = fieldsIn(component['options'])
    .filter((one) => one['default'] === true)
    .map((one) => one['value']);
  if (!isSingle || isTick)
    return html`<div class="ticks" id="${id}">
      ${options.map(
        ({ value, label }) =>
          html`<label
            ><input
              type="checkbox"
              name="${name}"
              value="${value}"
              ${chosen.includes(value) ? 'checked' : ''}
            />
            ${label}</label
          >`,
      )}
    </div>`;
  return html`<select id="${id}" name="${name}" ${needed}>
    <option value="">${wordOf(component['placeholder']) || '—'}</option>
    ${options.map(
      ({ value, label }) =>
        html`<option value="${value}" ${chosen.includes(value) ? 'selected' : ''}>${label}</option>`,
    )}
  </select>`;
}
