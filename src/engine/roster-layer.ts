import { withRosters } from '../domain/roster/overlay.ts';
import type { Db } from '../store/db.ts';
import { readRosters } from '../store/rosters.ts';
import type { OverlayLayer } from './overlay.ts';

/** What people have changed about schedules. The last layer: they change what the others make of it. */
export function rosterLayer(db: Db): OverlayLayer {
  return {
    name: 'overrides',
    load: async () => {
      const rosters = await readRosters(db);
      return (directory) => withRosters(directory, rosters);
    },
  };
}
