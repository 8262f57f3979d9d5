import { z } from 'zod';
import { quote } from '../problem.ts';
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

/** Push messages to browsers that people allow it on. Nothing has to be said here for it to work. */
export const WebPush = z.strictObject({
  services: z
    .array(WebUrl)
    .default([])
    .describe(
      'Push services beside those of Chrome, Firefox, Safari and Edge, like https://push.example.com',
    ),
  contact: z
    .email({ error: ({ input }) => `must be an e-mail address, not ${quote(input)}` })
    .optional()
    .describe('Whom push services ask when something is wrong; the sender of mails unless said'),
});
export type WebPush = z.output<typeof WebPush>;

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
