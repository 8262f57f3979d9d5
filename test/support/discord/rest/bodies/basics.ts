import { z } from 'zod';

/** An id of Discord. */
export const Snowflake = z.string().regex(/^\d{17,20}$/, { error: 'Value is not snowflake.' });

/** A number of permission bits: written as text, because it outgrows a number. */
export const Bits = z
  .union([z.string().regex(/^\d+$/), z.number().int().nonnegative()])
  .transform((said) => BigInt(said));
