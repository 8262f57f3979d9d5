import type { RoomSpec } from '../../platform.ts';
import { clip } from '../render/markdown.ts';
import { LIMITS } from '../render/limits.ts';
import type { Channel } from '../shapes.ts';

/** Names a room in its own topic or first message, so that it is found again after a crash between its making and our noting it. */
export function markerOf(mark: string, key: string): string {
  return `firebell:${mark}:${key}`;
}

/** What stands over a room. It is never edited, so it says nothing that changes. */
export const TOPIC = 'How it stands is on the pinned card, which is always up to date.';

/** What stands over a room, with the marker at its end. */
export function topicWith(marker: string): string {
  return `${TOPIC}\n\n${marker}`;
}

/** Whether this is the room of the marker; a longer number is another one's. */
export function carries(text: string | null | undefined, marker: string): boolean {
  return (text ?? '').split(/\s+/).includes(marker);
}

/** A channel's name as Discord writes it. */
export function channelNameOf(wanted: string): string {
  const name = wanted
    .normalize('NFKC')
    .toLowerCase()
    .replace(/^#/, '')
    .replaceAll(/[^\p{L}\p{N}_]+/gu, '-')
    .replaceAll(/^-+|-+$/g, '');
  return clip(name, LIMITS.channelName).replace(/[-…]+$/, '') || 'room';
}

/** The words of a thread's name: those of the room, its number in front. */
export function threadNameOf({ name }: Pick<RoomSpec, 'name'>): string {
  return clip(name, LIMITS.threadName);
}

/** A channel's name, for people. */
export function nameOf({ name, id }: Channel): string {
  return name ?? id;
}
