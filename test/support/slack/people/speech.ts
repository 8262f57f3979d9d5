import type { Channel, Message, State } from '../workspace/state.ts';

/** What a person typed, as Slack passes it on: names become ids, links are marked, `&<>` are escaped. */
export function spoken(state: State, typed: string): string {
  return typed
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll(/https?:\/\/[^\s|]+/g, (url) => `<${url}>`)
    .replaceAll(
      /(^|\s)@([\w.-]+)/g,
      (all, before: string, name: string) => `${before}${mention(state, name) ?? all.trim()}`,
    )
    .replaceAll(
      /(^|\s)#([\w-]+)/g,
      (all, before: string, name: string) => `${before}${channelLink(state, name) ?? all.trim()}`,
    );
}

/** The same for the text of a slash command that asks for escaping: mentions carry the name too. */
export function escaped(state: State, typed: string): string {
  return spoken(state, typed).replaceAll(
    /<@(\w+)>/g,
    (_all, id: string) => `<@${id}|${state.users.get(id)?.name ?? id}>`,
  );
}

function mention({ users, userGroups }: State, name: string): string | null {
  if (['here', 'channel', 'everyone'].includes(name)) return `<!${name}>`;
  const user = [...users.values()].find((one) => one.name === name || one.displayName === name);
  if (user) return `<@${user.id}>`;
  const group = [...userGroups.values()].find(({ handle }) => handle === name);
  return group ? `<!subteam^${group.id}>` : null;
}

function channelLink({ channels }: State, name: string): string | null {
  const found = [...channels.values()].find((channel) => channel.name === name);
  return found ? `<#${found.id}|${name}>` : null;
}

/** Tells the app of what it is named in, and of links that it unfurls. */
export function tellOfWords(
  state: State,
  {
    channel,
    message,
    unfurlDomains,
  }: { readonly channel: Channel; readonly message: Message; readonly unfurlDomains: readonly string[] },
): void {
  const { ts, text, user, threadTs, clientMsgId } = message;
  const thread = threadTs === null ? {} : { thread_ts: threadTs };
  if (text.includes(`<@${state.app.botUser}>`) && channel.kind !== 'im')
    state.tell(
      {
        type: 'app_mention',
        client_msg_id: clientMsgId,
        user,
        text,
        ts,
        team: state.users.get(user)?.teamId ?? state.team.id,
        channel: channel.id,
        ...thread,
        event_ts: ts,
      },
      channel,
    );
  const links = [...text.matchAll(/<(https?:\/\/[^>|]+)/g)]
    .map(([, url = '']) => ({ url: url.replaceAll('&amp;', '&'), domain: new URL(url).hostname }))
    .filter(({ domain }) => unfurlDomains.includes(domain));
  if (links.length > 0)
    state.tell(
      {
        type: 'link_shared',
        channel: channel.id,
        user,
        message_ts: ts,
        ...thread,
        links,
        is_bot_user_member: channel.members.has(state.app.botUser),
        unfurl_id: `${channel.id}.${ts}`,
        source: 'conversations_history',
        event_ts: ts,
      },
      channel,
    );
}
