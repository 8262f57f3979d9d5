import type { Bench } from './bench.ts';
import { playStorm } from '../test/support/slack-storm.ts';

const INCIDENTS = 100;
const WATCH_MS = 30 * 60_000;
const PAGES_WITHIN_S = 5;
/** Slack makes twenty channels a minute. */
const ROOMS_WITHIN_S = (INCIDENTS / 20) * 60;

/** Incidents opened within a minute under Slack's own limits, in time that jumps from one thing that is due to the next. */
export const storm: Bench = {
  name: 'storm',
  about: `Slack: ${INCIDENTS} incidents opened within a minute, under Slack's rates`,
  run: async (places) => {
    const place = await places.fresh('postgres');
    try {
      const told = await playStorm(await place.open(), { incidents: INCIDENTS, watchMs: WATCH_MS });
      const last = (when: (room: (typeof told.rooms)[number]) => number | null): number =>
        Math.max(...told.rooms.map((room) => when(room) ?? Number.POSITIVE_INFINITY)) / 1000;
      const stories = new Set(told.rooms.map(({ said }) => said.join('\n')));
      const what = `Slack: ${INCIDENTS} incidents within a minute`;
      return [
        {
          what: `${what}, the slowest page`,
          value: Math.max(...told.pageMs.map((ms) => ms ?? Number.POSITIVE_INFINITY)) / 1000,
          unit: 's',
          bound: { atMost: PAGES_WITHIN_S },
        },
        {
          what: `${what}, pages and rooms that are missing`,
          value: 2 * INCIDENTS - told.pageMs.length - told.rooms.length,
          unit: '',
          bound: { atMost: 0 },
        },
        {
          what: `${what}, the last room`,
          value: last(({ openedMs }) => openedMs),
          unit: 's',
          bound: { atMost: ROOMS_WITHIN_S },
        },
        { what: `${what}, the last card`, value: last(({ cardMs }) => cardMs), unit: 's' },
        { what: `${what}, the last link over a room`, value: last(({ linksMs }) => linksMs), unit: 's' },
        {
          what: `${what}, ways in which rooms read`,
          value: stories.size,
          unit: '',
          bound: { atMost: 1 },
        },
        { what: `${what}, calls refused by Slack`, value: told.refused, unit: '' },
      ];
    } finally {
      await place.remove();
    }
  },
};
