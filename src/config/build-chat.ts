import type { ChatConfig, DiscordConfig, SlackConfig } from './config.ts';
import type { ConfigFile } from './schema.ts';
import type { Discord } from './schema/discord.ts';
import type { Slack } from './schema/slack.ts';

const MB = 1_048_576;

/** Where people talk. Without a word about it rooms are opened on the first platform that is configured. */
export function buildChat({ chat }: ConfigFile): ChatConfig {
  const { keep, each_mb: each, room_mb: room } = chat.files;
  const files = keep ? { each: each * MB, room: room * MB } : null;
  const slack = chat.slack === undefined ? null : buildSlack(chat.slack);
  const discord = chat.discord === undefined ? null : buildDiscord(chat.discord);
  const first = slack ? 'slack' : discord ? 'discord' : 'console';
  const closeAfterMs = typeof chat.close_after === 'number' ? chat.close_after : null;
  return { home: chat.home ?? first, signIn: chat.console.sign_in, closeAfterMs, files, slack, discord };
}

function buildSlack(form: Slack): SlackConfig {
  return {
    botToken: form.bot_token,
    appToken: form.app_token ?? null,
    signingSecret: form.signing_secret ?? null,
    mode: form.mode,
    sockets: form.sockets,
    commands: form.commands,
    userGroups: new Map(Object.entries(form.user_groups)),
    archiveAfterMs: typeof form.archive_after === 'number' ? form.archive_after : null,
    silenceAlarmMs: typeof form.silence_alarm === 'number' ? form.silence_alarm : null,
    apiUrl: form.api_url.replace(/\/*$/, '/'),
  };
}

function buildDiscord(form: Discord): DiscordConfig {
  return {
    token: form.token,
    guild: form.guild,
    application: form.application,
    publicKey: form.public_key ?? null,
    mode: form.mode,
    category: form.category,
    archive: form.archive,
    forum: form.forum ?? null,
    voice: form.voice ?? null,
    onCallRoles: form.on_call_roles,
    privateRoles: form.private_roles,
    apiUrl: form.api_url.replace(/\/+$/, ''),
  };
}
