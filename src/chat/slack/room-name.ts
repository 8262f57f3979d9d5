import anyAscii from 'any-ascii';

const LONGEST = 80;

/** A name that Slack takes: a-z, 0-9, - and _, 80 characters at most. What is written in other scripts is transliterated. */
export function channelNameOf(wanted: string): string {
  const name = anyAscii(wanted)
    .toLowerCase()
    .replace(/[^a-z0-9_]+/g, '-')
    .slice(0, LONGEST)
    .replace(/^-+|-+$/g, '');
  return name === '' ? 'incident' : name;
}

/** The name for another try: `inc-42-checkout-2`, still within 80 characters. */
export function suffixed(name: string, n: number): string {
  if (n === 1) return name;
  const suffix = `-${n}`;
  return `${name.slice(0, LONGEST - suffix.length).replace(/-+$/, '')}${suffix}`;
}
