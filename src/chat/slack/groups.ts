import { z } from 'zod';
import type { SlackApi } from './api.ts';
import type { SlackAnswer } from './failure.ts';

/** The user groups of the workspace. */
export interface SlackGroups {
  /** Ids of the groups with these handles, those that there are. */
  readonly idsOf: (handles: readonly string[]) => Promise<ReadonlyMap<string, string>>;
  /** The id of one group, asked for anew when it is not known; null when there is none. */
  readonly idOf: (handle: string) => Promise<SlackAnswer<string | null>>;
}

const Listed = z.object({ usergroups: z.array(z.object({ id: z.string(), handle: z.string() })) });

/** A group that was not there is not asked for again within a minute. */
const AGAIN_MS = 60_000;

/** Remembers the groups by their handles. */
export function createGroups(api: SlackApi): SlackGroups {
  let known = new Map<string, string>();
  let readAt = -Infinity;

  async function read(): Promise<SlackAnswer<null>> {
    const listed = await api.call({
      method: 'usergroups.list',
      args: { include_disabled: false },
      answers: Listed,
      urgency: 'room',
    });
    if (!listed.ok) return listed;
    known = new Map(listed.value.usergroups.map(({ id, handle }) => [handle.toLowerCase(), id]));
    readAt = performance.now();
    return { ok: true, value: null };
  }

  const idOf: SlackGroups['idOf'] = async (handle) => {
    const name = handle.replace(/^@/, '').toLowerCase();
    if (!known.has(name) && performance.now() - readAt > AGAIN_MS) {
      const listed = await read();
      if (!listed.ok) return listed;
    }
    return { ok: true, value: known.get(name) ?? null };
  };

  return {
    idOf,
    idsOf: async (handles) => {
      const ids = new Map<string, string>();
      for (const handle of handles) {
        const id = await idOf(handle);
        if (id.ok && id.value !== null) ids.set(handle, id.value);
      }
      return ids;
    },
  };
}
