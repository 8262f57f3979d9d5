import { deviceLayer } from '../engine/device-layer.ts';
import type { OverlayLayer } from '../engine/overlay.ts';
import { rosterLayer } from '../engine/roster-layer.ts';
import type { Db } from '../store/db.ts';

/** What the database knows that changes who is on call, in the order in which it is laid over the configuration. */
export function overlayLayers(db: Db): readonly OverlayLayer[] {
  return [deviceLayer(db), rosterLayer(db)];
}
