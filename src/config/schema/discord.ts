import { z } from 'zod';
import { quote } from '../problem.ts';
import { Id, Text, WebUrl } from './words.ts';

/** An id of Discord: too long for a number, so it has to stand in quotes. */
function snowflake(what: string) {
  return z
    .string({
      error: ({ input }) =>
        typeof input === 'number' ? 'is a number: put it in quotes, or its last digits get lost' : undefined,
    })
    .regex(/^\d{15,21}$/, {
      error: ({ input }) => `must be ${what}, 15 to 21 digits in quotes, not ${quote(input)}`,
    });
}

const names = (what: string) => z.array(Id).max(20).describe(what);

/** A server of Discord in which Firebell works. */
export const Discord = z.strictObject({
  token: z.string().trim().min(1, 'is empty').describe('Token of the bot; best as ${DISCORD_TOKEN}'),
  guild: snowflake('the id of the server').describe(
    'Id of the server: right-click it with developer mode on, Copy Server ID',
  ),
  application: snowflake('the application id').describe('Application id, under General Information'),
  public_key: z
    .string()
    .regex(/^[0-9a-f]{64}$/i, 'must be the public key under General Information: 64 digits or letters a to f')
    .optional()
    .describe('Checks what Discord sends over HTTP; only needed there'),
  mode: z
    .enum(['gateway', 'http'])
    .default('gateway')
    .describe(
      'gateway: Firebell connects to Discord and hears everything; http: Discord calls /discord/interactions for buttons and commands, and messages are not heard',
    ),
  category: Text.default('Incidents').describe('Category in which the rooms of incidents are opened'),
  archive: Text.default('Incident archive').describe(
    'Category into which rooms are moved when they are closed',
  ),
  forum: z
    .strictObject({
      name: Text.default('incident-reports').describe('Name of the forum'),
      severities: names('Severities whose incidents are posts of the forum instead of channels').default([]),
    })
    .optional()
    .describe('Mild incidents as posts of a forum; also where rooms go when the server is full of channels'),
  voice: names('Severities that get a voice channel of their own; the worst one unless said').optional(),
  on_call_roles: z
    .array(z.strictObject({ schedule: Id, role: snowflake('the id of a role') }))
    .max(50)
    .default([])
    .describe('Roles that Firebell gives to whoever is on call in a schedule, and takes away after'),
  private_roles: z
    .array(snowflake('the id of a role'))
    .max(20)
    .default([])
    .describe('Roles whose members see the rooms of private incidents too'),
  api_url: WebUrl.default('https://discord.com/api').describe(
    'Where the API of Discord is; another one only for tests and proxies',
  ),
});
export type Discord = z.output<typeof Discord>;
