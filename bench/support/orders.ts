import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

/** What a process of a bench can be told to do, by name. What goes in and out is plain data. */
export type Orders = Readonly<Record<string, (said: never) => unknown>>;

/** A process that does as it is told. */
export interface Worker<O extends Orders> {
  readonly ask: <K extends keyof O & string>(
    order: K,
    said: Parameters<O[K]>[0],
  ) => Promise<Awaited<ReturnType<O[K]>>>;
  readonly end: () => void;
}

interface Asked {
  readonly id: number;
  readonly order: string;
  readonly said: unknown;
}

interface Answer {
  readonly id: number;
  readonly value?: unknown;
  readonly error?: string;
}

/** Starts a process of this folder, so that what it does takes no time of whoever measures it. It ends with us. */
export async function startWorker<O extends Orders>(script: string): Promise<Worker<O>> {
  const child = fork(fileURLToPath(new URL(script, import.meta.url)), { stdio: ['ignore', 2, 2, 'ipc'] });
  const waiting = new Map<number, (answer: Answer) => void>();
  child.on('message', (answer: Answer) => waiting.get(answer.id)?.(answer));
  child.once('exit', () => {
    for (const [id, resolve] of waiting) resolve({ id, error: `${script} has ended` });
  });
  let asked = 0;
  const ask = async (order: string, said: unknown): Promise<unknown> => {
    const id = (asked += 1);
    const { promise, resolve } = Promise.withResolvers<Answer>();
    waiting.set(id, resolve);
    child.send({ id, order, said } satisfies Asked);
    const { value, error } = await promise;
    waiting.delete(id);
    if (error !== undefined) throw new Error(`${order}: ${error}`);
    return value;
  };
  await once(child, 'spawn');
  // What comes back is what the order of that name answers, since both sides have the type of the same object.
  return { ask: ask as Worker<O>['ask'], end: () => void child.kill() };
}

/** In the process itself: does what it is told until whoever told it is gone. */
export function takeOrders(orders: Orders): void {
  process.once('disconnect', () => process.exit(0));
  process.on('message', ({ id, order, said }: Asked) => {
    const run = orders[order] as ((said: unknown) => unknown) | undefined;
    void (async () => {
      try {
        if (run === undefined) throw new Error('there is no such order');
        process.send?.({ id, value: await run(said) } satisfies Answer);
      } catch (error) {
        process.send?.({ id, error: String(error) } satisfies Answer);
      }
    })();
  });
}
