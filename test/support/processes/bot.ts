import { z } from 'zod';
import { runBot } from '../../../src/cli/start.ts';

/**
 * The real `firebell start`, by a clock that runs as it is told and goes on over restarts. Everything is loaded first, then it waits
 * for the order to begin, so that a test which kills it a hundred times need not wait for a hundred cold starts.
 */
const Order = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('begin'), env: z.record(z.string(), z.string()), clock: z.string() }),
  z.object({ kind: z.literal('clock'), clock: z.string() }),
]);

const Course = z.object({ realMs: z.number(), clockMs: z.number(), factor: z.number() });

let course: z.infer<typeof Course> = { realMs: 0, clockMs: 0, factor: 1 };

process.on('message', (message) => {
  const order = Order.parse(message);
  course = Course.parse(JSON.parse(order.clock));
  if (order.kind === 'begin') void begin(order.env);
});
process.once('disconnect', () => process.exit(1));
process.send?.('loaded');

async function begin(env: Readonly<Record<string, string>>): Promise<void> {
  Object.assign(process.env, env);
  const io = {
    out: (text: string) => void process.stdout.write(text),
    err: (text: string) => {
      process.stderr.write(text);
      process.send?.(text);
    },
    env: process.env,
  };
  process.exitCode = await runBot(io, { now }).catch((error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
    return 3;
  });
  process.removeAllListeners('disconnect');
  if (process.connected) process.disconnect();
}

function now(): Date {
  return new Date(course.clockMs + (Date.now() - course.realMs) * course.factor);
}
