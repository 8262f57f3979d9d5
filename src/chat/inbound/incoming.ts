import type { Inbound } from '../../store/platform-inbound.ts';

/** Something that a platform told us. `key` is its own id of it: what comes twice under one key is done once. */
export type Incoming = Pick<Inbound, 'key' | 'kind' | 'payload'>;
