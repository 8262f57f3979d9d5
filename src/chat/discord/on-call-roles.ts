import { Routes } from 'discord.js';
import { z } from 'zod';
import type { Routine } from '../../engine/routine.ts';
import { changeInstanceFact, instanceFact } from '../../store/instance.ts';
import { peopleOfTargets } from '../on-call-people.ts';
import type { DiscordParts } from './parts.ts';
import { DISCORD } from './parts.ts';
import { Nothing } from './shapes.ts';

const EVERY_MS = 60_000;
const UNKNOWN_MEMBER = 10_007;
const NO_RIGHT = 50_013;

/** What the roles are given with. */
export interface RoleParts extends Pick<DiscordParts, 'apis' | 'settings'> {
  readonly deps: Pick<DiscordParts['deps'], 'db' | 'directory'>;
}

/** Gives whoever is on call the role of their schedule, and takes it from whom Firebell gave it before. What an admin gave by hand stays. */
export function onCallRoleRoutine(parts: RoleParts): Routine {
  const { onCallRoles } = parts.settings;
  return {
    name: 'discord on-call roles',
    everyMs: EVERY_MS,
    run: async (now) => {
      const failures: string[] = [];
      // A role that cannot be given keeps no other from being given.
      for (const one of onCallRoles) {
        const failure = await syncRole(one, now, parts);
        if (failure !== null) failures.push(failure);
      }
      if (failures.length > 0) throw new Error(failures.join('; '));
    },
  };
}

const Ids = z.array(z.string());

async function syncRole(
  { schedule, role }: { readonly schedule: string; readonly role: string },
  now: Date,
  { deps, apis, settings }: RoleParts,
): Promise<string | null> {
  const directory = deps.directory();
  const people = peopleOfTargets([{ kind: 'schedule', id: schedule }], directory, now);
  const wanted = people.flatMap((id) => directory.people.get(id)?.handles[DISCORD] ?? []);
  const fact = `discord role ${role}`;
  const given = Ids.parse(JSON.parse((await instanceFact(deps.db, fact)) ?? '[]'));
  const reason = `On call in ${schedule}`;
  const change = (method: 'PUT' | 'DELETE', id: string) =>
    apis.house.call({ method, route: Routes.guildMemberRole(settings.guild, id, role), reason }, Nothing);
  const gone = given.filter((id) => !wanted.includes(id));
  // The same again does no harm, and heals what somebody took away.
  const done = await Promise.all([
    ...wanted.map((id) => change('PUT', id)),
    ...gone.map((id) => change('DELETE', id)),
  ]);
  const failed = done.flatMap((answer) =>
    answer.ok || answer.failure.code === UNKNOWN_MEMBER ? [] : answer.failure,
  );
  const [first] = failed;
  if (first === undefined) {
    if (wanted.toSorted().join() !== given.toSorted().join())
      await changeInstanceFact(deps.db, fact, JSON.stringify(wanted));
    return null;
  }
  return first.code === NO_RIGHT
    ? `the on-call role of ${schedule} cannot be given: under Server Settings, Roles, drag the role of Firebell above it, and give it Manage Roles`
    : `the on-call role of ${schedule}: ${first.reason}`;
}
