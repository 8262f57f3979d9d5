import type { Discord } from '../discord/emulator.ts';
import type { Fault } from '../discord/rest/faults.ts';
import type { Chance } from './chance.ts';

/** What goes wrong with the next requests, some of them after Discord has done what they ask for. */
const FAULTS: readonly [Fault, ...Fault[]] = [
  { kind: 'rate_limited', retryAfterMs: 1_500 },
  { kind: 'rate_limited', retryAfterMs: 800, scope: 'shared' },
  { kind: 'fails', status: 500 },
  { kind: 'fails', status: 503 },
  { kind: 'fails_after', status: 502 },
  { kind: 'hangs' },
  { kind: 'hangs_after' },
  { kind: 'resets' },
  { kind: 'resets_after' },
  { kind: 'is_slow', ms: 2_000 },
];

type Trouble = readonly [name: string, make: (discord: Discord) => void];

const TROUBLES: readonly [Trouble, ...Trouble[]] = [
  ['asked to reconnect', ({ gateway }) => gateway.asksToReconnect()],
  ['session resumable', ({ gateway }) => gateway.invalidates(true)],
  ['connection dropped', ({ gateway }) => gateway.drops()],
  ['zombie', ({ gateway }) => gateway.freezes()],
];

/** Lets something go wrong in Discord: mostly with requests, sometimes with the gateway. */
export function discordHarm(discord: Discord, chance: Chance): string {
  if (chance.between(1, 6) === 1) {
    const [name, make] = chance.pick(TROUBLES);
    make(discord);
    return name;
  }
  const fault = chance.pick(FAULTS);
  // First answers are not retried by anybody: whoever sees none asks once more.
  discord.faults.add({ on: /./, fault });
  return fault.kind;
}
