import { z } from 'zod';

/** Where people talk. */
export const Chat = z.strictObject({
  platform: z
    .literal('console')
    .default('console')
    .describe('console: the rooms that Firebell serves in the browser'),
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
});
export type Chat = z.output<typeof Chat>;
