import { accountLayer } from '../engine/account-layer.ts';
import { deviceLayer } from '../engine/device-layer.ts';
import type { OverlayLayer } from '../engine/overlay.ts';
import { holidayLayer } from '../engine/holiday-layer.ts';
import { rosterLayer } from '../engine/roster-layer.ts';
import type { Db } from '../store/db.ts';
import type { Calendars } from './calendars.ts';

/**
 * What the database knows that changes who is on call, in the order in which it is laid over the configuration. Calendars come first:
 * they are found by the configuration itself, and overrides count over them.
 */
export function overlayLayers(db: Db, { layer }: Pick<Calendars, 'layer'>): readonly OverlayLayer[] {
  return [layer, holidayLayer(db), accountLayer(db), deviceLayer(db), rosterLayer(db)];
}
