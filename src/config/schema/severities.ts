import { z } from 'zod';
import { duration, Text } from './words.ts';

const MINUTE = 60_000;
const target = () => duration({ least: MINUTE, most: 90 * 24 * 60 * MINUTE }).optional();

/** How bad an incident is, how loudly it pages, and how soon people have promised to act. */
export const Severity = z.strictObject({
  name: Text.optional(),
  urgency: z.enum(['high', 'low']).default('high').describe('low waits for working hours and pages gently'),
  acknowledge: target().describe('Somebody acknowledges within this time'),
  first_update: target().describe('The first update by a person comes within this time'),
  resolve: target(),
  update_every: target().describe('How often an update is due while it lasts'),
});
export type Severity = z.output<typeof Severity>;
