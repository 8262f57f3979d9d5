import type { Config } from '../config/config.ts';
import { addressOn, maskAddress, PROVABLE, standingOf } from '../domain/contact/contact.ts';
import type { ProvableChannel, Standing } from '../domain/contact/contact.ts';
import type { Person } from '../domain/directory.ts';
import type { AskedAddress } from '../ingest/desk.ts';
import { atDesk } from './at-desk.ts';
import { requireConfig } from './load-config.ts';
import { EXIT, UsageError } from './verb.ts';
import type { Io, Verb } from './verb.ts';
import { takeApart } from './words.ts';

const HELP = `firebell contacts [--all] [--json]

Whose addresses do not work: not verified, so that pages skip them, or refused by the provider. Addresses are shown masked.

  --all    every address, also those that work
  --json   the same as JSON: person, channel, address, standing, failingSince, failure

Whoever owns an address verifies it by typing "verify" in the chat; no one can do it for them.
Works beside a running bot. Reads DATABASE_URL, or DATA_DIR (./data) for the embedded database, and CONFIG (./firebell.yaml).

Exit code 0: all of them work. 1: some do not. 2: wrong call. 3: the configuration or the database cannot be opened.
`;

/** `firebell contacts`: how the addresses of people stand, also while the bot runs on the embedded database. */
export const contactsVerb: Verb = {
  name: 'contacts',
  summary: 'Show whose addresses are not verified or do not work',
  help: HELP,
  run: runContacts,
};

interface ShownAddress {
  readonly person: string;
  readonly channel: ProvableChannel;
  readonly address: string;
  readonly standing: Standing;
  readonly failingSince: Date | null;
  readonly failure: string | null;
}

async function runContacts(argv: readonly string[], io: Io): Promise<number> {
  const words = takeApart(argv, { all: false, json: false });
  if (words.positionals.length > 0)
    throw new UsageError(`firebell contacts takes no ${words.positionals.join(' ')}`);
  const config = await requireConfig(io);
  const asked = addressesIn(config);
  return atDesk(io, async (desk) => {
    const found = await desk.contacts(asked);
    const all = asked.map((one, i) => shown(one, found[i] ?? null, config));
    const broken = all.filter(({ standing, failure }) => standing === 'unverified' || failure !== null);
    const listed = words.has('all') ? all : broken;
    if (words.has('json')) io.out(`${JSON.stringify(listed, null, 2)}\n`);
    else if (listed.length > 0) io.out(listed.map(lineOf).join(''));
    else io.err(`All ${all.length} addresses are verified or trusted, and none is failing.\n`);
    return broken.length === 0 ? EXIT.ok : EXIT.no;
  });
}

/** The addresses that rules use; the others are nobody's trouble. */
function addressesIn({ directory }: Config): readonly AskedAddress[] {
  return [...directory.people.values()].flatMap((person) =>
    PROVABLE.filter((channel) => isUsed(channel, person)).flatMap((channel) => {
      const address = addressOn(channel, person);
      return address === null ? [] : [{ personId: person.id, channel, address }];
    }),
  );
}

function isUsed(channel: string, { rules }: Person): boolean {
  return [...rules.high, ...rules.low].some((rule) => rule.channel === channel);
}

type Found = {
  readonly verifiedAt: Date | null;
  readonly failing: { readonly since: Date; readonly reason: string } | null;
};

function shown(
  { personId, channel, address }: AskedAddress,
  found: Found | null,
  { notify }: Config,
): ShownAddress {
  return {
    person: personId,
    channel,
    address: maskAddress(address),
    standing: standingOf(found, notify.verification[channel]),
    failingSince: found?.failing?.since ?? null,
    failure: found?.failing?.reason ?? null,
  };
}

function lineOf({ person, channel, address, standing, failingSince, failure }: ShownAddress): string {
  const failing = failure === null ? '' : `, failing since ${failingSince?.toISOString() ?? ''}: ${failure}`;
  return `${person}\t${channel}\t${address}\t${standing}${failing}\n`;
}
