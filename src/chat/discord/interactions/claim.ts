import { Routes } from 'discord.js';
import type { Apis } from '../api.ts';
import { Nothing } from '../shapes.ts';
import type { Interaction } from './shape.ts';

/** A first answer, as Discord takes it. */
export interface FirstAnswer {
  readonly type: number;
  readonly data?: unknown;
}

/**
 * What became of a first answer. Only one process can give it, so whoever gave it has the interaction: `theirs` was answered by somebody
 * else, `late` by nobody.
 */
export type Claim = 'ours' | 'theirs' | 'late' | 'lost';

/** Gives the first answer. */
export type Answering = (answer: FirstAnswer) => Promise<Claim>;

/** Discord waits three seconds. */
const WITHIN_MS = 2_500;
const ALREADY_ANSWERED = 40_060;
const TOO_LATE = 10_062;

/** Answers over the API. When it is not known whether an answer arrived it is given once more, and a no to that says that it did. */
export function answerByCall({ id, token }: Interaction, { house }: Apis): Answering {
  const give = (body: FirstAnswer) =>
    house.call(
      {
        method: 'POST',
        route: Routes.interactionCallback(id, token),
        auth: false,
        body,
        withinMs: WITHIN_MS,
      },
      Nothing,
    );
  return async (answer) => {
    const first = await give(answer);
    if (first.ok) return 'ours';
    if (!first.failure.ambiguous) return claimOf(first.failure.code, 'theirs');
    const again = await give(answer);
    return again.ok ? 'ours' : claimOf(again.failure.code, 'ours');
  };
}

function claimOf(code: number | null, answered: Claim): Claim {
  if (code === ALREADY_ANSWERED) return answered;
  return code === TOO_LATE ? 'late' : 'lost';
}
