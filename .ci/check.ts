/** `npm run check`: format, lint, types, boundaries, dead code. Seconds, no database. Runs all, then fails if any failed. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

/** dependency-cruiser can silently cruise nothing (an unsupported TypeScript): fewer modules than this is a failure. */
const LEAST_MODULES = 350;

function run(name: string, command: string, args: string[]): { ok: boolean; output: string } {
  const started = performance.now();
  const result = spawnSync(join('node_modules/.bin', command), args, { encoding: 'utf8' });
  if (result.error) throw result.error;
  const ok = result.status === 0;
  const output = `${result.stdout}${result.stderr}`;
  console.log(`${ok ? 'ok  ' : 'FAIL'} ${name} (${((performance.now() - started) / 1000).toFixed(1)} s)`);
  if (!ok) console.log(output);
  return { ok, output };
}

function boundaries(): boolean {
  const { ok, output } = run('boundaries', 'depcruise', ['src', '--config', '.dependency-cruiser.cjs']);
  const modules = Number(/\((\d+) modules/.exec(output)?.[1] ?? 0);
  if (modules < LEAST_MODULES) console.log(`FAIL boundaries looked at ${modules} modules only:\n${output}`);
  return ok && modules >= LEAST_MODULES;
}

const results = [
  run('format', 'oxfmt', ['--check']).ok,
  run('lint', 'oxlint', ['--type-aware', '--deny-warnings']).ok,
  run('types', 'tsc', ['--noEmit']).ok,
  boundaries(),
  run('dead code', 'knip', ['--no-progress']).ok,
];
process.exitCode = results.every(Boolean) ? 0 : 1;
