import { z } from 'zod';
import { WebUrl } from './words.ts';

/** Push messages through an ntfy server; people's topics are in `handles.ntfy`. */
export const Ntfy = z.strictObject({
  url: WebUrl.default('https://ntfy.sh').describe('The ntfy server, without a topic'),
  token: z
    .string()
    .min(1, 'is empty')
    .optional()
    .describe('Access token that may write to the topics of all people; best as ${NTFY_TOKEN}'),
});
export type Ntfy = z.output<typeof Ntfy>;

/** Push messages through Pushover; people's user keys are in `handles.pushover`. */
export const Pushover = z.strictObject({
  token: z
    .string({
      error: ({ input }) => (typeof input === 'number' ? 'is a number: put it in quotes' : undefined),
    })
    .min(1, 'is empty')
    .describe('Token of the application that you registered at Pushover; best as ${PUSHOVER_TOKEN}'),
  url: WebUrl.default('https://api.pushover.net').describe('Where the API of Pushover answers'),
});
export type Pushover = z.output<typeof Pushover>;
