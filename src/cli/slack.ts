import { COMMANDS } from '../chat/commands/registry.ts';
import { examine } from '../chat/slack/doctor.ts';
import type { Finding } from '../chat/slack/doctor.ts';
import { slackManifest } from '../chat/slack/manifest.ts';
import { findConfig, requireConfig } from './load-config.ts';
import { EXIT, FailedError, UsageError } from './verb.ts';
import type { Io, Verb } from './verb.ts';

const HELP = `firebell slack manifest
firebell slack doctor

Sets Firebell up in Slack.

  manifest  prints the manifest from which the app is made at https://api.slack.com/apps, with the names of the
            commands and the address of the configuration where there is one
  doctor    looks at the tokens, the scopes, the connection, and whether channels and user groups may be changed,
            and says what to click for what is wrong. It opens the channel #firebell-doctor once and archives it.

Both read CONFIG (./firebell.yaml).

Exit code 0: all is well. 1: something is wrong. 2: wrong call. 3: Slack is not configured.
`;

const DEFAULTS = { commands: ['/inc', '/incident'], mode: 'socket' } as const;

/** `firebell slack`: makes the app's manifest, and finds out what is wrong with an installation. */
export const slackVerb: Verb = {
  name: 'slack',
  summary: 'Set Firebell up in Slack, and find out what is wrong with it there',
  help: HELP,
  run: async (argv, io) => {
    const [action, ...rest] = argv;
    if (rest.length > 0) throw new UsageError(`firebell slack ${action ?? ''} takes no ${rest.join(' ')}`);
    if (action === 'manifest') return manifest(io);
    if (action === 'doctor') return doctor(io);
    throw new UsageError(`firebell slack knows manifest and doctor, not "${action ?? ''}"`);
  },
};

/** Needed before there are tokens: a configuration that does not load is no reason against it. */
async function manifest(io: Io): Promise<number> {
  const { loaded } = await findConfig(io);
  const config = 'config' in loaded ? loaded.config : null;
  const { commands, mode } = config?.chat.slack ?? DEFAULTS;
  io.out(slackManifest({ definitions: COMMANDS, commands, mode, url: config?.url ?? null }));
  return EXIT.ok;
}

async function doctor(io: Io): Promise<number> {
  const { slack } = (await requireConfig(io)).chat;
  if (slack === null)
    throw new FailedError(
      'Slack is not configured: docs/slack.md says how, and what to put under chat.slack',
    );
  let isWell = true;
  for await (const finding of examine(slack)) {
    if (finding.state === 'wrong') isWell = false;
    io.out(linesOf(finding));
  }
  return isWell ? EXIT.ok : EXIT.no;
}

function linesOf({ state, what, fix }: Finding): string {
  return `${state.padEnd(8)}${what}\n${fix === null ? '' : `${' '.repeat(8)}→ ${fix}\n`}`;
}
