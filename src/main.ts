#!/usr/bin/env node
import { VERBS } from './cli/registry.ts';
import { helpOf, overview } from './cli/help.ts';
import { nearestWord } from './lib/edit-distance.ts';
import { EXIT, FailedError, UsageError } from './cli/verb.ts';
import type { Io, Verb } from './cli/verb.ts';

const io: Io = {
  out: (text) => void process.stdout.write(text),
  err: (text) => void process.stderr.write(text),
  env: process.env,
  ...(process.stdin.isTTY && process.stderr.isTTY ? { ask } : {}),
};

// A pipe that was closed early (`firebell … | head`) is not an error.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(EXIT.ok);
  throw error;
});

process.exitCode = await main(process.argv.slice(2));

async function main([name, ...argv]: readonly string[]): Promise<number> {
  if (name === undefined || name === 'help' || name === '--help' || name === '-h') return help(argv[0]);
  if (name === '--version' || name === '-v') return version();
  const verb = VERBS.find((one) => one.name === name);
  if (!verb) return unknown(name);
  if (argv.includes('--help') || argv.includes('-h')) return help(name);
  return run(verb, argv);
}

async function run(verb: Verb, argv: readonly string[]): Promise<number> {
  try {
    return await verb.run(argv, io);
  } catch (error) {
    if (error instanceof UsageError) {
      io.err(`${error.message}\nTry: firebell ${verb.name} --help\n`);
      return EXIT.usage;
    }
    if (!(error instanceof FailedError)) throw error;
    io.err(`${error.message}\n`);
    return EXIT.failed;
  }
}

async function ask(question: string): Promise<string> {
  const { createInterface } = await import('node:readline/promises');
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return await terminal.question(question);
  } finally {
    terminal.close();
  }
}

function help(name: string | undefined): number {
  const verb = VERBS.find((one) => one.name === name);
  if (name !== undefined && !verb) return unknown(name);
  io.out(verb ? helpOf(verb) : overview(VERBS));
  return EXIT.ok;
}

async function version(): Promise<number> {
  const { readVersion } = await import('./cli/version.ts');
  io.out(`${await readVersion()}\n`);
  return EXIT.ok;
}

function unknown(name: string): number {
  const near = nearestWord(
    name,
    VERBS.map((one) => one.name),
  );
  io.err(
    `firebell has no verb ${name}.${near === null ? '' : ` Did you mean ${near}?`}\nTry: firebell --help\n`,
  );
  return EXIT.usage;
}
