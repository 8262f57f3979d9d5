import {
  closeSync,
  fstatSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  readFileSync,
  readdirSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { Logger } from '../../lib/logger.ts';
import type { Incoming } from './incoming.ts';

/** Something that came, and when, as it was noted. */
export interface Noted extends Incoming {
  readonly receivedAt: Date;
}

/**
 * What this process jots down on its own disk while the database is still being told: a file that outlives the process, not the
 * machine. One line is written in some hundredths of a millisecond, where a commit waits for the database and its disk.
 */
export interface Notebook {
  /** False when nothing can be written here. Once it has answered true the note outlives this process. */
  readonly note: (one: Noted) => boolean;
  /** The database has it, or it is over. */
  readonly done: (key: string) => void;
  /** Forgets the words of what is over. */
  readonly tidy: () => void;
  /** What processes noted that are not among the `living`, each file given to `take` whole and removed when that is through. */
  readonly takeLeft: (
    living: () => Promise<ReadonlySet<string>>,
    take: (notes: readonly Noted[]) => Promise<void>,
  ) => Promise<void>;
  readonly close: () => void;
}

interface NotebookOptions {
  /** Made when it is missing; null keeps no notes. */
  readonly folder: string | null;
  readonly platform: string;
  readonly processId: string;
  readonly logger: Logger;
}

const Line = z.object({
  key: z.string(),
  kind: z.string(),
  payload: z.unknown(),
  receivedAt: z.coerce.date(),
});
const ENDING = '.jsonl';
const OWNER_ONLY = 0o600;

/** Opens a notebook of this process. Never throws: where nothing can be written it takes no notes, and says so once. */
export function openNotebook(options: NotebookOptions): Notebook {
  const { folder } = options;
  const file = folder === null ? null : openFile(folder, options);
  return folder === null || file === null ? NO_NOTES : notebookIn(folder, file, options);
}

const NO_NOTES: Notebook = {
  note: () => false,
  done: () => undefined,
  tidy: () => undefined,
  takeLeft: async () => undefined,
  close: () => undefined,
};

function notebookIn(folder: string, first: number, options: NotebookOptions): Notebook {
  const { platform, processId, logger } = options;
  let file = first;
  const open = new Set<string>();
  const own = nameOf(platform, processId);
  let takes = true;
  let saidTrouble = false;
  return {
    note: (one) => {
      if (!takes) return false;
      try {
        // On a line of its own, even after one that the end of the disk has cut.
        writeSync(file, `\n${JSON.stringify(one)}`);
      } catch (err) {
        if (!saidTrouble) logger.warn({ err, folder }, TROUBLE);
        saidTrouble = true;
        return false;
      }
      open.add(one.key);
      return true;
    },
    done: (key) => void open.delete(key),
    tidy: () => {
      if (!takes || open.size > 0) return;
      const { size, nlink } = fstatSync(file);
      if (size > 0) ftruncateSync(file);
      if (nlink > 0) return;
      // Another took this process for gone and has read it to its end: what is written in it now nobody would find.
      closeSync(file);
      const again = openFile(folder, options);
      takes = again !== null;
      if (again !== null) file = again;
    },
    takeLeft: async (living, take) => {
      const left = readdirSync(folder).filter((name) => name !== own && idIn(name, platform) !== null);
      if (left.length === 0) return;
      const alive = await living();
      for (const name of left.filter((one) => !alive.has(idIn(one, platform) ?? ''))) {
        await take(notesIn(join(folder, name)));
        rmSync(join(folder, name), { force: true });
      }
    },
    close: () => {
      if (!takes) return;
      takes = false;
      closeSync(file);
      if (open.size === 0) rmSync(join(folder, own), { force: true });
    },
  };
}

const TROUBLE =
  'No notes can be taken in this folder: what people do is acknowledged only when the database has it';

function nameOf(platform: string, processId: string): string {
  return `${platform}.${processId}${ENDING}`;
}

/** Whose file it is; null when it is none of this platform. */
function idIn(name: string, platform: string): string | null {
  const isOne = name.startsWith(`${platform}.`) && name.endsWith(ENDING);
  return isOne ? name.slice(platform.length + 1, -ENDING.length) : null;
}

function openFile(folder: string, { platform, processId, logger }: NotebookOptions): number | null {
  try {
    mkdirSync(folder, { recursive: true });
    return openSync(join(folder, nameOf(platform, processId)), 'a', OWNER_ONLY);
  } catch (err) {
    logger.warn({ err, folder }, TROUBLE);
    return null;
  }
}

/** The whole lines of a file; the last one may have been cut by the end of its writer. */
function notesIn(path: string): readonly Noted[] {
  return readFileSync(path, 'utf8')
    .split('\n')
    .flatMap((line) => {
      const read = Line.safeParse(parsed(line));
      return read.success ? [read.data] : [];
    });
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
}
