import { z } from 'zod';
import { quote } from '../problem.ts';
import { WebUrl } from './words.ts';

/** A telephone number in E.164, `+4915112345678`. Blanks, dashes, dots and brackets in it are people's and are left out. */
export const Phone = z
  .string({
    error: ({ input }) =>
      typeof input === 'number' ? 'is a number: put it in quotes, like "+4915112345678"' : undefined,
  })
  .transform((text) => text.replaceAll(/[\s().-]/g, ''))
  .refine((number) => /^\+[1-9]\d{6,14}$/.test(number), {
    error: ({ input }) =>
      `must be a telephone number with + and the country's code, like "+4915112345678", not ${quote(input)}`,
  });

function sid(prefix: string, what: string) {
  return z
    .string()
    .regex(
      new RegExp(`^${prefix}[0-9a-fA-F]{32}$`),
      `must be ${what}: ${prefix} and 32 digits or letters a to f, as Twilio's console shows it`,
    );
}

const Secret = z.string().min(16, 'is too short to be one of Twilio. Best as ${TWILIO_AUTH_TOKEN}');

/** SMS and calls through Twilio. */
export const Twilio = z
  .strictObject({
    account_sid: sid('AC', 'the account SID'),
    auth_token: Secret.describe(
      'The primary auth token of the account: Twilio signs with it what it tells Firebell. Best as ${TWILIO_AUTH_TOKEN}',
    ),
    api_key: sid('SK', 'the SID of an API key')
      .optional()
      .describe('Signs in to Twilio with this key instead of the account; needs `api_secret`'),
    api_secret: Secret.optional().describe('Best as ${TWILIO_API_SECRET}'),
    from: Phone.optional().describe('The number of yours that sends and calls'),
    messaging_service: sid('MG', 'the SID of a messaging service')
      .optional()
      .describe('Sends SMS instead of `from`'),
    callback_url: WebUrl.optional().describe('Where Twilio reaches Firebell; `url` unless said'),
    api_url: WebUrl.default('https://api.twilio.com').describe(
      'Another region or edge, like https://api.dublin.ie1.twilio.com',
    ),
  })
  .superRefine(({ api_key: key, api_secret: secret, from, messaging_service: service }, context) => {
    if ((key === undefined) !== (secret === undefined)) {
      const path = [key === undefined ? 'api_secret' : 'api_key'];
      const other = key === undefined ? 'api_key' : 'api_secret';
      context.addIssue({ code: 'custom', path, message: `needs \`${other}\` beside it.` });
    }
    if (from === undefined && service === undefined) {
      context.addIssue({
        code: 'custom',
        message:
          'needs `from`, a number of yours that sends and calls, or `messaging_service` for SMS alone.',
      });
    }
  });
export type Twilio = z.output<typeof Twilio>;
