import { setTimeout as wait } from 'node:timers/promises';
import { CONFIG_CHANNEL } from '../app.ts';
import type { Config } from '../config/config.ts';
import type { Environment } from '../config/environment.ts';
import { showProblem } from '../config/problem.ts';
import { findAdminAccess } from '../ingest/admin-file.ts';
import { askToReload } from '../ingest/remote-reload.ts';
import { SYSTEM_CLOCK } from '../lib/clock.ts';
import { notify } from '../store/db.ts';
import { livingProcesses } from '../store/processes.ts';
import type { ProcessRow } from '../store/processes.ts';
import { compareWithRunning } from './compare-running.ts';
import { showComparison, warningsOf } from './diff-words.ts';
import { findConfig } from './load-config.ts';
import { environmentOf, openDatabase } from './open.ts';
import { EXIT, FailedError, UsageError } from './verb.ts';
import type { Io, Verb } from './verb.ts';
import { takeApart } from './words.ts';

const HELP = `Usage: firebell apply [--yes]

Checks the configuration, says what it changes against what is running, then has every running bot read it again. A bot reads
its own file, the one it was started with, so put the new file where it lies first. A bad file is refused here, and by every
bot: the old configuration stays.

When somebody else is on call NOW with it, when times come that nobody has, or when somebody is named who is gone, it asks first.
  --yes   do not ask; needed then where nobody sits at a terminal, as in a script

Finds the bots by DATABASE_URL, or by DATA_DIR (./data) for the embedded database; reads CONFIG (./firebell.yaml).

Exit code 0: every bot runs with it. 1: it is refused, or not wanted; the reasons are printed. 3: no bot answers.`;

/** `firebell apply`: has the running bots take a new configuration. */
export const applyVerb: Verb = {
  name: 'apply',
  summary: 'Have the running bots read their configuration again',
  help: HELP,
  run: apply,
};

/** Bots say every few seconds which configuration they run with. */
const PATIENCE_MS = 20_000;
const LOOK_EVERY_MS = 250;
const LOOK_MS = 90 * 86_400_000;

async function apply(argv: readonly string[], io: Io): Promise<number> {
  const words = takeApart(argv, { yes: false });
  if (words.positionals.length > 0)
    throw new UsageError(`firebell apply takes no arguments, not ${words.positionals.join(' ')}`);
  const environment = environmentOf(io);
  const { loaded, found } = await findConfig(io);
  if ('problems' in loaded) return refuse(loaded.problems.map(showProblem), io);
  for (const warning of loaded.warnings) io.err(`${showProblem(warning)}\n`);
  io.err(`${found.path} is good.\n`);
  if (!(await isWanted(loaded.config, words.has('yes'), io))) return EXIT.no;
  return environment.DATABASE_URL === undefined
    ? applyHere(environment, io)
    : applyEverywhere(environment, loaded.config, io);
}

function refuse(problems: readonly string[], io: Io): number {
  for (const problem of problems) io.err(`${problem}\n`);
  io.err('Refused: the running bots keep the configuration they have.\n');
  return EXIT.no;
}

/** Says what the configuration changes; asks when that needs somebody's consent. */
async function isWanted({ text }: Config, isSure: boolean, io: Io): Promise<boolean> {
  const now = SYSTEM_CLOCK.now();
  const proposed = { text, from: now, to: new Date(now.getTime() + LOOK_MS) };
  const compared = await compareWithRunning(proposed, io, SYSTEM_CLOCK);
  if ('problem' in compared) {
    io.err(`What it changes cannot be said. ${compared.problem}\n`);
    return true;
  }
  const { comparison } = compared;
  io.err(`${showComparison(comparison, 'what is running').join('\n')}\n`);
  if (isSure || warningsOf(comparison).length === 0) return true;
  if (!io.ask) {
    io.err('Not applied, because of the warnings above. `firebell apply --yes` applies it all the same.\n');
    return false;
  }
  if (/^y(es)?$/i.test((await io.ask('Apply it all the same? [y/N] ')).trim())) return true;
  io.err('Not applied: the running bots keep the configuration they have.\n');
  return false;
}

/** The bot that has the embedded database open is asked itself. */
async function applyHere(environment: Environment, io: Io): Promise<number> {
  const access = await findAdminAccess(environment.DATA_DIR);
  if (access === null)
    throw new FailedError(
      `No bot is running on the data folder ${environment.DATA_DIR}. Start one with \`firebell start\`.`,
    );
  const problems = await askToReload(access).catch((error: unknown) => {
    throw new FailedError(
      `The bot at ${access.url} does not answer: ${error instanceof Error ? error.message : String(error)}`,
    );
  });
  if (problems.length > 0) return refuse(problems, io);
  io.err(`The bot at ${access.url} runs with it.\n`);
  return EXIT.ok;
}

async function applyEverywhere(environment: Environment, config: Config, io: Io): Promise<number> {
  const store = await openDatabase(environment);
  try {
    await notify(store.db, CONFIG_CHANNEL);
    const until = Date.now() + PATIENCE_MS;
    let bots = await livingProcesses(store.db, new Date());
    while (bots.some((bot) => !hasAnswered(bot, config)) && Date.now() < until) {
      await wait(LOOK_EVERY_MS);
      bots = await livingProcesses(store.db, new Date());
    }
    return report(bots, config, io);
  } finally {
    await store.close();
  }
}

function hasAnswered(bot: ProcessRow, { hash }: Config): boolean {
  return bot.configHash === hash || bot.configProblem !== null;
}

function report(bots: readonly ProcessRow[], { hash }: Config, io: Io): number {
  if (bots.length === 0)
    throw new FailedError('No bot is running on this database. Start one with `firebell start`.');
  for (const bot of bots) io.err(`${bot.host} (process ${bot.pid}): ${wordOf(bot, hash)}\n`);
  return bots.every((bot) => bot.configHash === hash && bot.configProblem === null) ? EXIT.ok : EXIT.no;
}

function wordOf({ configHash, configProblem }: ProcessRow, hash: string): string {
  if (configProblem !== null) return `refused it: ${configProblem}`;
  return configHash === hash
    ? 'runs with it'
    : 'still runs with another configuration; does it read the same file?';
}
