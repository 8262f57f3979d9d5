/** Where browsers take push messages: Chrome and its kin, Firefox, Safari, Edge. A name with a dot before it stands for all below it. */
const KNOWN = [
  'fcm.googleapis.com',
  'jmt17.google.com',
  '.push.services.mozilla.com',
  '.push.apple.com',
  '.notify.windows.com',
  '.wns.windows.com',
];

const LONGEST_ENDPOINT = 1_000;

/**
 * Whether a push message may go to this address. People's browsers name it, so it must be a push service that is known, over TLS, or
 * one of the origins that the configuration names: anything else would let somebody make us call addresses inside our own network.
 */
export function isPushService(endpoint: string, origins: readonly string[]): boolean {
  const url = endpoint.length > LONGEST_ENDPOINT ? null : URL.parse(endpoint);
  if (url === null || url.username !== '' || url.password !== '') return false;
  if (origins.some((origin) => URL.parse(origin)?.origin === url.origin)) return true;
  const isKnown = KNOWN.some((name) =>
    name.startsWith('.') ? url.hostname.endsWith(name) : url.hostname === name,
  );
  return url.protocol === 'https:' && url.port === '' && isKnown;
}
