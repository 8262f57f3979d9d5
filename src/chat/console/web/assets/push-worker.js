/* Shows pages as notifications and sends the answers of their buttons. Runs without any page of the console being open. */

const BUTTONS = [
  ['acknowledge', 'Acknowledge'],
  ['decline', 'I can’t'],
];

function show({ title, body, tag, urgent, ...data }) {
  const actions = BUTTONS.filter(([name]) => data[name]).map(([action, label]) => ({ action, title: label }));
  const isOpen = actions.length > 0;
  return self.registration.showNotification(title, {
    body,
    tag,
    data: { title, body, tag, urgent, ...data },
    actions,
    icon: '/console-assets/bell-192.png',
    badge: '/console-assets/bell-192.png',
    // An urgent page stays until somebody answers; what is over replaces it without a sound.
    requireInteraction: isOpen && urgent,
    renotify: isOpen,
    silent: !isOpen,
  });
}

/** A path of our own origin and nothing else. */
function ours(path) {
  const url = new URL(path, self.location.origin);
  if (url.origin !== self.location.origin) throw new Error('not an address of ours');
  return url.href;
}

async function answer(page, action) {
  let words;
  try {
    const response = await fetch(ours(page[action]), {
      method: 'POST',
      headers: { Accept: 'application/json' },
    });
    const { heading, lines } = await response.json();
    if (response.ok)
      return show({ ...page, acknowledge: null, decline: null, body: `${heading}. ${lines.join(' ')}` });
    words = heading;
  } catch {
    words = 'Firebell cannot be reached';
  }
  return show({ ...page, body: `NOT answered: ${words}. Press again.\n${page.body}` });
}

async function open(path) {
  const windows = await self.clients.matchAll({ type: 'window' });
  const url = ours(path);
  const there = windows.find((one) => one.url === url);
  return there ? there.focus() : self.clients.openWindow(url);
}

self.addEventListener('install', () => self.skipWaiting());
self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()));

self.addEventListener('push', (event) => {
  event.waitUntil(show(event.data.json()));
});

self.addEventListener('notificationclick', (event) => {
  const { action, notification } = event;
  notification.close();
  const page = notification.data;
  event.waitUntil(page[action] ? answer(page, action) : open(page.open));
});

/* The browser changed the address of this device by itself. */
self.addEventListener('pushsubscriptionchange', (event) => {
  const { oldSubscription: old } = event;
  if (!old) return;
  event.waitUntil(
    (async () => {
      const next = event.newSubscription ?? (await self.registration.pushManager.subscribe(old.options));
      const { keys } = next.toJSON();
      await fetch('/devices/renew', {
        method: 'POST',
        body: new URLSearchParams({ old: old.endpoint, endpoint: next.endpoint, ...keys }),
      });
    })(),
  );
});
