import { z } from 'zod';
import { Id } from './words.ts';

/** A monitor that may post alerts to `/ingest/<name>`. */
export const Source = z
  .strictObject({
    type: Id.optional().describe('The form its alerts have; the name of the source unless said'),
  })
  .nullable();
export type Source = z.output<typeof Source>;
