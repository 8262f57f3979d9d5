/* What htmx cannot do: live updates, completion, keyboard, dialogs and toasts. The page reads and sends without it too. */
import { composer, resetComposer, roomId, text } from './composer.js';
import { byId, elementOf } from './elements.js';

document.documentElement.classList.add('scripted');

const log = byId('log');
const frame = byId('log-frame');
const baseTitle = document.body.dataset.title ?? document.title;
const csrf = document.body.dataset.csrf ?? '';

/* ---- Live updates ---- */

const isAtEnd = () => !frame || frame.scrollHeight - frame.scrollTop - frame.clientHeight < 120;
const toEnd = () => {
  if (frame) frame.scrollTop = frame.scrollHeight;
};

/** Puts a message where it belongs: in the place of its earlier self, or at the end. An older state never replaces a newer one. */
function place(message) {
  const before = byId(message.id);
  if (before) {
    if (Number(before.dataset.rev) > Number(message.dataset.rev)) return;
    message.classList.toggle('follows', before.classList.contains('follows'));
    before.replaceWith(message);
  } else {
    const last = log.lastElementChild;
    const isSame = last?.dataset.author === message.dataset.author;
    const isSoon = Number(message.dataset.at) - Number(last?.dataset.at) < 300000;
    message.classList.toggle('follows', Boolean(isSame && isSoon));
    message.classList.add('fresh');
    log.querySelector(':scope > .empty')?.remove();
    log.append(message);
  }
  htmx.process(message);
}

const hearings = {
  message({ html }) {
    // Messages from before the part of the story that this page shows stay out of it.
    const message = elementOf(html);
    const first = log.querySelector('.msg[data-seq]');
    const isOlder = first && !byId(message.id) && Number(message.dataset.seq) < Number(first.dataset.seq);
    if (isOlder || location.search.includes('before=')) return;
    const stay = isAtEnd();
    place(message);
    if (stay) toEnd();
    markRead();
  },
  rail({ html, unread }) {
    const rooms = byId('rooms');
    const focused = rooms.contains(document.activeElement)
      ? document.activeElement.getAttribute('href')
      : null;
    const wasOpen = rooms.querySelector('details')?.open;
    const { scrollTop } = rooms;
    rooms.innerHTML = html;
    const details = rooms.querySelector('details');
    if (details && wasOpen) details.open = true;
    rooms.scrollTop = scrollTop;
    if (focused) rooms.querySelector(`a[href="${CSS.escape(focused)}"]`)?.focus();
    document.title = unread > 0 ? `(${unread}) ${baseTitle}` : baseTitle;
  },
  head({ head, panel }) {
    swap(byId('room-head'), head);
    const details = byId('details');
    if (details && panel !== null) swap(details, panel);
    // A card pinned after the page was opened has no place yet: the page makes one when it is opened again.
    else if (panel !== null && !details) addPanel(panel);
  },
  overview() {
    refreshOverview().catch(() =>
      toast('That did not work', 'The overview could not be refreshed. Reload the page.'),
    );
  },
  page({ text: words, path, here }) {
    byId('said-aloud').textContent = words;
    if (!here || document.hidden) toast('You are being paged', words, { path, label: 'Open the page' });
  },
  gone() {
    location.assign('/');
  },
};

async function refreshOverview() {
  const part = byId('overview');
  if (!part || part.querySelector('form.htmx-request')) return;
  const { name, value } = part.contains(document.activeElement) ? document.activeElement : {};
  await htmx.ajax('GET', '/', { target: '#overview', select: '#overview', swap: 'outerHTML' });
  if (name)
    byId('overview')
      .querySelector(`[name="${name}"][value="${CSS.escape(value)}"]`)
      ?.focus();
}

/** Changes a part of the page unless somebody is in the middle of using it. */
function swap(part, html) {
  if (!part || part.contains(document.activeElement) || part.querySelector('.htmx-request')) return;
  part.innerHTML = html;
  htmx.process(part);
}

function addPanel(html) {
  const panel = document.createElement('aside');
  panel.className = 'panel';
  panel.id = 'details';
  panel.setAttribute('aria-label', 'Details of the incident');
  panel.innerHTML = html;
  byId('main').after(panel);
  document.body.classList.add('with-panel');
  htmx.process(panel);
}

let lastPoint = document.body.dataset.live;
let wait = 500;

function listen() {
  const here = byId('rooms')?.dataset.here ?? '';
  const source = new EventSource(
    `/live?after=${encodeURIComponent(lastPoint)}&here=${encodeURIComponent(here)}`,
  );
  for (const [name, hear] of Object.entries(hearings)) {
    source.addEventListener(name, (event) => {
      lastPoint = event.lastEventId || lastPoint;
      hear(JSON.parse(event.data));
    });
  }
  source.addEventListener('open', () => {
    wait = 500;
    byId('offline').hidden = true;
  });
  source.addEventListener('error', () => {
    source.close();
    setTimeout(() => (byId('offline').hidden = source.readyState !== EventSource.CLOSED || wait <= 1000), 0);
    setTimeout(listen, wait);
    wait = Math.min(wait * 2, 10000);
  });
}

let readUpTo = 0;
let reading = null;

