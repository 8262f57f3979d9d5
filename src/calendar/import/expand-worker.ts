import { parentPort, workerData } from 'node:worker_threads';
import { z } from 'zod';
import { CalendarProblem, expandCalendar, Wanted } from './expand.ts';
import type { Apart } from './expand-apart.ts';

const Task = z.object({ text: z.string(), wanted: Wanted });

/** Works out one calendar and tells the thread that asked. */
function work(): Apart {
  const { text, wanted } = Task.parse(workerData);
  try {
    return { kind: 'expanded', ...expandCalendar(text, wanted) };
  } catch (error) {
    if (error instanceof CalendarProblem) return { kind: 'refused', reason: error.message };
    throw error;
  }
}

parentPort?.postMessage(work());
