import type { EmailConfig, NotifyConfig, NtfyConfig, TwilioConfig } from './config.ts';
import type { ConfigFile } from './schema.ts';
import type { Email } from './schema/notify.ts';
import type { Ntfy } from './schema/push.ts';
import type { Twilio } from './schema/twilio.ts';

/** The ways out of the house, defaults filled in. */
export function buildNotify({ notify, url }: Pick<ConfigFile, 'notify' | 'url'>): NotifyConfig {
  const { email, webhooks, ntfy, pushover, twilio, verification, web_push: webPush } = notify;
  return {
    email: email ? buildEmail(email) : null,
    webhooks: new Map(
      Object.entries(webhooks).map(([id, { url, secret }]) => [id, { url, secret: secret ?? null }]),
    ),
    ntfy: ntfy ? buildNtfy(ntfy) : null,
    pushover: pushover ?? null,
    twilio: twilio ? buildTwilio(twilio, url) : null,
    webPush: { services: webPush.services, contact: contactOf(webPush.contact ?? email?.from, url) },
    verification: { ...USUAL_VERIFICATION, ...verification },
  };
}

/** A wrong letter in a mail address is seen in a review and bounces; a wrong digit rings at somebody's who is not told why. */
const USUAL_VERIFICATION: NotifyConfig['verification'] = {
  email: 'trusted',
  sms: 'required',
  voice: 'required',
  ntfy: 'required',
  pushover: 'required',
};

/** Names of the channels that this file can use, the direct message and webhooks always among them. */
export function channelsOf(notify: ConfigFile['notify']): ReadonlySet<string> {
  return new Set([
    'dm',
    'webhook',
    ...(['email', 'ntfy', 'pushover'] as const).filter((name) => notify[name]),
    ...(notify.twilio === undefined ? [] : ['sms']),
    ...(notify.twilio?.from === undefined ? [] : ['voice']),
  ]);
}

/** Push services refuse who does not say whom to ask; a made-up address is better than none. */
function contactOf(address: string | undefined, url: string | undefined): string {
  const mailbox = /([^<>\s]+@[^<>\s]+?)>?$/.exec(address ?? '')?.[1];
  if (mailbox !== undefined) return `mailto:${mailbox}`;
  return url?.startsWith('https:') ? url : 'mailto:firebell@example.com';
}

function buildEmail(form: Email): EmailConfig {
  const { url, host, port, secure = false, user, password, from } = form;
  const replies = form.replies ? { domain: form.replies.domain, ...form.replies.listen } : null;
  if (url !== undefined) return { server: { url }, from, replies };
  const server = {
    host: host ?? '',
    port: port ?? (secure ? 465 : 587),
    secure,
    user: user ?? null,
    pass: password ?? null,
  };
  return { server, from, replies };
}

function buildNtfy({ url, token }: Ntfy): NtfyConfig {
  return { url, token: token ?? null };
}

function buildTwilio(form: Twilio, url: string | undefined): TwilioConfig {
  const { account_sid: accountSid, auth_token: authToken } = form;
  return {
    accountSid,
    authToken,
    user: form.api_key ?? accountSid,
    password: form.api_secret ?? authToken,
    from: form.from ?? null,
    messagingService: form.messaging_service ?? null,
    // The checks have seen to it that there is one of the two.
    callbackUrl: withoutSlash(form.callback_url ?? url ?? ''),
    apiUrl: withoutSlash(form.api_url),
  };
}

function withoutSlash(url: string): string {
  return url.replace(/\/+$/, '');
}
