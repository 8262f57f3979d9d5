import { randomUUID } from 'node:crypto';
import type { KeptRoom } from '../../../store/rooms.ts';
import type { Html } from './html.ts';
import { html } from './html.ts';
import { postsTo } from './render.ts';
import type { Visit } from './visit.ts';

/** The most characters that one message may have. */
export const LONGEST_MESSAGE = 4000;

/** Where people type: talk, or commands with completion. */
export function composer(visit: Visit, room: KeptRoom): Html {
  const isArchived = room.archivedAt !== null;
  const placeholder = isArchived
    ? 'Archived. Commands still work: /inc reopen'
    : 'Say something, or / for commands';
  return html`<form class="composer" id="composer" data-room="${room.id}" ${postsTo(`/rooms/${room.id}/say`)}>
    <input type="hidden" name="csrf" value="${visit.csrf}" />
    <input type="hidden" name="key" value="${randomUUID()}" />
    <ul class="completions" id="completions" role="listbox" aria-label="Commands" hidden></ul>
    <label class="sr" for="text">Message</label>
    <textarea
      id="text"
      name="text"
      rows="1"
      maxlength="${LONGEST_MESSAGE}"
      placeholder="${placeholder}"
      aria-describedby="composer-hint"
      autocomplete="off"
      required
    ></textarea>
    <button class="button primary send">Send</button>
    <p class="composer-hint" id="composer-hint">
      <kbd>/</kbd> commands <span class="dot" aria-hidden="true">·</span> <kbd>Enter</kbd> sends
      <span class="dot" aria-hidden="true">·</span> <kbd>Shift</kbd>+<kbd>Enter</kbd> new line
      <span class="dot" aria-hidden="true">·</span> <kbd>Alt</kbd>+<kbd>↑</kbd><kbd>↓</kbd> rooms
    </p>
  </form>`;
}
