import type { CommandDefinition } from './define.ts';
import { grammarOf, synonymWords } from './grammar.ts';

const INTRODUCTION = `# The commands

This page is made from the definitions in \`src/chat/commands\` by \`npx vitest run src/chat/commands/reference.test.ts -u\`; without \`-u\` that test fails when it is stale.

Type \`/inc\` and a verb. In an incident's room the room says which incident is meant; elsewhere add its number, as in \`ack #42\`.
Without a number the incident that pages you is meant, or the only open one; with several, Firebell asks.
Bare \`/inc\` opens the form that declares an incident, in an incident's room a menu. \`/inc\` and any other words outside a room declare
an incident with those words as its title, after one question.

People are written as \`@name\`, by id, name or handle; teams, schedules and services by name, with \`team\`, \`schedule\` or \`service\` in front
where several have it. Times and durations are written as people do: \`30m\`, \`2h\`, \`until 18:00\`, \`tomorrow 9am\`, in your own zone.
Put a text in quotes to keep its last words from being read as anything else: \`new "Fire drill"\`.
`;

/** The reference page of all commands, as Markdown. */
export function commandReference(commands: readonly CommandDefinition[]): string {
  const rows = commands.map(
    (command) => `| [\`${escapeCell(grammarOf(command))}\`](#${command.name}) | ${command.summary} |`,
  );
  const table = ['| command | does |', '| --- | --- |', ...rows].join('\n');
  return `${[INTRODUCTION.trimEnd(), table, ...commands.map(section)].join('\n\n')}\n`;
}

const WHERE = {
  anywhere: 'Anywhere.',
  either: 'Anywhere; in an incident it is about that incident.',
  incident: 'About an incident: the room’s, or the one named.',
} as const;

function section(command: CommandDefinition): string {
  const { name, summary, where, params, examples } = command;
  const synonyms = synonymWords(command).map((word) => `\`${word}\``);
  const parts = [
    `## ${name}`,
    `${summary}. ${WHERE[where]}${synonyms.length === 0 ? '' : ` Also: ${synonyms.join(', ')}.`}`,
    ...(params.length === 0 ? [] : [params.map(bullet).join('\n')]),
    `\`\`\`text\n${examples.map((example) => `/inc ${example}`).join('\n')}\n\`\`\``,
  ];
  return parts.join('\n\n');
}

function bullet({ name, description, required, keywords }: CommandDefinition['params'][number]): string {
  const after = keywords === undefined ? '' : `, after ${keywords.map((word) => `\`${word}\``).join(' or ')}`;
  return `- \`${name}\` (${required === true ? 'required' : 'optional'}${after}): ${description}`;
}

function escapeCell(text: string): string {
  return text.replaceAll('|', '\\|');
}
