import { z } from 'zod';
import { Id, Text, WebUrl } from './words.ts';

/** Something that runs, breaks, and belongs to somebody. */
export const Service = z.strictObject({
  name: Text.optional(),
  owner: Id.optional().describe('Team that owns it'),
  policy: Id.optional().describe('Escalation policy for its incidents; settings.default_policy unless said'),
  runbook: WebUrl.optional().describe('Web address that every page links to'),
  depends_on: z.array(Id).default([]).describe('Services that it needs'),
  aliases: z.array(Text).default([]).describe('Other spellings that monitors use for it'),
});
export type Service = z.output<typeof Service>;
