const EVERY_MS = 1_000;

/** What a process holds, in MB. */
export interface MemorySample {
  readonly rss: number;
  readonly heap: number;
}

/** How what a process holds grew after it had warmed up, in MB. */
export interface Growth {
  /** The least in the first quarter after the warm-up, and in the last. What a collection of garbage would free is in neither. */
  readonly first: number;
  readonly last: number;
  /** The least in each third of the whole time. */
  readonly thirds: readonly number[];
}

/** Reads what a bot says of itself every second. `stop` answers with all that was read. */
export function watchMemory(url: string): { readonly stop: () => readonly MemorySample[] } {
  const samples: MemorySample[] = [];
  const look = async (): Promise<void> => {
    const metrics = await (await fetch(`${url}/metrics`)).text();
    const rss = megabytes(metrics, 'firebell_process_resident_memory_bytes');
    const heap = megabytes(metrics, 'firebell_nodejs_heap_size_used_bytes');
    if (Number.isFinite(rss) && Number.isFinite(heap)) samples.push({ rss, heap });
  };
  // A look that fails is one sample less.
  const looking = setInterval(() => void look().catch(() => undefined), EVERY_MS);
  return {
    stop: () => {
      clearInterval(looking);
      return samples;
    },
  };
}

function megabytes(metrics: string, name: string): number {
  return Number(new RegExp(`^${name} (\\S+)`, 'm').exec(metrics)?.[1] ?? Number.NaN) / 1_048_576;
}

/** The first third is the warm-up: rooms are opened, caches fill, the database takes its share. */
export function growthOf(samples: readonly number[]): Growth {
  const warm = samples.slice(Math.floor(samples.length / 3));
  const quarter = Math.max(1, Math.floor(warm.length / 4));
  return {
    first: Math.min(...warm.slice(0, quarter)),
    last: Math.min(...warm.slice(-quarter)),
    thirds: [0, 1, 2].map((n) =>
      Math.min(
        ...samples.slice(Math.floor((samples.length * n) / 3), Math.floor((samples.length * (n + 1)) / 3)),
      ),
    ),
  };
}
