import type { Sql } from 'postgres';
import type { Store } from './db.ts';

interface Listener {
  readonly listen: Store['listen'];
  readonly close: () => Promise<void>;
}

/** A connection of its own that listens. The driver brings it back after it was lost, and whoever listens is told, since some may have been missed. */
export function createListener(client: Sql): Listener {
  return {
    listen: async (channel, heard) => {
      let isFirst = true;
      const listening = await client.listen(channel, heard, () => {
        if (!isFirst) heard('');
        isFirst = false;
      });
      return () => listening.unlisten();
    },
    close: () => client.end({ timeout: 5 }),
  };
}
