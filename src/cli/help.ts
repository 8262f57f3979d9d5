import type { Verb } from './verb.ts';

/** What `firebell --help` prints. */
export function overview(verbs: readonly Verb[]): string {
  const widest = Math.max(...verbs.map((verb) => verb.name.length));
  const lines = verbs.map((verb) => `  ${verb.name.padEnd(widest)}  ${verb.summary}`);
  return `Firebell makes sure that somebody answers.

Usage: firebell VERB [arguments]        (in a checkout: node src/main.ts VERB)

${lines.join('\n')}

firebell VERB --help tells more about one of them.

Settings come from the environment: PORT, HOST, DATA_DIR, DATABASE_URL, CONFIG, LOG_LEVEL.
JSON goes to standard output alone, words to standard error.
Exit codes: 0 done · 1 the answer is no · 2 wrong words · 3 something needed is missing or broken.
`;
}

/** What `firebell VERB --help` prints. */
export function helpOf(verb: Verb): string {
  return verb.help.endsWith('\n') ? verb.help : `${verb.help}\n`;
}
