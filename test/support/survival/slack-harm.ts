import type { Slack } from '../slack/emulator.ts';
import type { Fault } from '../slack/faults.ts';
import type { Chance } from './chance.ts';

/** What goes wrong with the next calls, some of them after Slack has done what they ask for. */
const FAULTS: readonly [Fault, ...Fault[]] = [
  { kind: 'rate_limited', seconds: 2 },
  { kind: 'http_500', times: 2 },
  { kind: 'http_503' },
  { kind: 'accept_then_hang', method: 'chat.postMessage' },
  { kind: 'accept_then_500' },
  { kind: 'accept_then_reset' },
  { kind: 'reset', times: 3 },
  { kind: 'hang' },
  { kind: 'html' },
  { kind: 'slow', ms: 2_000, times: 3 },
];

type Trouble = readonly [name: string, make: (slack: Slack) => void];

const TROUBLES: readonly [Trouble, ...Trouble[]] = [
  ['socket refreshed', ({ sockets }) => sockets.disconnect('refresh_requested', { most: 1 })],
  ['sockets cut', ({ sockets }) => sockets.cut()],
  ['half open', ({ sockets }) => sockets.goHalfOpen()],
  [
    'no hello',
    ({ sockets }) => {
      sockets.withholdHello();
      sockets.cut();
    },
  ],
  [
    'disconnect storm',
    ({ sockets }) => {
      sockets.storm(3);
      sockets.disconnect('refresh_requested');
    },
  ],
  ['events twice', ({ sockets }) => sockets.duplicateEvents(3)],
  ['events overtaken', ({ sockets }) => sockets.reorderEvents(2)],
  ['events limited', ({ sockets, bot }) => sockets.sayRateLimited(bot.teamId)],
];

/** Lets something go wrong in Slack: mostly with calls, sometimes with the connections. */
export function slackHarm(slack: Slack, chance: Chance): string {
  if (chance.between(1, 4) === 1) {
    const [name, make] = chance.pick(TROUBLES);
    make(slack);
    return name;
  }
  const fault = chance.pick(FAULTS);
  slack.faults.add(fault);
  return fault.kind;
}
