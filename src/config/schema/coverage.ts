import { z } from 'zod';
import { duration } from './words.ts';

const DAY = 86_400_000;

/** Looking ahead. */
export const Coverage = z.strictObject({
  ahead: z
    .union([z.literal('off'), z.literal(false), duration({ least: DAY, most: 90 * DAY })])
    .prefault('14d')
    .describe(
      'How long before a gap its owners are told of it, once, in their working hours; 14d unless said, `off` for never',
    ),
});
