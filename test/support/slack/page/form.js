/** Modals: fields to fill in, errors at them, and what was filled in. */
import { blocks, choices, el, plain } from './render.js';

/** Draws a modal into the dialog. `doing` has `submit(filled)`, `close()` and what blocks need. */
export function drawModal(dialog, view, doing) {
  const form = el(
    'form',
    {
      onsubmit: (event) => {
        event.preventDefault();
        doing.submit(filledIn(form, view));
      },
    },
    el('h2', { id: 'modal-title' }, plain(view.title)),
    el(
      'div',
      { className: 'body' },
      blocks(view.blocks, { ...doing, field: (block) => field(block, doing) }),
    ),
    el(
      'footer',
      {},
      el('button', { type: 'button', onclick: doing.close }, plain(view.close) || 'Cancel'),
      view.submit ? el('button', { type: 'submit', className: 'primary' }, plain(view.submit)) : null,
    ),
  );
  dialog.replaceChildren(form);
  if (!dialog.open) dialog.showModal();
}

/** Says what is wrong, at the field where it is wrong. */
export function showFieldErrors(dialog, errors) {
  for (const place of dialog.querySelectorAll('.error')) {
    const words = errors[place.dataset.block] ?? '';
    place.textContent = words;
    const input = place.parentElement.querySelector('input, textarea, select');
    input?.setAttribute('aria-invalid', String(words !== ''));
  }
  dialog.querySelector('[aria-invalid="true"]')?.focus();
}

function field(block, doing) {
  const one = block.element;
  const id = `field-${block.block_id}`;
  const error = el('p', { className: 'error', id: `${id}-error`, role: 'alert' });
  error.dataset.block = block.block_id;
  const label = `${plain(block.label)}${block.optional ? ' (optional)' : ''}`;
  const hint = block.hint ? el('small', {}, plain(block.hint)) : null;
  if (one.type === 'checkboxes' || one.type === 'radio_buttons')
    return el(
      'div',
      { className: 'field' },
      el('fieldset', {}, el('legend', {}, label), ticks(block, doing)),
      hint,
      error,
    );
  return el(
    'div',
    { className: 'field' },
    el('label', { htmlFor: id }, label),
    control(block, id, doing),
    hint,
    error,
  );
}

function ticks({ block_id: name, element: one }, doing) {
  const type = one.type === 'checkboxes' ? 'checkbox' : 'radio';
  const chosen = [one.initial_option, ...(one.initial_options ?? [])]
    .filter(Boolean)
    .map(({ value }) => value);
  return choices(one, doing).map(([value, words]) =>
    el(
      'label',
      {},
      el('input', { type, name, value, checked: chosen.includes(value) }),
      ` ${words}`,
      el('br'),
    ),
  );
}

function control({ block_id: name, element: one }, id, doing) {
  const common = { id, name, 'aria-describedby': `${id}-error` };
  const words = one.initial_value ?? '';
  switch (one.type) {
    case 'plain_text_input':
      return one.multiline
        ? el('textarea', { ...common, rows: 4, value: words, placeholder: plain(one.placeholder) })
        : el('input', { ...common, type: 'text', value: words, placeholder: plain(one.placeholder) });
    case 'number_input':
      return el('input', { ...common, type: 'number', value: words });
    case 'datepicker':
      return el('input', { ...common, type: 'date', value: one.initial_date ?? '' });
    case 'timepicker':
      return el('input', { ...common, type: 'time', value: one.initial_time ?? '' });
    case 'email_text_input':
    case 'url_text_input':
      return el('input', { ...common, type: 'text', value: words });
    default:
      return menu(one, common, doing);
  }
}

function menu(one, common, doing) {
  const multiple = one.type.startsWith('multi_');
  const chosen = [
    one.initial_option?.value,
    one.initial_user,
    one.initial_conversation,
    one.initial_channel,
    ...(one.initial_options ?? []).map(({ value }) => value),
    ...(one.initial_users ?? []),
  ].filter(Boolean);
  return el(
    'select',
    { ...common, multiple },
    multiple ? null : el('option', { value: '' }, plain(one.placeholder) || 'Choose'),
    choices(one, doing).map(([value, words]) =>
      el('option', { value, selected: chosen.includes(value) }, words),
    ),
  );
}

function filledIn(form, view) {
  const filled = {};
  for (const block of view.blocks.filter(({ type }) => type === 'input')) {
    const inputs = [...form.querySelectorAll(`[name="${CSS.escape(block.block_id)}"]`)];
    const type = block.element.type;
    if (type === 'checkboxes' || type === 'radio_buttons') {
      const ticked = inputs.filter((input) => input.checked).map(({ value }) => value);
      filled[block.block_id] = type === 'checkboxes' ? ticked : (ticked[0] ?? '');
    } else if (inputs[0]?.multiple)
      filled[block.block_id] = [...inputs[0].selectedOptions].map(({ value }) => value);
    else filled[block.block_id] = inputs[0]?.value ?? '';
  }
  return filled;
}
