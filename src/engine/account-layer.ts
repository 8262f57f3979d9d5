import { withAccounts } from '../domain/contact/accounts.ts';
import type { Db } from '../store/db.ts';
import { listLinks } from '../store/platform-links.ts';
import type { OverlayLayer } from './overlay.ts';

/** Lays over the configuration which accounts people proved to be theirs. */
export function accountLayer(db: Db): OverlayLayer {
  return {
    name: 'accounts',
    load: async () => {
      const links = await listLinks(db);
      return (directory) => withAccounts(directory, links);
    },
  };
}
