import { writeFile } from 'node:fs/promises';
import type { ExportDocument } from '../config/import/export-items.ts';
import { importExport, type Imported } from '../config/import/import.ts';
import type { NoteKind } from '../config/import/notes.ts';
import { VENDORS } from '../config/import/registry.ts';
import { toMarkdown, toPlainText } from '../config/import/report.ts';
import type { Vendor } from '../config/import/vendor.ts';
import { loadConfig } from '../config/load.ts';
import { showProblem, type Problem } from '../config/problem.ts';
import { SYSTEM_CLOCK } from '../lib/clock.ts';
import { nearestWord } from '../lib/edit-distance.ts';
import { fetchExport } from './import/live.ts';
import { exists, readExport } from './import/read-export.ts';
import { EXIT, FailedError, UsageError, type Io, type Verb } from './verb.ts';
import { takeApart, type Words } from './words.ts';

const HELP = `firebell import VENDOR FILE|FOLDER... [--out FILE] [--report FILE] [--force] [--json]
firebell import VENDOR --url URL --token-env NAME [--save FOLDER] [the same]

Makes a firebell.yaml of what another tool knows: people, teams, schedules, escalation policies, services. VENDOR is one of
${VENDORS.map(({ name }) => name).join(', ')}. Needs no database.

FILE is JSON as the tool's API answers it: one answer to a file, several, everything in one file, or a FOLDER of such files;
- reads standard input. docs/moving-to-firebell.md has the calls that make them. Or the API itself is read:

  --url URL        where the API is, like https://api.pagerduty.com, https://api.opsgenie.com (api.eu.opsgenie.com),
                   https://goalert.example.com, or the URL on the settings page of Grafana OnCall
  --token-env NAME the environment variable that holds a token with read access
  --save FOLDER    keep the answers, as an export that can be imported again

  --out FILE       where the configuration goes, firebell.yaml unless said; - is standard output
  --report FILE    also write the report as Markdown: what was carried, changed, left out, chosen, and where the tool's own
                   timeline names somebody else. It is always on standard error
  --force          write over a file that is there already
  --json           print {"vendor", "config", "notes": [{"kind", "about", "text"}], "problems"} on standard output, and write a
                   configuration only with --out

Exit code 0: written, and "firebell check" finds no error in it. 1: nothing in the export could be used. 2: wrong call.
3: something cannot be read or written.
`;

/** `firebell import`: another tool's configuration as a firebell.yaml, and a report of the difference. */
export const importVerb: Verb = {
  name: 'import',
  summary: 'Make a configuration of what another on-call tool knows',
  help: HELP,
  run: runImport,
};

const OPTIONS = {
  out: true,
  report: true,
  url: true,
  'token-env': true,
  save: true,
  force: false,
  json: false,
} as const;
type Call = Words<typeof OPTIONS>;

async function runImport(argv: readonly string[], io: Io): Promise<number> {
  const call = takeApart(argv, OPTIONS);
  const [name, ...paths] = call.positionals;
  const vendor = findVendor(name);
  const out = call.value('out') ?? (call.has('json') ? null : 'firebell.yaml');
  if (out === '-' && call.has('json'))
    throw new UsageError('--json and --out - both want standard output; name a file');
  await refuseToOverwrite([out, call.value('report')], call);
  const documents = await documentsOf(vendor, { paths, call, io });
  requireOwn(vendor, documents);
  const imported = importExport(vendor, documents, SYSTEM_CLOCK.now());
  const problems = problemsOf(imported, out);
  await write(imported, { vendor, out, call, io });
  report(imported, { problems, vendor, out, call, io });
  return imported.yaml !== null && !problems.some(({ severity }) => severity === 'error') ? EXIT.ok : EXIT.no;
}

function findVendor(name: string | undefined): Vendor {
  const names = VENDORS.map((vendor) => vendor.name);
  const found = VENDORS.find((vendor) => vendor.name === name);
  if (found) return found;
  if (name === undefined)
    throw new UsageError(`firebell import needs the tool to import from: ${names.join(', ')}`);
  const meant = nearestWord(name, names);
  throw new UsageError(
    `cannot import from "${name}".${meant === null ? '' : ` Did you mean ${meant}?`} Known are ${names.join(', ')}`,
  );
}

interface Reading {
  readonly paths: readonly string[];
  readonly call: Call;
  readonly io: Io;
}

