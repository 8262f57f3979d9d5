import { marked, note, whisper } from '../views/blocks.ts';
import { commandHelp, helpScreen } from '../views/help.ts';
import type { CommandBook } from './book.ts';
import { defineCommand } from './define.ts';
import type { CommandDefinition } from './define.ts';

/** `/inc help ack`; help explains the whole book, of which it is a part itself. */
export function helpAbout(book: () => CommandBook): CommandDefinition {
  return defineCommand({
    name: 'help',
    synonyms: ['commands', '?'],
    summary: 'What I can do, or more about one verb',
    where: 'anywhere',
    params: [{ name: 'verb', kind: 'text', description: 'The verb to explain' }],
    examples: ['help', 'help escalate'],
    answer: ({ verb }, { directory, zone }) => {
      const reading = { directory, zone };
      if (verb === null) return whisper(helpScreen(book(), reading));
      const found = book().find(verb);
      if (found !== null) return whisper(commandHelp(found.command, reading));
      const nearest = book().nearest(verb);
      const hint = nearest === null ? '`help` lists them.' : `Did you mean \`${nearest}\`?`;
      return whisper(
        note([[`There is no verb “${verb.slice(0, 40)}”. `, ...marked(hint)]], reading, { tone: 'warning' }),
      );
    },
  });
}
