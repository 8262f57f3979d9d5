import { execFile } from 'node:child_process';
import { basename, dirname } from 'node:path';
import { promisify } from 'node:util';
import { FailedError } from './verb.ts';

const run = promisify(execFile);
const LARGEST = 10_000_000;

/** The text of a file as a git revision holds it; null when it holds no such file. Throws FailedError when git or the revision is not there. */
export async function readAtRevision(file: string, revision: string): Promise<string | null> {
  const git = (...args: readonly string[]) =>
    run('git', ['-C', dirname(file), ...args], { maxBuffer: LARGEST, encoding: 'utf8' });
  try {
    await git('rev-parse', '--verify', '--quiet', '--end-of-options', `${revision}^{commit}`);
  } catch (error) {
    throw new FailedError(explain(error, { file, revision }), { cause: error });
  }
  const path = `${revision}:./${basename(file)}`;
  try {
    await git('cat-file', '-e', path);
  } catch {
    return null;
  }
  return (await git('show', '--end-of-options', path)).stdout;
}

function explain(
  error: unknown,
  { file, revision }: { readonly file: string; readonly revision: string },
): string {
  if (error instanceof Error && 'code' in error && error.code === 'ENOENT')
    return 'git is not installed, or the folder of the file is not there: compare two files instead.';
  const said = error instanceof Error && 'stderr' in error ? String(error.stderr).trim() : '';
  if (/not a git repository/.test(said))
    return `${file} is not in a git repository: compare two files instead.`;
  return `git knows no revision ${revision} here.${said === '' ? '' : ` It says: ${said}`} In CI, fetch it first (fetch-depth: 0).`;
}
