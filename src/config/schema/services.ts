import { z } from 'zod';
import { CallLink, Id, Text, WebUrl } from './words.ts';

/** Something that runs, breaks, and belongs to somebody. */
export const Service = z.strictObject({
  name: Text.optional(),
  owner: Id.optional().describe('Team that owns it'),
  policy: Id.optional().describe('Escalation policy for its incidents; settings.default_policy unless said'),
  impact: Id.optional().describe('How much depends on it, in the words of severity_matrix'),
  runbook: WebUrl.optional().describe('Web address that every page links to'),
  depends_on: z.array(Id).default([]).describe('Services that it needs'),
  call_link: CallLink.optional().describe(
    'Where people meet by voice for its incidents; settings.call_link unless said',
  ),
  status_page: WebUrl.optional().describe('Where its users read how it is; settings.status_page unless said'),
  channels: z
    .array(Text)
    .max(5, 'names more than 5 channels: who reads the same news in more of them?')
    .default([])
    .describe('Chat channels that read the news of its incidents, beside settings.announce_room'),
  aliases: z.array(Text).default([]).describe('Other spellings that monitors use for it'),
});
export type Service = z.output<typeof Service>;
