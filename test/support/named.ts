import type { Directory } from '../../src/domain/directory.ts';
import { ChatWorld } from './chat-world.ts';
import { aDirectory, aPerson, byId, dailyRotation } from './directory.ts';

/** Ten in the morning in Berlin, where everybody reads their times. */
export const BERLIN_10 = new Date('2026-03-02T09:00:00Z');

/** A world in which Ana sits in Berlin at 10:00, with incident #1 in room-1. */
export async function inRoom(): Promise<ChatWorld> {
  const world = new ChatWorld(withNames());
  world.now = BERLIN_10;
  await world.declare();
  return world;
}

/** People whose names are alike, teams and services that share one, a schedule, an observer. */
export function withNames(): Directory {
  const base = aDirectory();
  const bens = [
    aPerson('ben', { name: 'Ben Okafor', handles: { slack: 'U0BEN', console: 'benny' } }),
    aPerson('bli', { name: 'Ben Li' }),
    aPerson('ana', { name: 'Ana Souza' }),
    aPerson('cleo'),
    aPerson('dev', { name: 'Dev Li' }),
    aPerson('eve', { access: 'observer' }),
  ];
  const primary = { id: 'primary', name: 'Primary', schedule: dailyRotation('ana', 'cleo') };
  return aDirectory({
    people: byId(bens),
    teams: byId([
      { id: 'payments', name: 'Payments Team', members: ['ana', 'cleo'], schedule: 'primary' },
      { id: 'checkout', name: 'Checkout', members: ['ben'], schedule: null },
    ]),
    schedules: byId([primary]),
    services: byId([
      ...base.services.values(),
      { ...[...base.services.values()][0]!, id: 'ledger', name: 'Ledger', aliases: ['books'] },
    ]),
  });
}