async function documentsOf(vendor: Vendor, { paths, call, io }: Reading): Promise<readonly ExportDocument[]> {
  const url = call.value('url');
  const [tokenEnv, save] = [call.value('token-env'), call.value('save')];
  if (url !== undefined) {
    if (paths.length > 0) throw new UsageError('firebell import reads either files or --url, not both');
    return fetchExport(vendor, { url, tokenEnv, save }, io);
  }
  if (tokenEnv !== undefined || save !== undefined)
    throw new UsageError('--token-env and --save go with --url');
  if (paths.length > 0) return readExport(paths);
  throw new UsageError(
    `firebell import ${vendor.name} needs a FILE or FOLDER with what its API answered, or --url`,
  );
}

async function refuseToOverwrite(files: readonly (string | null | undefined)[], call: Call): Promise<void> {
  if (call.has('force')) return;
  for (const file of files) {
    if (file && file !== '-' && (await exists(file))) {
      throw new UsageError(`${file} is there already: name another file, or write over it with --force`);
    }
  }
}

/** Throws FailedError for an export of another tool, naming it. */
function requireOwn(vendor: Vendor, documents: readonly ExportDocument[]): void {
  const own = vendor.recognise(documents);
  if (own.shaped > 0) return;
  const others = VENDORS.map((one) => ({ one, shaped: one.recognise(documents).shaped }));
  const likely = others.toSorted((a, b) => b.shaped - a.shaped)[0];
  if (own.count > 0 && !likely?.shaped) return;
  const hint =
    likely && likely.shaped > 0
      ? ` It looks like ${likely.one.title}: try firebell import ${likely.one.name}.`
      : ' docs/moving-to-firebell.md has the calls whose answers are read.';
  const files = documents.map(({ from }) => from);
  throw new FailedError(
    `nothing of ${vendor.title} was found in ${files.slice(0, 5).join(', ')}${files.length > 5 ? ', …' : ''}.${hint}`,
  );
}

function problemsOf({ yaml }: Imported, out: string | null): readonly Problem[] {
  if (yaml === null) return [];
  const loaded = loadConfig(yaml, { env: {}, file: out === null || out === '-' ? 'firebell.yaml' : out });
  return 'config' in loaded ? loaded.warnings : loaded.problems;
}

interface Writing {
  readonly vendor: Vendor;
  readonly out: string | null;
  readonly call: Call;
  readonly io: Io;
}

async function write({ yaml, notes }: Imported, { vendor, out, call, io }: Writing): Promise<void> {
  const markdown = call.value('report');
  if (markdown !== undefined) await writeText(markdown, toMarkdown(vendor.title, notes));
  if (yaml === null || out === null) return;
  if (out === '-') io.out(yaml);
  else await writeText(out, yaml);
}

async function writeText(file: string, text: string): Promise<void> {
  try {
    await writeFile(file, text);
  } catch (error) {
    throw new FailedError(`cannot write ${file}: ${error instanceof Error ? error.message : String(error)}`, {
      cause: error,
    });
  }
}

function report(
  { document, yaml, notes }: Imported,
  { problems, vendor, out, call, io }: Writing & { readonly problems: readonly Problem[] },
): void {
  if (call.has('json')) {
    io.out(`${JSON.stringify({ vendor: vendor.name, config: document, notes, problems }, null, 2)}\n`);
  }
  io.err(`${toPlainText(notes)}\n`);
  if (yaml === null)
    return io.err(`Nothing was written: ${vendor.title}'s export has nobody who could be paged.\n`);
  if (problems.length > 0) io.err(`What "firebell check" says:\n${showSome(problems)}\n\n`);
  io.err(
    `${summaryOf(notes.map(({ kind }) => kind))}${out === null || out === '-' ? '' : ` Written to ${out}.`}\n`,
  );
}

const MOST_PROBLEMS = 10;

// The same thing about everybody is seen often enough in ten lines; errors come first.
function showSome(problems: readonly Problem[]): string {
  const ordered = problems.toSorted(
    (a, b) => Number(b.severity === 'error') - Number(a.severity === 'error'),
  );
  const lines = ordered.slice(0, MOST_PROBLEMS).map((problem) => `  ${showProblem(problem)}`);
  const more = problems.length - lines.length;
  return [...lines, ...(more > 0 ? [`  and ${more} more like these`] : [])].join('\n');
}

function summaryOf(kinds: readonly NoteKind[]): string {
  const count = (kind: NoteKind) => kinds.filter((one) => one === kind).length;
  return `${count('changed')} changed, ${count('dropped')} left out, ${count('chosen')} chosen, ${count('differs')} lines about other people on call.`;
}
