import type { Config, DiscordConfig } from '../config/config.ts';
import { examine, tryDirect } from '../chat/discord/setup/doctor.ts';
import type { Checked } from '../chat/discord/setup/checked.ts';
import { inviteUrl } from '../chat/discord/setup/permissions.ts';
import { createLogger } from '../lib/logger.ts';
import { requireConfig } from './load-config.ts';
import { EXIT, FailedError, UsageError } from './verb.ts';
import type { Io, Verb } from './verb.ts';
import { takeApart } from './words.ts';

const HELP = `firebell discord doctor [--dm PERSON] [--config FILE] [--json]
firebell discord invite [--config FILE]

Looks after Firebell on Discord.

  doctor  looks at the token, the intents, every permission, the roles, the categories and channels and the commands, and
          says what to click
  invite  prints the address at which an admin lets Firebell into the server, with the permissions that it needs and no others

  --dm      also sends this person of the configuration a word by direct message: the only way to know that pages reach them there
  --config  the configuration; else the file that CONFIG names, else ./firebell.yaml
  --json    print [{"ok", "what", "advice"}] on standard output

Exit code 0: all is well. 1: something is to be put right. 2: wrong call. 3: the configuration does not load or has no chat.discord.
`;

/** `firebell discord`: whether Firebell has what it needs on Discord, and what to click where not. */
export const discordVerb: Verb = {
  name: 'discord',
  summary: 'Check what Firebell needs on Discord, and make its invite link',
  help: HELP,
  run: runDiscord,
};

async function runDiscord(argv: readonly string[], io: Io): Promise<number> {
  const { positionals, value, has } = takeApart(argv, { dm: true, config: true, json: false });
  const [action, ...rest] = positionals;
  if (rest.length > 0 || (action !== 'doctor' && action !== 'invite'))
    throw new UsageError(`firebell discord knows doctor and invite, not "${positionals.join(' ')}"`);
  const config = await requireConfig(io, value('config'));
  const { discord } = config.chat;
  if (discord === null)
    throw new FailedError('the configuration has no chat.discord: docs/discord.md says how to begin');
  if (action === 'invite') {
    io.out(`${inviteUrl(discord)}\n`);
    return EXIT.ok;
  }
  const checked = await look(config, discord, value('dm'));
  if (has('json')) io.out(`${JSON.stringify(checked, null, 2)}\n`);
  else for (const one of checked) io.out(`${shown(one)}\n`);
  return checked.every(({ ok }) => ok) ? EXIT.ok : EXIT.no;
}

async function look(
  { directory }: Config,
  discord: DiscordConfig,
  dm: string | undefined,
): Promise<readonly Checked[]> {
  const logger = createLogger({ level: 'error' });
  const checked = await examine({ settings: discord, directory, logger });
  if (dm === undefined) return checked;
  const person = directory.people.get(dm);
  if (person === undefined) throw new UsageError(`there is no person ${dm} in the configuration`);
  const userId = person.handles['discord'];
  if (userId === undefined)
    throw new UsageError(
      `${person.name} has no discord handle in the configuration; whoever linked by /inc link types \`/inc do test\` on Discord instead`,
    );
  return [...checked, await tryDirect(discord, { name: person.name, userId }, logger)];
}

function shown({ ok, what, advice }: Checked): string {
  return ok ? `ok    ${what}` : `WRONG ${what}\n      ${advice ?? ''}`;
}
