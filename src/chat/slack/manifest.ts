import { stringify } from 'yaml';
import { shorten } from '../../lib/clean-text.ts';
import type { CommandDefinition } from '../commands/define.ts';
import { EVENTS, NEEDS } from './needs.ts';
import { SHORTCUTS } from './receive/shortcuts.ts';

/** What a manifest is made from. */
export interface ManifestParts {
  readonly definitions: readonly CommandDefinition[];
  /** Slash commands with their slash. */
  readonly commands: readonly string[];
  readonly mode: 'socket' | 'http';
  /** Absolute URL of Firebell without a slash at its end; null while it has none. */
  readonly url: string | null;
}

const LONGEST_HINT = 1_000;

/** The manifest from which an app is made at api.slack.com, as YAML with the steps on top. */
export function slackManifest(parts: ManifestParts): string {
  return HEAD + stringify(manifestOf(parts), { lineWidth: 110 });
}

const HEAD = `# The app of Firebell in Slack. Paste it at https://api.slack.com/apps under "Create New App", "From a manifest".
# Made from the commands by \`firebell slack manifest\`, which also fills in the names and the address of your configuration.
`;

/** The manifest as Slack's schema describes it. */
export function manifestOf({ definitions, commands, mode, url }: ManifestParts) {
  const isHttp = mode === 'http';
  const request = `${url ?? 'https://firebell.example.com'}/slack/events`;
  const callback = isHttp ? { request_url: request } : {};
  const domain = url === null ? null : new URL(url).hostname;
  return {
    _metadata: { major_version: 2, minor_version: 1 },
    display_information: {
      name: 'Firebell',
      description: 'Declares incidents, pages who is on call, keeps the record',
      background_color: '#7a1f1f',
    },
    features: {
      app_home: { home_tab_enabled: true, messages_tab_enabled: true, messages_tab_read_only_enabled: false },
      bot_user: { display_name: 'Firebell', always_online: true },
      slash_commands: commands.map((command) => ({
        command,
        description: 'Declare an incident, page, acknowledge and all the rest',
        usage_hint: usageHint(definitions),
        should_escape: true,
        ...(isHttp ? { url: request } : {}),
      })),
      shortcuts: [
        shortcut('Declare incident', 'global', SHORTCUTS.declare, 'Opens the form that declares an incident'),
        shortcut(
          'Declare from message',
          'message',
          SHORTCUTS.declareFromMessage,
          'Opens the form with what this message says',
        ),
        shortcut(
          'Add to timeline',
          'message',
          SHORTCUTS.addToTimeline,
          'Puts this message on the timeline of the incident, at its own time',
        ),
      ],
      ...(domain === null || !domain.includes('.') ? {} : { unfurl_domains: [domain] }),
    },
    oauth_config: {
      scopes: {
        bot: NEEDS.filter(({ isOptional }) => !isOptional).map(({ scope }) => scope),
        bot_optional: NEEDS.filter(({ isOptional }) => isOptional).map(({ scope }) => scope),
      },
    },
    settings: {
      event_subscriptions: { ...callback, bot_events: [...EVENTS] },
      interactivity: { is_enabled: true, ...callback },
      org_deploy_enabled: false,
      socket_mode_enabled: !isHttp,
      token_rotation_enabled: false,
    },
  };
}

function shortcut(name: string, type: 'global' | 'message', callbackId: string, description: string) {
  return { name, type, callback_id: callbackId, description };
}

function usageHint(definitions: readonly CommandDefinition[]): string {
  return shorten(`[${definitions.map(({ name }) => name).join(' | ')}] …`, LONGEST_HINT);
}
