/* Where people type: drafts that outlive a change of rooms, completion, Enter. */
import { byId, elementOf } from './elements.js';

export const composer = byId('composer');
export const text = byId('text');
export const roomId = composer?.dataset.room ?? null;

const draftKey = `firebell draft ${roomId}`;

function fit() {
  text.style.height = 'auto';
  text.style.height = `${text.scrollHeight + 2}px`;
}

/** Empties the composer for the next line, which is a new one to the server too. */
export function resetComposer() {
  text.value = '';
  composer.elements.key.value = crypto.randomUUID?.() ?? String(Math.random());
  sessionStorage.removeItem(draftKey);
  hideCompletions();
  fit();
}

const list = byId('completions');
let proposals = [];
let chosen = -1;
let asked = 0;

function hideCompletions() {
  proposals = [];
  chosen = -1;
  asked += 1;
  list.hidden = true;
  text.removeAttribute('aria-activedescendant');
}

function choose(index) {
  chosen = (index + proposals.length) % proposals.length;
  [...list.children].forEach((item, i) => item.setAttribute('aria-selected', String(i === chosen)));
  list.children[chosen].scrollIntoView({ block: 'nearest' });
  text.setAttribute('aria-activedescendant', list.children[chosen].id);
}

function accept(index) {
  text.value = proposals[index].insert;
  hideCompletions();
  fit();
  text.focus();
  proposeSoon();
}

function show(found) {
  proposals = found;
  list.replaceChildren(
    ...found.map(({ label, detail }, i) => {
      const item = elementOf(
        '<li class="completion" role="option" aria-selected="false"><span class="completion-label"></span><span class="completion-detail"></span></li>',
      );
      item.id = `completion-${i}`;
      item.firstElementChild.textContent = label;
      item.lastElementChild.textContent = detail;
      item.addEventListener('mousedown', (event) => {
        event.preventDefault();
        accept(i);
      });
      return item;
    }),
  );
  list.hidden = found.length === 0;
  chosen = -1;
}

async function propose() {
  const turn = (asked += 1);
  if (!text.value.startsWith('/') || text.value.includes('\n')) return hideCompletions();
  const query = new URLSearchParams({ room: roomId, text: text.value });
  const response = await fetch(`/complete?${query}`, { headers: { 'HX-Request': 'true' } }).catch(() => null);
  if (turn !== asked || !response?.ok) return;
  const found = await response.json();
  if (turn === asked) show(found.filter(({ insert }) => insert.trim() !== text.value.trim()));
}

function proposeSoon() {
  propose().catch(hideCompletions);
}

/** Enter takes the proposal that was chosen; when none was, it sends what is typed. */
function onKey(event) {
  const isOpen = !list.hidden && proposals.length > 0;
  if (isOpen && event.key === 'ArrowDown') return take(event, () => choose(chosen + 1));
  if (isOpen && event.key === 'ArrowUp')
    return take(event, () => choose(chosen <= 0 ? proposals.length - 1 : chosen - 1));
  if (isOpen && event.key === 'Tab' && !event.shiftKey) return take(event, () => accept(Math.max(chosen, 0)));
  if (isOpen && event.key === 'Escape') return take(event, hideCompletions);
  if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return undefined;
  return take(event, () => (isOpen && chosen >= 0 ? accept(chosen) : composer.requestSubmit()));
}

function take(event, act) {
  if (event.altKey || event.ctrlKey || event.metaKey) return;
  event.preventDefault();
  event.stopPropagation();
  act();
}

if (composer) {
  text.setAttribute('aria-autocomplete', 'list');
  text.setAttribute('aria-controls', 'completions');
  text.value = text.value || (sessionStorage.getItem(draftKey) ?? '');
  text.addEventListener('keydown', onKey);
  text.addEventListener('blur', () => setTimeout(hideCompletions, 100));
  text.addEventListener('input', () => {
    sessionStorage.setItem(draftKey, text.value);
    fit();
    proposeSoon();
  });
  composer.addEventListener('submit', () => {
    hideCompletions();
    // Of answers that stand together the newest stays: it may name what to type next.
    document.querySelectorAll('.only-you:has(+ .only-you)').forEach((answer) => answer.remove());
  });
  fit();
}
