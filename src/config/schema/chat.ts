import { z } from 'zod';
import { Discord } from './discord.ts';
import { Slack } from './slack.ts';
import { duration } from './words.ts';

const DAY = 24 * 3_600_000;

/** Where people talk. */
export const Chat = z
  .strictObject({
    home: z
      .enum(['console', 'slack', 'discord'])
      .optional()
      .describe(
        'Where rooms are opened and people are paged: slack or discord when it is configured, else the console in the browser',
      ),
    console: z
      .strictObject({
        sign_in: z
          .enum(['sandbox', 'token'])
          .default('sandbox')
          .describe(
            'sandbox: anyone on this machine may be anyone, to try things out; token: each person has their own',
          ),
      })
      .default({ sign_in: 'sandbox' }),
    close_after: z
      .union([z.literal('never'), duration({ least: 2 * DAY, most: 365 * DAY })])
      .prefault('7 days')
      .describe(
        'A resolved incident in whose room nobody has said anything for so long is closed, a day after a word about it; while a task is open it stays',
      ),
    files: z
      .strictObject({
        keep: z
          .boolean()
          .default(true)
          .describe('Whether files that people post in rooms are kept with the transcript'),
        each_mb: z.int().min(1).max(50).default(10).describe('Larger files are only named'),
        room_mb: z
          .int()
          .min(1)
          .max(1_000)
          .default(100)
          .describe('What comes after so many megabytes in one room is only named'),
      })
      .prefault({})
      .describe('Files that people post in rooms on Slack and Discord'),
    slack: Slack.optional(),
    discord: Discord.optional(),
  })
  .superRefine((chat, context) => {
    if (chat.discord?.mode === 'http' && chat.discord.public_key === undefined)
      context.addIssue({
        code: 'custom',
        path: ['discord', 'public_key'],
        message:
          'is missing: over HTTP it proves that Discord is calling. It stands under General Information.',
      });
    const { home } = chat;
    if (home === undefined || home === 'console' || chat[home] !== undefined) return;
    context.addIssue({
      code: 'custom',
      path: ['home'],
      message: `names ${home}, and \`chat.${home}\` is missing. Add it, or leave \`home\` away for the console.`,
    });
  });
export type Chat = z.output<typeof Chat>;
