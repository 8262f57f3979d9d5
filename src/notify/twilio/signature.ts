import { createHmac } from 'node:crypto';
import { equalInConstantTime } from '../../lib/signing.ts';

/** A request of Twilio's as it was signed: the whole URL that Twilio called, and the fields that it posted. */
export interface SignedRequest {
  readonly url: string;
  readonly fields: URLSearchParams;
}

/**
 * The value of `X-Twilio-Signature`: HMAC-SHA1 under the auth token, in base64, over the URL followed by every field's name and value,
 * sorted by name (https://www.twilio.com/docs/usage/security).
 */
export function twilioSignature({ url, fields }: SignedRequest, authToken: string): string {
  const names = [...new Set(fields.keys())].toSorted((a, b) => (a < b ? -1 : 1));
  const signed = names.flatMap((name) =>
    [...new Set(fields.getAll(name))].toSorted().map((value) => `${name}${value}`),
  );
  return createHmac('sha1', authToken)
    .update(`${url}${signed.join('')}`, 'utf8')
    .digest('base64');
}

/** Whether Twilio signed this request. Twilio writes the usual port into some URLs and leaves it out of others, so both are tried. */
export function isFromTwilio(request: SignedRequest, signature: string, authToken: string): boolean {
  return [request.url, withPort(request.url), withoutPort(request.url)].some((url) =>
    equalInConstantTime(signature, twilioSignature({ ...request, url }, authToken)),
  );
}

function withPort(url: string): string {
  return url.replace(/^(https?):\/\/([^/?#:]+)(?=[/?#]|$)/, (_, scheme: string, host: string) =>
    scheme === 'https' ? `https://${host}:443` : `http://${host}:80`,
  );
}

function withoutPort(url: string): string {
  return url.replace(/^(https:\/\/[^/?#:]+):443(?=[/?#]|$)|^(http:\/\/[^/?#:]+):80(?=[/?#]|$)/, '$1$2');
}