function markRead() {
  if (!roomId || document.hidden || !document.hasFocus()) return;
  const all = log.querySelectorAll('.msg[data-seq]');
  const seq = Number(all[all.length - 1]?.dataset.seq ?? 0);
  if (seq <= readUpTo) return;
  readUpTo = seq;
  clearTimeout(reading);
  reading = setTimeout(() => {
    fetch(`/rooms/${roomId}/read`, {
      method: 'POST',
      headers: { 'HX-Request': 'true' },
      body: new URLSearchParams({ csrf, seq }),
    }).catch(() => (readUpTo = 0));
  }, 200);
}

/* ---- Toasts and dialogs ---- */

function toast(title, words, link) {
  const box = document.createElement('div');
  box.className = 'toast';
  const heading = document.createElement('p');
  heading.className = 'toast-title';
  heading.textContent = title;
  const close = elementOf(
    '<button class="icon-button" type="button" data-dismiss><span aria-hidden="true">✕</span><span class="sr">Dismiss</span></button>',
  );
  const body = document.createElement('p');
  body.textContent = words;
  box.append(heading, close, body);
  if (link) {
    const go = document.createElement('a');
    go.className = 'button primary';
    go.href = link.path;
    go.textContent = link.label;
    box.append(go);
  } else {
    setTimeout(() => box.remove(), 8000);
  }
  const toasts = byId('toasts');
  toasts.append(box);
  while (toasts.childElementCount > 4) toasts.firstElementChild.remove();
}

let cameFrom = null;

function openDialog() {
  const dialog = document.querySelector('#dialogs dialog');
  if (!dialog) return;
  cameFrom ??= document.activeElement;
  dialog.removeAttribute('open');
  dialog.showModal();
  const first =
    dialog.querySelector('[aria-invalid]') ?? dialog.querySelector('.field :is(input, textarea, select)');
  first?.focus();
  dialog.addEventListener('close', () => {
    dialog.remove();
    (cameFrom?.isConnected ? cameFrom : text)?.focus();
    cameFrom = null;
  });
}

document.addEventListener('click', (event) => {
  const target = event.target.closest('[data-dismiss], [data-close]');
  if (target?.hasAttribute('data-dismiss')) {
    target.closest('.only-you, .toast')?.remove();
    text?.focus();
  }
  if (target?.hasAttribute('data-close')) target.closest('dialog')?.close();
});

document.addEventListener('htmx:beforeSwap', ({ detail }) => {
  // The live stream may have been faster than the answer to the post.
  const id = /id="(m-\d+)"/.exec(detail.serverResponse)?.[1];
  if (detail.target === log && id) {
    detail.shouldSwap = false;
    place(elementOf(detail.serverResponse));
    toEnd();
  }
});
document.addEventListener('htmx:afterSwap', ({ detail }) => {
  if (detail.target.id === 'dialogs') {
    if (detail.requestConfig.elt === composer) resetComposer();
    openDialog();
  }
  if (detail.target === log) {
    log.querySelector(':scope > .empty')?.remove();
    toEnd();
    if (!frame) log.lastElementChild?.scrollIntoView({ block: 'nearest' });
  }
});
document.addEventListener('htmx:responseError', ({ detail }) => {
  toast(
    'That did not work',
    detail.xhr.responseText.slice(0, 300) || 'Firebell answered with an error. Try again.',
  );
});
document.addEventListener('htmx:sendError', () => {
  toast('Firebell cannot be reached', 'Nothing was sent. Check the connection and try again.');
});
document.addEventListener('console:done', (event) => {
  event.target.closest?.('dialog')?.close();
  if (event.target === composer) resetComposer();
});

/* ---- Keyboard ---- */

function switchRoom(step) {
  const links = [...document.querySelectorAll('#rooms a.room')].filter((link) => link.checkVisibility());
  const here = links.findIndex((link) => link.getAttribute('aria-current') === 'page');
  links[(here + step + links.length) % links.length]?.click();
}

document.addEventListener('keydown', (event) => {
  const isTyping = event.target.matches('input, textarea, select');
  if (event.altKey && (event.key === 'ArrowUp' || event.key === 'ArrowDown')) {
    event.preventDefault();
    switchRoom(event.key === 'ArrowDown' ? 1 : -1);
  } else if (event.key === '/' && !isTyping && text && !document.querySelector('dialog[open]')) {
    event.preventDefault();
    text.focus();
  } else if (event.key === 'Escape' && !document.querySelector('dialog[open]')) {
    if (location.hash === '#rail' || location.hash === '#details') location.hash = '#main';
    else [...document.querySelectorAll('.toast, .only-you')].at(-1)?.remove();
  }
});

/* ---- Beginning ---- */

document.querySelectorAll('[data-submit]').forEach((select) => {
  select.addEventListener('change', () => select.form.requestSubmit());
});
document.addEventListener('visibilitychange', markRead);
addEventListener('focus', markRead);

if (document.body.dataset.live !== undefined) {
  if (location.hash.startsWith('#m-')) byId(location.hash.slice(1))?.scrollIntoView({ block: 'center' });
  else toEnd();
  listen();
  markRead();
}

const signIn = byId('sign-in');
if (signIn && location.hash.length > 1) {
  signIn.elements.token.value = decodeURIComponent(location.hash.slice(1));
  history.replaceState(null, '', '/sign-in');
  signIn.requestSubmit();
}
