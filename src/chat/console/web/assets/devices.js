/* The page of one's devices: lets this browser notify, and says which of the list it is. */
import { byId } from './elements.js';

const box = byId('this-device');
const state = byId('device-state');
const button = byId('notify-here');

const WORDS = {
  insecure: 'Notifications need https. Open Firebell at its https address.',
  missing:
    'This browser cannot be notified. On an iPhone or iPad, add this page to the home screen first, and open it from there.',
  denied: 'Notifications are blocked for this page. Allow them in the settings of your browser, then reload.',
  off: 'Pages do not reach you on this device yet.',
  on: 'Pages reach you on this device.',
};

const bytesOf = (text) =>
  Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (character) =>
    character.charCodeAt(0),
  );

const textOf = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer)))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');

async function markOf(endpoint) {
  const hash = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(endpoint));
  return [...new Uint8Array(hash)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

function say(key) {
  state.textContent = WORDS[key] ?? key;
  button.hidden = key !== 'off';
}

async function look() {
  if (!isSecureContext) return say('insecure');
  if (!('serviceWorker' in navigator) || !('PushManager' in window)) return say('missing');
  if (Notification.permission === 'denied') return say('denied');
  const registration = await navigator.serviceWorker.register('/push-worker.js');
  const subscription = await registration.pushManager.getSubscription();
  const mark = subscription && (await markOf(subscription.endpoint));
  const row = mark && document.querySelector(`[data-device="${mark}"]`);
  if (row) row.querySelector('.here').hidden = false;
  say(row ? 'on' : 'off');
}

async function subscribe() {
  if ((await Notification.requestPermission()) !== 'granted') return say('denied');
  const registration = await navigator.serviceWorker.ready;
  const applicationServerKey = bytesOf(box.dataset.key);
  const old = await registration.pushManager.getSubscription();
  // One that was made for other keys can never be used by these.
  if (old && textOf(old.options.applicationServerKey) !== box.dataset.key) await old.unsubscribe();
  const subscription = await registration.pushManager.subscribe({
    userVisibleOnly: true,
    applicationServerKey,
  });
  const response = await fetch('/devices', {
    method: 'POST',
    headers: { 'HX-Request': 'true' },
    body: new URLSearchParams({
      csrf: box.dataset.csrf,
      endpoint: subscription.endpoint,
      p256dh: textOf(subscription.getKey('p256dh')),
      auth: textOf(subscription.getKey('auth')),
    }),
  });
  if (!response.ok) throw new Error(await response.text());
  location.reload();
}

button?.addEventListener('click', () => {
  button.disabled = true;
  subscribe()
    .catch((error) => {
      say(`That did not work: ${error.message}`);
      button.hidden = false;
    })
    .finally(() => (button.disabled = false));
});

if (box) look().catch((error) => say(`This browser cannot be notified: ${error.message}`));
