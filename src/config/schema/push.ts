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
