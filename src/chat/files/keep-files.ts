import { createHash } from 'node:crypto';
import type { Routine } from '../../engine/routine.ts';
import { backoffMs } from '../../lib/backoff.ts';
import { bytesKept, changeFile, filesToFetch } from '../../store/platform-files.ts';
import type { RoomFile } from '../../store/platform-files.ts';
import type { HomeDeps } from '../home.ts';
import type { FileLimits } from './file-limits.ts';

/** What a platform gave of a file. */
export type Fetched =
  | {
      readonly kind: 'content';
      readonly content: Uint8Array;
      readonly name?: string;
      readonly type: string | null;
    }
  /** It will never be given; `why` is read by people. */
  | { readonly kind: 'left'; readonly why: string; readonly name?: string }
  | { readonly kind: 'gone' }
  | { readonly kind: 'later'; readonly why: string; readonly afterMs: number | null };

/** Fetches a file of a room as the bot; `most` is how many bytes may come. */
export type FetchFile = (file: RoomFile, most: number) => Promise<Fetched>;

const AT_ONCE = 10;
const MOST_TRIES = 10;
/** Together some hours. */
const AGAIN = { baseMs: 15_000, maxMs: 60 * 60_000, random: () => 1 };

/** Fetches what people post in rooms while the platform has it, and keeps it. */
export function createFileKeeping(platform: string, fetchFile: FetchFile, deps: HomeDeps): Routine {
  return {
    name: `${platform} files`,
    everyMs: 5_000,
    run: async (now) => {
      const limits = deps.fileLimits();
      const files = await filesToFetch(deps.db, { platform, now, limit: AT_ONCE });
      for (const file of files) await keep(file, { limits, fetchFile, deps });
    },
  };
}

interface Keeping {
  readonly limits: FileLimits | null;
  readonly fetchFile: FetchFile;
  readonly deps: HomeDeps;
}

async function keep(file: RoomFile, { limits, fetchFile, deps }: Keeping): Promise<void> {
  const { db, logger } = deps;
  if (limits === null) return changeFile(db, file, left('files are not kept here (`chat.files.keep`)'));
  const room = limits.room - (await bytesKept(db, file.platform, file.roomId));
  const most = Math.min(limits.each, room);
  const tooLarge = room < limits.each ? roomIsFull(limits) : larger(limits);
  if ((file.size ?? 0) > most) return changeFile(db, file, left(tooLarge));
  const fetched = await fetchFile(file, most);
  switch (fetched.kind) {
    case 'content':
      return changeFile(db, file, kept(fetched));
    case 'left':
      return changeFile(db, file, {
        ...left(fetched.why),
        ...(fetched.name && { name: fetched.name }),
      });
    case 'gone':
      return changeFile(db, file, { state: 'deleted' });
    case 'later': {
      const tries = file.tries + 1;
      logger.warn({ file: file.fileId, why: fetched.why, tries }, 'A file of a room could not be fetched');
      if (tries >= MOST_TRIES) return changeFile(db, file, { ...left(fetched.why), tries });
      const waitMs = Math.max(fetched.afterMs ?? 0, backoffMs(tries, AGAIN));
      const nextTryAt = new Date(deps.clock.now().getTime() + waitMs);
      return changeFile(db, file, { tries, nextTryAt, why: fetched.why });
    }
  }
}

function kept({ content, name, type }: Extract<Fetched, { kind: 'content' }>) {
  return {
    state: 'kept' as const,
    content,
    size: content.byteLength,
    checksum: createHash('sha256').update(content).digest('hex'),
    why: null,
    ...(type !== null && { type }),
    ...(name && { name }),
  };
}

function left(why: string) {
  return { state: 'left' as const, why };
}

/** What a platform says when a file has more bytes than may come. */
export const TOO_LARGE = 'it is larger than what is kept of one file (`chat.files.each_mb`)';

function larger({ each }: FileLimits): string {
  return `it is larger than the ${inMb(each)} MB that are kept of one file (\`chat.files.each_mb\`)`;
}

function roomIsFull({ room }: FileLimits): string {
  return `the files of this room have reached ${inMb(room)} MB (\`chat.files.room_mb\`)`;
}

function inMb(bytes: number): number {
  return Math.round(bytes / 1_048_576);
}
