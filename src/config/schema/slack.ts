import { z } from 'zod';
import { quote } from '../problem.ts';
import { duration, Id, WebUrl } from './words.ts';

const DAY = 86_400_000;

/** A token of Slack, told apart by how it begins. */
function token(prefix: string, where: string) {
  return z
    .string({
      error: ({ input }) => (typeof input === 'number' ? 'is a number: put it in quotes' : undefined),
    })
    .trim()
    .startsWith(prefix, `must begin with ${prefix}: ${where}`);
}

const SigningSecret = z
  .string()
  .trim()
  .min(16, 'is too short: copy the signing secret under Basic Information of the app');

const CommandName = z.string().regex(/^\/[a-z0-9_-]{1,31}$/, {
  error: ({ input }) => `must be a slash and up to 31 of a-z, 0-9, - and _, like /inc, not ${quote(input)}`,
});

/** A workspace of Slack in which Firebell works. */
export const Slack = z
  .strictObject({
    bot_token: token('xoxb-', 'copy the Bot User OAuth Token under OAuth & Permissions').describe(
      'Bot User OAuth Token; best as ${SLACK_BOT_TOKEN}',
    ),
    app_token: token('xapp-', 'make an app-level token with connections:write under Basic Information')
      .optional()
      .describe('App-level token for Socket Mode; best as ${SLACK_APP_TOKEN}'),
    signing_secret: SigningSecret.optional().describe(
      'Signs what Slack sends over HTTP; best as ${SLACK_SIGNING_SECRET}',
    ),
    mode: z
      .enum(['socket', 'http'])
      .default('socket')
      .describe(
        'socket: Firebell calls Slack, no public address needed, `app_token`; http: Slack calls `url`, `signing_secret`',
      ),
    sockets: z
      .int()
      .min(2, 'must be 2 or more: with one, nobody is heard while it is renewed')
      .max(5, 'must be 5 or fewer: Slack allows 10 for all processes together')
      .default(2)
      .describe('Connections that are held open at once in Socket Mode, in each process'),
    commands: z
      .array(CommandName)
      .min(1, 'needs at least one command')
      .default(['/inc', '/incident'])
      .describe('Slash commands that are Firebell; another app may have taken /incident already'),
    user_groups: z
      .record(
        z.string().regex(/^[a-z0-9._-]{1,80}$/, 'must be the handle of a user group, without @'),
        z.union([Id.transform((id) => [id]), z.array(Id).min(1, 'needs a schedule')]),
      )
      .default({})
      .describe('User groups that name who is on call, by their handle: `oncall-payments: payments`'),
    archive_after: z
      .union([z.literal('never'), duration({ least: 60_000, most: 31 * DAY })])
      .prefault('1 day')
      .describe('When the room of an incident that is over is archived; a day unless said'),
    silence_alarm: z
      .union([z.literal('off'), z.literal(false), duration({ least: 10 * 60_000, most: DAY })])
      .prefault('10m')
      .describe(
        'Slack itself says in open rooms that Firebell has been silent for so long, in case all of it is down; 10m unless said',
      ),
    api_url: WebUrl.default('https://slack.com/api/').describe('Where the Web API of Slack answers'),
  })
  .superRefine(({ mode, app_token: app, signing_secret: secret }, context) => {
    if (mode === 'socket' && app === undefined)
      context.addIssue({
        code: 'custom',
        message:
          'needs `app_token` for Socket Mode, best as ${SLACK_APP_TOKEN}. Or set `mode: http` and `signing_secret`.',
      });
    if (mode === 'http' && secret === undefined)
      context.addIssue({
        code: 'custom',
        message: 'needs `signing_secret` for `mode: http`, best as ${SLACK_SIGNING_SECRET}.',
      });
  });
export type Slack = z.output<typeof Slack>;
