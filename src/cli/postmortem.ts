import { parseArgs } from 'node:util';
import { draftPostmortem } from '../domain/postmortem/draft.ts';
import { renderMarkdown } from '../domain/postmortem/markdown.ts';
import { readTranscript, type Transcript } from '../domain/postmortem/transcript.ts';
import { inputName, readJsonInput } from './input-file.ts';
import { EXIT, FailedError, UsageError, type Io, type Verb } from './verb.ts';

const HELP = `firebell postmortem draft --transcript FILE [--json] [--deny WORD,WORD]

Drafts the postmortem of an incident from what was said in its room. FILE is JSON, incident-transcript/1; - reads standard input.
Every sentence of the draft is taken from the transcript and cites it. Secrets and personal data are masked. No model, no network.

  --transcript FILE  the transcript
  --json             print postmortem-draft/1 (without it: a Markdown document)
  --deny WORDS       mask these words too, such as names of customers; separated by commas, may be given again

Exit code 0: drafted. 2: wrong call. 3: the file is missing or broken; nothing is printed on standard output.
`;

const MOST_PROBLEMS = 10;

/** `firebell postmortem draft`: a postmortem from a transcript, without a database or a network. */
export const postmortemVerb: Verb = {
  name: 'postmortem',
  summary: 'Draft a postmortem from the transcript of an incident',
  help: HELP,
  run: runPostmortem,
};

interface Call {
  readonly file: string;
  readonly json: boolean;
  readonly deny: readonly string[];
}

async function runPostmortem(argv: readonly string[], io: Io): Promise<number> {
  const { file, json, deny } = readCall(argv);
  const draft = draftPostmortem(await readFileAsTranscript(file), { deny });
  io.out(json ? `${JSON.stringify(draft, null, 2)}\n` : renderMarkdown(draft));
  return EXIT.ok;
}

function readCall(argv: readonly string[]): Call {
  const { positionals, values } = parseWords(argv);
  const [action, ...rest] = positionals;
  if (action !== 'draft')
    throw new UsageError(`firebell postmortem knows only "draft", not "${action ?? ''}"`);
  if (rest.length > 0)
    throw new UsageError(
      `firebell postmortem draft does not know ${rest.join(' ')}; the file goes after --transcript`,
    );
  if (!values.transcript)
    throw new UsageError(
      'firebell postmortem draft needs --transcript FILE, or --transcript - for standard input',
    );
  const deny = (values.deny ?? [])
    .flatMap((words) => words.split(','))
    .map((word) => word.trim())
    .filter(Boolean);
  return { file: values.transcript, json: values.json ?? false, deny };
}

function parseWords(argv: readonly string[]) {
  try {
    const options = {
      transcript: { type: 'string' },
      json: { type: 'boolean' },
      deny: { type: 'string', multiple: true },
    } as const;
    return parseArgs({ args: [...argv], options, allowPositionals: true });
  } catch (error) {
    throw new UsageError(reasonOf(error), { cause: error });
  }
}

async function readFileAsTranscript(file: string): Promise<Transcript> {
  const read = readTranscript(await readJsonInput(file));
  if (read.ok) return read.transcript;
  const shown = read.problems.slice(0, MOST_PROBLEMS).map((problem) => `  ${problem}`);
  const more = read.problems.length - shown.length;
  throw new FailedError(
    `${inputName(file)} is no incident-transcript/1:\n${shown.join('\n')}${more > 0 ? `\n  and ${more} more` : ''}`,
  );
}

const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
