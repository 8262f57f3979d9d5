// What the page does without being asked: shows what is new, suggests while one types, sends on Enter.

const EVERY_MS = 700;

/** True while somebody is in the middle of something there that new HTML would undo. */
function isBusy() {
  const at = document.activeElement;
  return (
    (at?.closest('#live') && at.matches('select, input, textarea')) ||
    document.querySelector('#live details[open]') !== null
  );
}

async function refresh() {
  const { live, mark } = document.body.dataset;
  if (document.hidden || isBusy()) return;
  const response = await fetch(`${live}&mark=${mark}`);
  if (response.status !== 200) return;
  const stream = document.querySelector('#stream');
  const wasAtEnd = stream.scrollHeight - stream.scrollTop - stream.clientHeight < 80;
  const top = stream.scrollTop;
  document.querySelector('#live').innerHTML = await response.text();
  document.body.dataset.mark = response.headers.get('x-mark');
  const fresh = document.querySelector('#stream');
  fresh.scrollTop = wasAtEnd ? fresh.scrollHeight : top;
}

function keepLooking() {
  refresh()
    .catch(() => undefined)
    .finally(() => setTimeout(keepLooking, EVERY_MS));
}

let suggesting = 0;
async function suggest(input) {
  suggesting += 1;
  const turn = suggesting;
  const form = new FormData(input.form);
  const others = new URLSearchParams([...form].filter(([name]) => name.startsWith('option.')));
  const response = await fetch(`${input.dataset.suggest}&typed=${encodeURIComponent(input.value)}&${others}`);
  if (!response.ok || turn !== suggesting) return;
  const choices = await response.json();
  input.list.replaceChildren(...choices.map(({ name, value }) => new Option(name, value)));
}

document.addEventListener('input', ({ target }) => {
  if (target.dataset.suggest) void suggest(target);
});
document.addEventListener('focusin', ({ target }) => {
  if (target.dataset.suggest) void suggest(target);
});
document.addEventListener('change', ({ target }) => {
  if (target.matches('select[data-sends]:not([multiple])')) target.form.requestSubmit();
});
document.addEventListener(
  'toggle',
  ({ target }) => target.matches('.menu[open]') && target.scrollIntoView({ block: 'nearest' }),
  true,
);
document.addEventListener('keydown', (event) => {
  const { target, key, shiftKey, isComposing } = event;
  if (target.id !== 'text' || key !== 'Enter' || shiftKey || isComposing) return;
  event.preventDefault();
  target.form.requestSubmit();
});
// A link to a channel of the real Discord means the one here.
document.addEventListener('click', (event) => {
  const [, channel, message] =
    /^https:\/\/discord\.com\/channels\/[^/]+\/(\d+)(?:\/(\d+))?/.exec(
      event.target.closest('a')?.href ?? '',
    ) ?? [];
  if (channel === undefined) return;
  event.preventDefault();
  const person = new URLSearchParams(document.body.dataset.live.split('?')[1]).get('as');
  location.assign(`/?as=${encodeURIComponent(person)}&in=${channel}${message ? `#m${message}` : ''}`);
});
// A second press while the first is on its way would be a second click for the bot.
document.addEventListener('submit', ({ target, submitter }) => {
  setTimeout(() => {
    for (const button of target.querySelectorAll('button')) button.disabled = true;
  });
  submitter?.setAttribute('aria-busy', 'true');
});

const stream = document.querySelector('#stream');
if (!location.hash) stream.scrollTop = stream.scrollHeight;
document.querySelector('.modal input, .modal textarea, .modal select')?.focus();
keepLooking();
