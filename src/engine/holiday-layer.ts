import { withSaidDays } from '../domain/holiday/said.ts';
import type { Db } from '../store/db.ts';
import { saidDaysFrom } from '../store/said-holidays.ts';
import type { OverlayLayer } from './overlay.ts';

/** Lays over the configuration, and over calendars that were imported, what people said of holidays. */
export function holidayLayer(db: Db): OverlayLayer {
  return {
    name: 'holidays',
    load: async () => {
      const said = await saidDaysFrom(db, '');
      return (directory) => withSaidDays(directory, said);
    },
  };
}
