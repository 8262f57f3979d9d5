import { z } from 'zod';
import { quote } from '../problem.ts';

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
});
export type Discord = z.output<typeof Discord>;
