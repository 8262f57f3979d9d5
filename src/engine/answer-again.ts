import { incidentEvents, worldOf } from '../store/reads.ts';
import { findSaying, SaidBefore } from '../store/said-once.ts';
import type { EngineParts } from './engine-parts.ts';
import type { Handled } from './handle.ts';

/** Answers what was said before with what came of it then, as things stand now. Throws any other error on. */
export async function answerAgain(
  { store: { db } }: Pick<EngineParts, 'store'>,
  error: unknown,
): Promise<readonly Handled[]> {
  const earlier = error instanceof SaidBefore ? await findSaying(db, error.key) : null;
  if (earlier === null || earlier.incidentId === null) throw error;
  const { incidentId, firstSeq, lastSeq, refusal } = earlier;
  if (refusal !== null) return [{ kind: 'said', said: [{ kind: 'refused', refusal }] }];
  const { incident, runs, pages } = await worldOf(db, incidentId);
  if (incident === null) throw error;
  const events = (await incidentEvents(db, incidentId)).filter(
    ({ seq }) => firstSeq !== null && lastSeq !== null && seq >= firstSeq && seq <= lastSeq,
  );
  return [{ kind: 'said', said: [{ kind: 'done', incident, runs, pages, events }] }];
}
