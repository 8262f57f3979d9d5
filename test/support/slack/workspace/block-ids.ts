import { randomBytes } from 'node:crypto';
import type { Json } from './state.ts';

/** The blocks as Slack gives them back: each has an id, made up where the author gave none. */
export function fillBlockIds(blocks: readonly Json[] | null): readonly Json[] | null {
  return (
    blocks?.map((block) => ({
      ...block,
      block_id: block['block_id'] ?? randomBytes(3).toString('base64url'),
    })) ?? null
  );
}
