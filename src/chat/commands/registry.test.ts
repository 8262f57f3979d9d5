import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { inRoom } from '../../../test/support/named.ts';
import { ACTIONS } from '../actions/registry.ts';
import { FORMS } from '../forms/registry.ts';
import { BOOK, COMMANDS } from './registry.ts';

describe('the registry of commands', () => {
  it('holds every file of the folder that defines a command', () => {
    const machinery = [
      'book',
      'card',
      'commands',
      'complete',
      'declaration',
      'define',
      'grammar',
      'known-values',
      'named-args',
      'names',
      'own-shift',
      'params',
      'parse',
      'propose-incidents',
      'rank',
      'read-value',
      'reference',
      'registry',
      'when',
      'subject',
      'which-incident',
      'which-schedule',
    ];
    const files = readdirSync(import.meta.dirname)
      .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
      .map((file) => file.replace(/\.ts$/, ''))
      .filter((file) => !machinery.includes(file));
    expect(files.sort()).toEqual(COMMANDS.map(({ name }) => name).sort());
  });

  it('knows every verb of the product and the habits of other tools', () => {
    const verbs =
      'new ack unack decline escalate snooze status update severity rename summary role handoff invite note timeline pages task tasks resolve reopen cancel postmortem list oncall whopages coverage override overrides changes cover swap away shifts confirm handover whoami link unlink test help';
    for (const verb of verbs.split(' ')) expect(BOOK.find(verb)?.command.name, verb).toBe(verb);
    const habits = {
      declare: 'new',
      create: 'new',
      start: 'new',
      open: 'new',
      acknowledge: 'ack',
      claim: 'ack',
      page: 'escalate',
      sev: 'severity',
      lead: 'role',
      assign: 'role',
      action: 'task',
      close: 'resolve',
      fix: 'resolve',
      retro: 'postmortem',
      who: 'oncall',
      whoisoncall: 'oncall',
    };
    for (const [word, verb] of Object.entries(habits)) expect(BOOK.find(word)?.command.name, word).toBe(verb);
  });

  it('has a typed equal for every button that changes something', () => {
    for (const { name, typed } of ACTIONS.values()) {
      // One does nothing, the other carries what to type.
      if (name === 'dismiss' || name === 'run-command') expect(typed).toBeNull();
      else expect(BOOK.find(typed ?? ''), name).not.toBeNull();
    }
  });

  it('holds every file of the folders of buttons and forms', () => {
    const namesIn = (folder: string) =>
      readdirSync(new URL(`../${folder}/`, import.meta.url))
        .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
        .map((file) => file.replace(/\.ts$/, ''))
        .filter((file) => !['define', 'registry'].includes(file))
        .sort();
    expect(namesIn('actions')).toEqual([...ACTIONS.keys()].sort());
    expect(namesIn('forms')).toEqual([...FORMS.keys()].sort());
  });

  it.each(COMMANDS.flatMap(({ name, examples }) => examples.map((example) => ({ name, example }))))(
    'reads its own example: $example',
    async ({ example }) => {
      const world = await inRoom();
      const reply = await world.type(example.replaceAll('#42', '#1'), { roomId: 'room-1' });
      const refused =
        reply.kind === 'private' &&
        /does not know|I know no|There is no verb|is missing/.test(reply.message.plain);
      expect(refused, JSON.stringify(reply)).toBe(false);
    },
  );
});
