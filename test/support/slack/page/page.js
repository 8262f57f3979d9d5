/** The page: reads the workspace as one person sees it, and does what they type and click. */
import { drawModal, showFieldErrors } from './form.js';
import { blocks, el, mrkdwn } from './render.js';

const LOOK_EVERY_MS = 700;
const $ = (id) => document.getElementById(id);
const chosen = new URLSearchParams(location.hash.slice(1));
let me = chosen.get('as') ?? '';
let where = chosen.get('in') ?? '';
let atHome = false;
let thread = null;
let seen = '';
let shownModal = '';
let state = null;
const read = new Map();

async function ask(body) {
  const response = await fetch(`/ui/act?as=${encodeURIComponent(me)}`, {
    method: 'POST',
    body: JSON.stringify(body),
  });
  const answer = await response.json();
  const trouble = {
    operation_timeout: 'Firebell did not answer within three seconds (operation_timeout).',
    dispatch_failed: 'Firebell is not connected (dispatch_failed). Is the bot running?',
    not_a_command: 'That is not a command here. Commands do not work in threads.',
    view_trouble:
      'We had some trouble connecting: the app answered the form with something Slack does not take.',
  };
  $('notice').textContent = answer.problem ?? trouble[answer.error] ?? '';
  if (answer.fieldErrors) showFieldErrors($('modal'), answer.fieldErrors);
  await look();
  return answer;
}

async function look() {
  const response = await fetch(`/ui/state?as=${encodeURIComponent(me)}&in=${encodeURIComponent(where)}`);
  const text = await response.text();
  if (text === seen) return;
  seen = text;
  state = JSON.parse(text);
  me = state.me;
  where = state.current.id;
  location.replace(`#as=${me}&in=${where}`);
  draw();
}

function nameOf(id) {
  const all = [
    ...state.people,
    ...state.channels,
    ...state.groups.map(({ id: one, handle }) => ({ id: one, name: handle })),
  ];
  return all.find((one) => one.id === id)?.name ?? id;
}

function draw() {
  drawHeader();
  drawSide();
  if (atHome) drawHome();
  else drawConversation();
  drawTopModal();
}

function drawHeader() {
  $('team').textContent = `${state.team} (emulated Slack)`;
  const people = state.people.filter(({ isBot }) => !isBot);
  $('as').replaceChildren(
    ...people.map(({ id, name, deleted, isQuiet }) =>
      el(
        'option',
        { value: id, selected: id === me },
        `${name}${deleted ? ' (deactivated)' : ''}${isQuiet ? ' 🔕' : ''}`,
      ),
    ),
  );
}

function drawSide() {
  const { current } = state;
  read.set(current.id, current.last);
  const draw = (one, label) => {
    const unread = one.last > (read.get(one.id) ?? '0') && one.id !== current.id;
    return el(
      'li',
      {},
      el(
        'button',
        {
          type: 'button',
          'aria-current': String(!atHome && one.id === current.id),
          className: `${one.archived ? 'archived' : ''} ${unread ? 'unread' : ''}`,
          onclick: () => go(one.id),
        },
        label,
        unread ? el('span', { className: 'hidden' }, ' (unread)') : null,
      ),
    );
  };
  $('channels').replaceChildren(
    ...state.channels.map((one) => draw(one, `${one.isPrivate ? '🔒' : '#'} ${one.name}`)),
  );
  $('direct').setAttribute('aria-current', String(!atHome && current.isDirect));
  $('direct').onclick = () => go(state.direct);
  $('home-tab').setAttribute('aria-current', String(atHome));
  $('home-tab').onclick = () => {
    atHome = true;
    closeMenu();
    void ask({ do: 'opens_home' }).then(draw);
  };
  const global = state.shortcuts.filter(({ type }) => type === 'global');
  $('shortcuts').replaceChildren(
    ...global.map(({ callbackId, name }) =>
      el(
        'li',
        {},
        el(
          'button',
          {
            type: 'button',
            onclick: () => {
              closeMenu();
              void ask({ do: 'uses', shortcut: callbackId });
            },
          },
          `⚡ ${name ?? callbackId}`,
        ),
      ),
    ),
  );
}

function go(id) {
  atHome = false;
  where = id;
  thread = null;
  seen = '';
  closeMenu();
  void look();
}

