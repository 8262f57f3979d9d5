import { parseArgs } from 'node:util';
import type { KeptPost } from '../store/unparsed.ts';
import { atDesk } from './at-desk.ts';
import { EXIT, UsageError } from './verb.ts';
import type { Io, Verb } from './verb.ts';

const HELP = `Usage: firebell unparsed [--source NAME] [--json]

Shows what monitors posted that no alert could be made of: when, why, and the post itself, newest first.
Of each source the newest 200 are kept. Works beside a running bot. Reads DATABASE_URL, or DATA_DIR (./data).

Exit code 0: shown, also when there is nothing. 3: the database cannot be opened.`;

/** `firebell unparsed`: the posts that no alert could be made of. */
export const unparsedVerb: Verb = {
  name: 'unparsed',
  summary: 'Show what monitors posted that could not be read',
  help: HELP,
  run: showUnparsed,
};

async function showUnparsed(argv: readonly string[], io: Io): Promise<number> {
  const { source, json } = readWords(argv);
  return atDesk(io, async (desk) => {
    const posts = await desk.unparsed(source ?? null);
    if (json) io.out(`${JSON.stringify(posts, null, 2)}\n`);
    else
      io.err(
        posts.length === 0 ? 'Everything that was posted could be read.\n' : posts.map(wordsOf).join('\n'),
      );
    return EXIT.ok;
  });
}

function readWords(argv: readonly string[]): { readonly source?: string; readonly json?: boolean } {
  try {
    const options = { source: { type: 'string' }, json: { type: 'boolean' } } as const;
    return parseArgs({ args: [...argv], options }).values;
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : 'the call is not understood');
  }
}

function wordsOf({ source, receivedAt, reason, body }: KeptPost): string {
  return `${receivedAt.toISOString()}  ${source}: ${reason}\n${body.replace(/^/gm, '    ')}\n`;
}
