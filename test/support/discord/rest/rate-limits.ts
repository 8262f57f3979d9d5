import { createHash } from 'node:crypto';

import type { World } from '../state/world.ts';

const GLOBAL_PER_S = 50;
const RENAMES = 2;
const RENAMES_MS = 10 * 60_000;

/** What the headers say of a bucket, or that it is empty. */
export interface Verdict {
  readonly headers: Readonly<Record<string, string>>;
  readonly refused: { readonly retryAfterMs: number; readonly scope: 'user' | 'global' } | null;
}

interface Bucket {
  readonly limit: number;
  readonly windowMs: number;
}

/** What is known of real buckets; Discord tells them only by its headers. */
const BUCKETS: readonly (readonly [RegExp, Bucket])[] = [
  [/^POST \/channels\/\{channel_id}\/messages$/, { limit: 5, windowMs: 5_000 }],
  [/^PATCH \/channels\/\{channel_id}\/messages/, { limit: 5, windowMs: 5_000 }],
  [/^(PUT|DELETE) .*\/reactions\//, { limit: 1, windowMs: 250 }],
  [/^PATCH \/channels\/\{channel_id}$/, { limit: 5, windowMs: 15_000 }],
  [/^(PUT|DELETE) .*\/roles\/\{role_id}$/, { limit: 10, windowMs: 10_000 }],
];
const USUAL: Bucket = { limit: 50, windowMs: 1_000 };

/** What is asked of the limits. */
export interface Drawn {
  readonly route: string;
  readonly path: string;
  readonly body: unknown;
}

/** Counts requests in buckets by route and major parameter; real time, but for the ten minutes of renames. */
export function newRateLimits(
  world: World,
  { isLimited }: { readonly isLimited: boolean },
): (drawn: Drawn) => Verdict {
  const windows = new Map<string, { endsAt: number; used: number }>();
  const renames = new Map<string, Date[]>();
  const draw = (key: string, { limit, windowMs }: Bucket): { left: number; resetMs: number } => {
    const now = performance.now();
    const known = windows.get(key);
    const open = known !== undefined && known.endsAt > now ? known : { endsAt: now + windowMs, used: 0 };
    windows.set(key, open);
    open.used += 1;
    return { left: limit - open.used, resetMs: open.endsAt - now };
  };
  return ({ route, path, body }) => {
    if (/_token}/.test(route)) return { headers: {}, refused: null };
    const bucket = BUCKETS.find(([pattern]) => pattern.test(route))?.[1] ?? USUAL;
    const major = /^\/(channels|guilds|webhooks)\/\d+/.exec(path)?.[0] ?? '';
    const renamed = renameWait(world, renames, { route, path, body });
    if (!isLimited) return unlimited(renamed);
    const global = draw('global', { limit: GLOBAL_PER_S, windowMs: 1_000 });
    if (global.left < 0) return { headers: {}, refused: { retryAfterMs: global.resetMs, scope: 'global' } };
    const { left, resetMs } = draw(`${route} ${major}`, bucket);
    const waitMs = renamed > 0 ? renamed : resetMs;
    return {
      headers: headersOf(route, { bucket, left, resetMs }),
      refused: left < 0 || renamed > 0 ? { retryAfterMs: waitMs, scope: 'user' } : null,
    };
  };
}

function unlimited(waitMs: number): Verdict {
  return { headers: {}, refused: waitMs > 0 ? { retryAfterMs: waitMs, scope: 'user' } : null };
}

function headersOf(
  route: string,
  { bucket, left, resetMs }: { readonly bucket: Bucket; readonly left: number; readonly resetMs: number },
): Readonly<Record<string, string>> {
  return {
    'x-ratelimit-limit': String(bucket.limit),
    'x-ratelimit-remaining': String(Math.max(0, left)),
    'x-ratelimit-reset-after': (resetMs / 1000).toFixed(3),
    'x-ratelimit-reset': ((Date.now() + resetMs) / 1000).toFixed(3),
    'x-ratelimit-bucket': createHash('md5').update(route).digest('hex'),
  };
}

/** Two changes of name or topic in ten minutes for each channel; Discord does not write this down. */
function renameWait(world: World, renames: Map<string, Date[]>, { route, path, body }: Drawn): number {
  const isRename =
    route === 'PATCH /channels/{channel_id}' &&
    typeof body === 'object' &&
    body !== null &&
    ('name' in body || 'topic' in body);
  if (!isRename) return 0;
  const now = world.clock.now();
  const recent = (renames.get(path) ?? []).filter((at) => now.getTime() - at.getTime() < RENAMES_MS);
  const [first] = recent;
  if (recent.length >= RENAMES && first !== undefined) return RENAMES_MS - (now.getTime() - first.getTime());
  renames.set(path, [...recent, now]);
  return 0;
}
