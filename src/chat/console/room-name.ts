const LONGEST_NAME = 80;

/** A room's name as the console writes it: lower case, letters, digits and hyphens, at most 80 characters. */
export function roomName(wanted: string): string {
  const name = wanted
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}_]+/gu, '-')
    .slice(0, LONGEST_NAME)
    .replaceAll(/^-+|-+$/g, '');
  return name === '' ? 'room' : name;
}

/** A channel's name as people write it, with or without its hash. */
export function channelName(wanted: string): string {
  return roomName(wanted.replace(/^#/, ''));
}
