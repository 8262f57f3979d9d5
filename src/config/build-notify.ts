import type { EmailConfig, NotifyConfig, NtfyConfig } from './config.ts';
import type { ConfigFile } from './schema.ts';
import type { Email } from './schema/notify.ts';
import type { Ntfy } from './schema/push.ts';

/** The ways out of the house, defaults filled in. */
export function buildNotify({ email, webhooks, ntfy, pushover }: ConfigFile['notify']): NotifyConfig {
  return {
    email: email ? buildEmail(email) : null,
    webhooks: new Map(
      Object.entries(webhooks).map(([id, { url, secret }]) => [id, { url, secret: secret ?? null }]),
    ),
    ntfy: ntfy ? buildNtfy(ntfy) : null,
    pushover: pushover ?? null,
  };
}

/** Names of the channels that this file can use, the direct message and webhooks always among them. */
export function channelsOf(notify: ConfigFile['notify']): ReadonlySet<string> {
  return new Set([
    'dm',
    'webhook',
    ...(['email', 'ntfy', 'pushover'] as const).filter((name) => notify[name]),
  ]);
}

function buildEmail({ url, host, port, secure = false, user, password, from }: Email): EmailConfig {
  if (url !== undefined) return { server: { url }, from };
  const server = {
    host: host ?? '',
    port: port ?? (secure ? 465 : 587),
    secure,
    user: user ?? null,
    pass: password ?? null,
  };
  return { server, from };
}

function buildNtfy({ url, token }: Ntfy): NtfyConfig {
  return { url, token: token ?? null };
}