function doingIn(place) {
  return {
    names: nameOf,
    people: state.people.filter(({ isBot, deleted }) => !isBot && !deleted),
    channels: state.channels.filter(({ archived }) => !archived),
    click: (action, choice) =>
      void ask({ do: 'clicks', where: place, action, ...(choice === undefined ? {} : { choice }) }),
  };
}

function drawHome() {
  $('title').textContent = 'Firebell: Home';
  $('topic').textContent = '';
  $('bookmarks').replaceChildren();
  $('composer').hidden = true;
  $('messages').replaceChildren(
    ...(state.home
      ? blocks(state.home.blocks, doingIn('home'))
      : [el('p', {}, 'The app has not published a Home for you yet.')]),
  );
}

function drawConversation() {
  const { current } = state;
  const isMember = current.isDirect || current.members.includes(me);
  $('title').textContent = current.isDirect
    ? 'Firebell'
    : `${current.isPrivate ? '🔒' : '#'}${current.name}${current.archived ? ' (archived)' : ''}`;
  $('topic').replaceChildren(...(current.topic ? [mrkdwn(current.topic, nameOf)] : []));
  $('bookmarks').replaceChildren(
    ...current.bookmarks.flatMap(({ title, link }) => [
      el('a', { href: link, target: '_blank', rel: 'noreferrer noopener' }, `🔖 ${title}`),
      ' ',
    ]),
    current.isDirect
      ? ''
      : `${current.members.length} members · ${current.pins.length} pinned${current.hasCanvas ? ' · canvas' : ''}${state.scheduled.length > 0 ? ` · ${state.scheduled.length} scheduled` : ''}`,
  );
  const list = $('messages');
  const atEnd = list.scrollHeight - list.scrollTop - list.clientHeight < 80 || list.dataset.of !== current.id;
  list.dataset.of = current.id;
  list.replaceChildren(...inOrder(current.messages).map(drawMessage));
  if (current.messages.length === 0)
    list.append(
      el(
        'p',
        { className: 'meta' },
        current.isDirect
          ? 'Nothing yet. Type /inc help, or wait for a page.'
          : 'Nothing has been said here yet.',
      ),
    );
  if (atEnd) list.scrollTop = list.scrollHeight;
  $('composer').hidden = current.archived;
  $('box').placeholder = thread
    ? 'Reply in the thread (Esc leaves it)'
    : isMember
      ? 'Message, or /inc help'
      : 'You are not in this channel: send anything to join it first';
}

/** Answers stand under what they answer. */
function inOrder(messages) {
  const isReply = ({ ts, threadTs }) =>
    threadTs !== null && threadTs !== ts && messages.some((one) => one.ts === threadTs);
  return messages
    .filter((one) => !isReply(one))
    .flatMap((one) => [one, ...messages.filter((other) => isReply(other) && other.threadTs === one.ts)]);
}

const COLOURS = ['#1264a3', '#007a5a', '#8a2c5b', '#9a5a00', '#4a3aa7', '#3d6b22'];

