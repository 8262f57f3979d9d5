import type { Db } from './db.ts';
import { isConnectionFailure } from './failure.ts';
import { asked, dbThrough, openLine } from './postgres-line.ts';
import type { Connect, Line } from './postgres-line.ts';

/** Connections to one Postgres, as a `Db`. */
export interface Pool {
  readonly db: Db;
  readonly close: () => Promise<void>;
}

/** Nobody waits longer for a connection that is free. */
const LONGEST_WAIT_MS = 20_000;

/** A pool of so many lines at most, each opened when it is first needed and replaced after it was lost. */
export function createPool(connect: Connect, size: number): Pool {
  const lines = createLines(connect, size);
  const use = async <T>(work: (line: Line) => Promise<T>): Promise<T> => {
    const line = await lines.take();
    try {
      return await work(line);
    } finally {
      lines.giveBack(line);
    }
  };
  const db = dbThrough(
    (text, parameters) =>
      asked((asValues) =>
        use(async (line) => {
          const answer = line.ask(text, parameters);
          return asValues ? await answer.values() : await answer;
        }),
      ),
    { parsers: {}, serializers: {} },
  );
  const transaction: Db['transaction'] = (work) => use((line) => transact(line, work));
  return { db: Object.assign(db, { transaction }), close: lines.close };
}

type Work<T> = (tx: Parameters<Parameters<Db['transaction']>[0]>[0]) => Promise<T>;

async function transact<T>(line: Line, work: Work<T>): Promise<T> {
  try {
    await line.ask('begin', []);
    // All that the store uses of a transaction is what it shares with a connection.
    const result = await work(line.db as Parameters<Work<T>>[0]);
    await line.ask('commit', []);
    return result;
  } catch (error) {
    await takeBack(line, error);
    throw error;
  }
}

/** Rolls back. A line that has failed, or on which not even this works, is good for nothing. */
async function takeBack(line: Line, because: unknown): Promise<void> {
  try {
    if (isConnectionFailure(because)) line.drop();
    else await line.ask('rollback', []);
  } catch {
    line.drop();
  }
}

interface Lines {
  readonly take: () => Promise<Line>;
  readonly giveBack: (line: Line) => void;
  readonly close: () => Promise<void>;
}

interface Waiting {
  readonly have: (line: Line) => void;
  readonly timer: NodeJS.Timeout;
}

function createLines(connect: Connect, size: number): Lines {
  const all = new Set<Line>();
  const idle: Line[] = [];
  const waiting: Waiting[] = [];

  function open(): Line {
    const line: Line = openLine(connect, () => forget(line));
    all.add(line);
    return line;
  }

  function forget(line: Line): void {
    all.delete(line);
    const at = idle.indexOf(line);
    if (at !== -1) idle.splice(at, 1);
    // Those who wait get a new one in its place.
    if (waiting.length > 0 && all.size < size) hand(open());
  }

  function hand(line: Line): void {
    const next = waiting.shift();
    if (!next) return void idle.push(line);
    clearTimeout(next.timer);
    next.have(line);
  }

  function wait(): Promise<Line> {
    return new Promise((have, reject) => {
      const timer = setTimeout(() => {
        waiting.splice(waiting.indexOf(one), 1);
        reject(noneFree());
      }, LONGEST_WAIT_MS);
      const one = { have, timer };
      waiting.push(one);
    });
  }

  return {
    take: async () => idle.pop() ?? (all.size < size ? open() : wait()),
    giveBack: (line) => {
      if (!line.isLost()) hand(line);
    },
    close: async () => {
      await Promise.all([...all].map((line) => line.close()));
    },
  };
}

function noneFree(): Error {
  const message = `no connection to Postgres was free for ${LONGEST_WAIT_MS / 1000} s`;
  return Object.assign(new Error(message), { code: 'CONNECT_NONE_FREE' });
}
