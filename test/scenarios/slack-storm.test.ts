import { expect, it } from 'vitest';
import { freshStore } from '../support/database.ts';
import { playStorm } from '../support/slack-storm.ts';

const MINUTE = 60_000;
/** Slack makes twenty channels a minute; two are left for others. */
const ROOMS_A_MINUTE = 18;
const INCIDENTS = 24;

// A storm of a hundred is a bench: `npm run bench storm`.
it(
  'pages at once in a storm, opens rooms as fast as Slack lets it, then draws cards, then does the rest, and loses nothing',
  { timeout: 90_000 },
  async () => {
    const storm = await playStorm(await freshStore('pglite'), {
      incidents: INCIDENTS,
      watchMs: 6 * MINUTE,
    });

    expect(storm.pageMs).toHaveLength(INCIDENTS);
    for (const ms of storm.pageMs) expect(ms).toBeLessThanOrEqual(5_000);
    expect(storm.refused).toBe(0);
    // Whoever is in a room is not let in again, and a card that is as it was posted is not drawn again.
    expect(storm.calls['conversations.invite']).toBe(INCIDENTS);
    expect(storm.calls['chat.update'] ?? 0).toBeLessThanOrEqual(INCIDENTS);
    expect(storm.rooms).toHaveLength(INCIDENTS);
    const [first] = storm.rooms;
    expect(first?.said).toHaveLength(2);
    for (const [i, room] of storm.rooms.entries()) {
      // Alerts come for a minute, so the last window of rooms begins a minute after the one before it at the latest.
      expect(room.openedMs).toBeLessThanOrEqual(MINUTE * (1 + Math.floor(i / ROOMS_A_MINUTE)));
      expect(room).toMatchObject({ hasPinnedCard: true, members: first?.members, said: first?.said });
      expect(room.cardMs).toBeLessThanOrEqual(room.openedMs + 5_000);
      expect(room.linksMs).toBeGreaterThanOrEqual(room.cardMs ?? Infinity);
      expect(room.topicMs).toBeGreaterThanOrEqual(room.cardMs ?? Infinity);
    }
  },
);
