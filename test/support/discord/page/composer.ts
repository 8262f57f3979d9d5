import { NOTHING, html } from '../../../../src/chat/console/web/html.ts';
import type { Html } from '../../../../src/chat/console/web/html.ts';
import { optionsOf as commandOptions } from '../people/command-options.ts';
import type { Option } from '../rest/bodies/command.ts';
import type { Command } from '../state/world.ts';
import { optionsOf } from './component-view.ts';
import { whereFields } from './visit.ts';
import type { Visit } from './visit.ts';

/** Where one writes, and the list of commands below it. */
export function composer(visit: Visit): Html {
  const { channel, discord } = visit;
  const name = channel.guildId === null ? `@${discord.world.bot.username}` : `#${channel.name}`;
  if (channel.type === 15 || channel.type === 4)
    return html`<p class="small">One cannot write here; open a post of it on the left.</p>`;
  return html`<form class="composer" method="post" action="/act/say?${whereFields(visit)}">
      <label class="sr" for="text">Message ${name}</label>
      <textarea id="text" name="text" rows="1" placeholder="Write, or /command" autofocus></textarea>
      <button class="button primary">Send</button>
    </form>
    ${commands(visit)}`;
}

/** One line that can be called: a command, or one of its subcommands. */
interface Callable {
  readonly line: string;
  readonly description: string;
  readonly options: readonly Option[];
}

/** Every line that can be called, with subcommands spelled out. */
function callables(all: readonly Command[]): readonly Callable[] {
  const below = (line: string, description: string, options: readonly Option[]): readonly Callable[] =>
    options.some(({ type }) => type <= 2)
      ? options.flatMap((one) => below(`${line} ${one.name}`, one.description, one.options ?? []))
      : [{ line, description, options }];
  return all
    .filter(({ type }) => type === 1)
    .flatMap(({ name, fields }) =>
      below(
        `/${name}`,
        typeof fields['description'] === 'string' ? fields['description'] : '',
        commandOptions(fields['options']),
      ),
    );
}

function commands(visit: Visit): Html {
  const all = callables(visit.discord.commands());
  if (all.length === 0)
    return html`<p class="small">
      No commands are registered yet: start the bot, and it registers its own.
    </p>`;
  return html`<details class="commands">
    <summary>Commands (${all.length})</summary>
    <ul>
      ${all.map(
        (one) =>
          html`<li>
            <details>
              <summary><b>${one.line}</b> <span class="small">${one.description}</span></summary>
              <form method="post" action="/act/command?${whereFields(visit)}">
                <input type="hidden" name="line" value="${one.line}" />
                ${one.options.map((option) => field(visit, one.line, option))}
                <button class="button primary">Send ${one.line}</button>
              </form>
            </details>
          </li>`,
      )}
    </ul>
  </details>`;
}

const BOOLEAN = 5;
const PICKED: Readonly<Record<number, number>> = { 6: 5, 8: 6, 9: 7, 7: 8 };

function field(visit: Visit, line: string, option: Option): Html {
  const id = `${line} ${option.name}`.replaceAll(/[^\w-]/g, '-');
  return html`<div class="field">
    <label for="${id}"
      >${option.name}${option.required ? NOTHING : html` <span class="small">optional</span>`}</label
    >
    ${input(visit, { line, option, id })}
    <span class="small">${option.description}</span>
  </div>`;
}

interface Input {
  readonly line: string;
  readonly option: Option;
  readonly id: string;
}

function input(visit: Visit, { line, option, id }: Input): Html {
  const name = `option.${option.name}`;
  const kind = PICKED[option.type];
  const listed =
    kind === undefined
      ? (option.choices ?? []).map((one) => ({ value: String(one.value), label: one.name }))
      : optionsOf(visit, { type: kind });
  const values =
    option.type === BOOLEAN
      ? [
          { value: 'true', label: 'yes' },
          { value: 'false', label: 'no' },
        ]
      : listed;
  if (values.length > 0)
    return html`<select id="${id}" name="${name}" ${option.required ? 'required' : ''}>
      <option value="">—</option>
      ${values.map(({ value, label }) => html`<option value="${value}">${label}</option>`)}
    </select>`;
  const suggest = option.autocomplete
    ? html`list="${id}-list" autocomplete="off"
      data-suggest="/suggest?${whereFields(visit)}&line=${encodeURIComponent(line)}&option=${option.name}"`
    : NOTHING;
  return html`<input id="${id}" name="${name}" ${suggest} ${option.required ? 'required' : ''} />
    ${option.autocomplete ? html`<datalist id="${id}-list"></datalist>` : NOTHING}`;
}
