/** What a verb of the command line may touch. JSON goes to `out` alone, words for people to `err`, so that verbs can be piped. */
export interface Io {
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Asks the person at the terminal, and answers with what they type; not there when nobody sits at one. */
  readonly ask?: (question: string) => Promise<string>;
}

/** The exit codes that scripts can rely on. */
export const EXIT = {
  ok: 0,
  /** The verb ran and the answer is no: problems found, nothing drafted. */
  no: 1,
  /** The words of the call are wrong; nothing was done. */
  usage: 2,
  /** Something that was needed is missing or broken: a file, the database, the network. */
  failed: 3,
} as const;

/** One verb of `firebell <verb>`. `help` is the whole text of `firebell <verb> --help`. */
export interface Verb {
  readonly name: string;
  readonly summary: string;
  readonly help: string;
  readonly run: (argv: readonly string[], io: Io) => Promise<number>;
}

/** Thrown by a verb for words it does not understand; main prints it with the way to the help and exits with 2. */
export class UsageError extends Error {}

/** Thrown by a verb for a thing that is missing or broken; main prints it and exits with 3. */
export class FailedError extends Error {}
