import type { CommandBook } from '../commands/book.ts';
import type { CommandDefinition } from '../commands/define.ts';
import { grammarOf, synonymWords } from '../commands/grammar.ts';
import type { Line } from '../../domain/text.ts';
import type { Message } from '../message.ts';
import { context, marked, text } from './blocks.ts';
import { listScreen } from './lists.ts';
import { plainLine } from './plain.ts';
import type { Reading } from './plain.ts';

/** Every verb in a line of its own. */
export function helpScreen({ commands }: CommandBook, reading: Reading): Message {
  const items = commands.map((command): Line => [{ code: grammarOf(command) }, ` ${command.summary}`]);
  const foot = marked(
    'In an incident room the room says which incident is meant; elsewhere add `#42`. More about one: `help ack`.',
  );
  return listScreen({ heading: 'What I can do', items, empty: '', foot }, reading);
}

/** One verb: what it does, how it is written, examples. */
export function commandHelp(command: CommandDefinition, reading: Reading): Message {
  const synonyms = synonymWords(command);
  const params = command.params.map((param): Line => [
    { code: param.name },
    ` ${param.description}${param.required === true ? '' : ' (optional)'}`,
  ]);
  const lines: readonly Line[] = [
    [{ code: grammarOf(command) }],
    [`${command.summary}.`],
    ...(synonyms.length === 0 ? [] : [['Also: ', synonyms.join(', '), '.']]),
    ...(command.where === 'incident'
      ? [marked('About the incident of the room, or the one you name: `#42`.')]
      : []),
  ];
  return {
    blocks: [
      { kind: 'heading', text: command.name },
      ...lines.map((line) => text(...line)),
      ...(params.length === 0 ? [] : [{ kind: 'list' as const, items: params }]),
      context(
        'Examples: ',
        ...command.examples.flatMap((example, i): Line => [...(i === 0 ? [] : [' · ']), { code: example }]),
      ),
    ],
    tone: 'calm',
    plain: lines.map((line) => plainLine(line, reading)).join(' '),
    notify: [],
  };
}
