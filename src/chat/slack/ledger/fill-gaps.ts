import { setTimeout as wait } from 'node:timers/promises';
import type { HomeDeps } from '../../home.ts';
import { SLACK } from '../parts.ts';
import { fillRoom } from './fill.ts';
import type { LedgerParts } from './parts.ts';

/** Fills what the transcripts lack after nobody listened for a while. */
export interface GapFiller {
  /** Begins, unless it is at it: then it begins once more when it is done. */
  readonly begin: () => void;
  /** Answers when nothing is left to fill. */
  readonly idle: () => Promise<void>;
  readonly stop: () => Promise<void>;
}

interface GapParts extends LedgerParts {
  readonly deps: HomeDeps;
}

const MOST_ROOMS = 200;
const MOST_TRIES = 6;
const PAUSE_MS = 5_000;

/** Reads the rooms of open incidents one after the other, the newest first, and waits as long as Slack asks for. */
export function createGapFiller(parts: GapParts): GapFiller {
  const stopping = new AbortController();
  let running: Promise<void> | null = null;
  let isWanted = false;

  async function run(): Promise<void> {
    while (isWanted && !stopping.signal.aborted) {
      isWanted = false;
      await fillAll(parts, stopping.signal);
    }
    running = null;
  }

  return {
    begin: () => {
      isWanted = true;
      running ??= run();
    },
    idle: async () => {
      while (running !== null) await running;
    },
    stop: async () => {
      stopping.abort();
      await running;
    },
  };
}

async function fillAll(parts: GapParts, signal: AbortSignal): Promise<void> {
  const { reads, logger } = parts.deps;
  try {
    const incidents = await reads.listIncidents({ state: 'open', limit: MOST_ROOMS });
    for (const { room } of incidents)
      if (room?.platform === SLACK && !signal.aborted) await fillPatiently(room.roomId, parts, signal);
  } catch (err) {
    logger.warn({ err }, 'The gaps of transcripts could not be filled; the next connection tries again');
  }
}

async function fillPatiently(roomId: string, parts: GapParts, signal: AbortSignal): Promise<void> {
  for (let attempt = 1; attempt <= MOST_TRIES; attempt += 1) {
    const filled = await fillRoom(roomId, parts);
    if (filled.ok) return;
    const { kind, reason, afterMs } = filled.failure;
    if (kind !== 'temporary' || attempt === MOST_TRIES)
      return parts.deps.logger.warn({ room: roomId, reason }, 'The gaps of a transcript could not be filled');
    await wait(afterMs ?? PAUSE_MS, null, { signal }).catch(() => undefined);
    if (signal.aborted) return;
  }
}