function drawMessage(message) {
  const at = { channel: state.current.id, ts: message.ts };
  const name = nameOf(message.user);
  const time = new Date(Number(message.ts) * 1000);
  const colour =
    COLOURS[[...message.user].reduce((sum, letter) => sum + letter.charCodeAt(0), 0) % COLOURS.length];
  const isReply = message.threadTs !== null && message.threadTs !== message.ts;
  const doing = doingIn(at);
  const body = message.blocks ? blocks(message.blocks, doing) : [mrkdwn(message.text, nameOf)];
  const attached = (message.attachments ?? []).map((one) => {
    const box = el(
      'div',
      { className: 'attached' },
      one.blocks
        ? blocks(one.blocks, doing)
        : mrkdwn([one.title, one.text ?? one.fallback].filter(Boolean).join('\n'), nameOf),
    );
    if (/^#[0-9a-f]{6}$/i.test(one.color ?? '')) box.style.borderColor = one.color;
    return box;
  });
  return el(
    'article',
    {
      className: `message ${message.isPrivate ? 'private' : ''} ${isReply ? 'reply' : ''} ${message.subtype ? 'system' : ''}`,
      'aria-label': `${name} at ${time.toLocaleTimeString()}`,
    },
    face(message, name, colour),
    el(
      'div',
      {},
      el(
        'div',
        { className: 'meta' },
        el('b', {}, name),
        message.user === state.bot ? el('span', { className: 'bot' }, 'APP') : null,
        time.toLocaleTimeString([], { hour: '2-digit', minute: '2-digit' }),
        message.isEdited ? ' (edited)' : '',
        message.isPinned ? ' 📌 pinned' : '',
        message.isPrivate ? ' · only visible to you' : '',
      ),
      message.blocks || message.text ? body : null,
      attached,
      message.files.length > 0 ? el('div', { className: 'files' }, `📎 ${message.files.join(', ')}`) : null,
      message.reactions.length > 0
        ? el(
            'div',
            { className: 'reactions' },
            message.reactions.map((one) => el('span', {}, `:${one.name}: ${one.users.length}`)),
          )
        : null,
    ),
    message.isPrivate || message.subtype ? null : tools(message, at),
  );
}

function face({ subtype }, name, colour) {
  const node = el(
    'div',
    { className: 'face', 'aria-hidden': 'true' },
    subtype ? '·' : name.slice(0, 1).toUpperCase(),
  );
  node.style.background = subtype ? '#8d8d8d' : colour;
  return node;
}

function tools(message, at) {
  const button = (label, does) => el('button', { type: 'button', onclick: does }, label);
  const onMessages = state.shortcuts.filter(({ type }) => type === 'message');
  return el(
    'div',
    { className: 'tools' },
    button('Reply', () => {
      thread = message.threadTs ?? message.ts;
      drawConversation();
      $('box').focus();
    }),
    button('👀', () => void ask({ do: 'reacts', message: at, emoji: 'eyes' })),
    button('📌', () => void ask({ do: message.isPinned ? 'unpins' : 'pins', message: at })),
    message.user === me ? button('Delete', () => void ask({ do: 'deletes', message: at })) : null,
    onMessages.map(({ callbackId, name }) =>
      button(name ?? callbackId, () => void ask({ do: 'uses', shortcut: callbackId, message: at })),
    ),
  );
}

function drawTopModal() {
  const { modal } = state;
  const now = modal ? `${modal.id} ${modal.hash}` : '';
  if (now === shownModal) return;
  shownModal = now;
  if (!modal) return $('modal').close();
  drawModal($('modal'), modal, {
    ...doingIn('modal'),
    submit: (filled) => void ask({ do: 'submits', filled }),
    close: () => void ask({ do: 'closes' }),
  });
}

function closeMenu() {
  $('side').classList.remove('open');
  $('menu').setAttribute('aria-expanded', 'false');
}

async function send() {
  const box = $('box');
  const text = box.value.trim();
  if (text === '') return;
  box.value = '';
  if (!state.current.isDirect && !state.current.members.includes(me))
    await ask({ do: 'joins', channel: where });
  await ask({ do: 'types', channel: where, text, ...(thread ? { thread } : {}) });
}

/** A file goes out at once, with whatever stands in the box. */
async function postFile(file) {
  const bytes = new Uint8Array(await file.arrayBuffer());
  const base64 = btoa(Array.from(bytes, (byte) => String.fromCodePoint(byte)).join(''));
  const text = $('box').value.trim();
  $('box').value = '';
  await ask({
    do: 'posts_file',
    channel: where,
    text,
    file: { name: file.name, mimetype: file.type || 'application/octet-stream', base64 },
    ...(thread ? { thread } : {}),
  });
}

$('file').addEventListener('change', (event) => {
  const [file] = event.target.files;
  if (file !== undefined) void postFile(file).finally(() => (event.target.value = ''));
});
$('composer').addEventListener('submit', (event) => {
  event.preventDefault();
  void send();
});
$('box').addEventListener('keydown', (event) => {
  if (event.key === 'Enter' && !event.shiftKey) {
    event.preventDefault();
    void send();
  }
  if (event.key === 'Escape') {
    thread = null;
    drawConversation();
  }
});
$('as').addEventListener('change', (event) => {
  me = event.target.value;
  where = atHome || state.current.isDirect ? '' : where;
  seen = '';
  shownModal = '';
  $('modal').close();
  void look();
});
$('modal').addEventListener('cancel', (event) => {
  event.preventDefault();
  void ask({ do: 'closes' });
});
$('menu').addEventListener('click', () => {
  const open = $('side').classList.toggle('open');
  $('menu').setAttribute('aria-expanded', String(open));
});

async function keepLooking() {
  await look().catch(() => {
    $('notice').textContent = 'The emulator has ended. Start it again with npm run slack:emulator.';
    seen = '';
  });
  setTimeout(keepLooking, LOOK_EVERY_MS);
}
void keepLooking();
