import { withDevices } from '../domain/contact/devices.ts';
import type { Db } from '../store/db.ts';
import { deviceCounts } from '../store/push-subscriptions.ts';
import type { OverlayLayer } from './overlay.ts';

/** Lays over the configuration on which browsers people allowed notifications. */
export function deviceLayer(db: Db): OverlayLayer {
  return {
    name: 'devices',
    load: async () => {
      const counts = await deviceCounts(db);
      return (directory) => withDevices(directory, counts);
    },
  };
}
