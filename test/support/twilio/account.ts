/** The account that the server knows. */
export const ACCOUNT = {
  accountSid: `AC${'0a'.repeat(16)}`,
  authToken: 'the auth token of the account',
  keySid: `SK${'1b'.repeat(16)}`,
  keySecret: 'the secret of an API key',
  messagingService: `MG${'2c'.repeat(16)}`,
  number: '+15005550006',
} as const;

/** What Twilio says no with. */
export class TwilioError extends Error {
  readonly status: number;
  readonly code: number;

  constructor(status: number, code: number, message: string) {
    super(message);
    this.status = status;
    this.code = code;
  }
}

/** Whether the request signs in as the account or with its key. Throws what Twilio answers when it does not. */
export function checkLogin(header: string | undefined, accountSid: string): void {
  const [, encoded = ''] = /^Basic (\S+)$/.exec(header ?? '') ?? [];
  const given = Buffer.from(encoded, 'base64').toString('utf8');
  const known = [`${ACCOUNT.accountSid}:${ACCOUNT.authToken}`, `${ACCOUNT.keySid}:${ACCOUNT.keySecret}`];
  if (!known.includes(given)) throw new TwilioError(401, 20003, 'Authenticate');
  if (accountSid !== ACCOUNT.accountSid)
    throw new TwilioError(404, 20404, `The requested resource /Accounts/${accountSid} was not found`);
}
