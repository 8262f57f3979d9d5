import { equalInConstantTime, hmacHex } from '../../../lib/signing.ts';
import type { Field } from '../../message.ts';
import { Form } from '../../message.ts';
import type { ConsoleDeps } from '../deps.ts';
import type { Fields } from './door.ts';
import type { Html } from './html.ts';
import { html, NOTHING } from './html.ts';

const LONGEST_FIELD = 15_000;

/** A form in the place where it is filled in. */
export interface FormView {
  readonly form: Form;
  readonly roomId: number | null;
  readonly csrf: string;
  readonly errors: Readonly<Record<string, string>>;
}

/** A form as a dialog, with its shape along, signed, so that errors can be shown at its fields: scripts open it over the page, without them it is the page. */
export function renderForm(deps: ConsoleDeps, view: FormView): Html {
  const { form, roomId, csrf, errors } = view;
  const shape = JSON.stringify(form);
  const known = new Set(form.fields.map((field) => field.name));
  const others = Object.entries(errors).filter(([name]) => !known.has(name));
  return html`<dialog class="form-dialog" aria-labelledby="form-title" open>
    <form
      method="post"
      action="/forms"
      hx-post="/forms"
      hx-target="#log"
      hx-swap="beforeend"
      hx-disabled-elt="find .send"
      novalidate
    >
      <header class="dialog-head">
        <h2 id="form-title">${form.title}</h2>
        <button class="icon-button" type="button" data-close>
          <span aria-hidden="true">✕</span><span class="sr">Close without sending</span>
        </button>
      </header>
      <input type="hidden" name="csrf" value="${csrf}" />
      <input type="hidden" name="room" value="${roomId ?? ''}" />
      <input type="hidden" name="shape" value="${shape}" />
      <input type="hidden" name="seal" value="${sealOf(deps, shape)}" />
      <div class="dialog-body">
        ${Object.keys(errors).length > 0 ? html`<div class="form-errors" role="alert">${others.length > 0 ? others.map(([, words]) => html`<p>${words}</p>`) : html`<p>Please correct what is marked below.</p>`}</div>` : NOTHING}
        ${form.fields.map((field) => renderField(field, errors[field.name] ?? null))}
      </div>
      <footer class="dialog-foot">
        <button class="button" type="button" data-close>Cancel</button>
        <button class="button primary send">${form.submitLabel}</button>
      </footer>
    </form>
  </dialog>`;
}

/** The form that a post was made from, and what was filled in; null when it is not one of ours. */
export function formOf(
  deps: ConsoleDeps,
  fields: Fields,
): { form: Form; filled: Record<string, string> } | null {
  const shape = fields['shape'] ?? '';
  if (!equalInConstantTime(fields['seal'] ?? '', sealOf(deps, shape))) return null;
  const form = Form.parse(JSON.parse(shape));
  const filled = Object.fromEntries(
    form.fields.map(({ name }) => [name, (fields[`f.${name}`] ?? '').slice(0, LONGEST_FIELD)]),
  );
  return { form, filled };
}

/** The form with what was filled in, so that nobody types it twice. */
export function refilled(form: Form, filled: Readonly<Record<string, string>>): Form {
  const fields = form.fields.map((field): Field => {
    const value = filled[field.name] ?? '';
    return field.kind === 'check' ? { ...field, value: value === 'on' } : { ...field, value };
  });
  return { ...form, fields };
}

function sealOf({ instanceSecret }: ConsoleDeps, shape: string): string {
  return hmacHex(instanceSecret, `console-form ${shape}`);
}

function renderField(field: Field, error: string | null): Html {
  const id = `f-${field.name}`;
  const notes = [field.hint === null ? null : `${id}-hint`, error === null ? null : `${id}-error`];
  const described = notes.filter((note) => note !== null).join(' ');
  const attributes = html`id="${id}" name="f.${field.name}"
  ${described === '' ? NOTHING : html`aria-describedby="${described}"`}
  ${error === null ? NOTHING : html`aria-invalid="true"`} ${field.required ? html`required` : NOTHING}`;
  const label = html`<label for="${id}"
    >${field.label}${field.required || field.kind === 'check' ? NOTHING : html` <span class="optional">optional</span>`}</label
  >`;
  return html`<div class="field${error === null ? '' : ' wrong'}${field.kind === 'check' ? ' check' : ''}">
    ${field.kind === 'check' ? html`${control(field, attributes)}${label}` : html`${label}${control(field, attributes)}`}
    ${field.hint === null ? NOTHING : html`<p class="hint" id="${id}-hint">${field.hint}</p>`}
    ${error === null ? NOTHING : html`<p class="error" id="${id}-error">${error}</p>`}
  </div>`;
}

function control(field: Field, attributes: Html): Html {
  switch (field.kind) {
    case 'text':
      return html`<input
        type="text"
        maxlength="1000"
        value="${field.value}"
        autocomplete="off"
        ${attributes}
      />`;
    case 'long_text':
      return html`<textarea rows="4" maxlength="${LONGEST_FIELD}" ${attributes}>${field.value}</textarea>`;
    case 'choice':
      return html`<select ${attributes}>
        ${field.choices.map(
          ({ value, label }) =>
            html`<option value="${value}" ${value === field.value ? html`selected` : NOTHING}>
              ${label}
            </option>`,
        )}
      </select>`;
    case 'check':
      return html`<input
        type="checkbox"
        value="on"
        ${field.value ? html`checked` : NOTHING}
        ${attributes}
      />`;
  }
}
