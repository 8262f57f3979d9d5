import { describe, expect, it } from 'vitest';
import { COMMANDS } from '../commands/registry.ts';
import { discordCommands, SHORTCUTS, SUBCOMMANDS, weightOf } from './commands.ts';
import { lineMayOpenForm, mayOpenForm, readFocus, readTyped } from './interactions/read-command.ts';
import type { Interaction, Option } from './interactions/shape.ts';

const MANIFEST = '../../../manifests/discord-commands.json';

describe('the commands of Discord', () => {
  it('are those of the manifest', async () => {
    const manifest = `${JSON.stringify(discordCommands(), null, 2)}\n`;
    await expect(manifest).toMatchFileSnapshot(MANIFEST);
  });

  it('stay within what Discord takes', () => {
    for (const command of discordCommands()) {
      expect(weightOf(command), command.name).toBeLessThanOrEqual(8000);
      expect(command.options?.length ?? 0, command.name).toBeLessThanOrEqual(25);
    }
    expect(new Set(SUBCOMMANDS).size).toBe(SUBCOMMANDS.length);
  });

  it('reach every verb: by a subcommand, by a command of its own, or by a typed line', () => {
    const verbs = new Set<string>([...SUBCOMMANDS, ...Object.values(SHORTCUTS)]);
    const byLine = COMMANDS.map(({ name }) => name).filter((name) => !verbs.has(name));
    expect(byLine.length).toBeGreaterThan(0);
    expect([...verbs].every((verb) => COMMANDS.some(({ name }) => name === verb))).toBe(true);
  });

  it('let a required option go where nothing given opens a form', () => {
    const root = discordCommands().find(({ name }) => name === 'inc');
    const update = root?.options?.find(({ name }) => name === 'update');
    expect(update?.options?.some(({ required }) => required === true)).toBe(false);
  });
});

function typed(name: string, options: readonly Option[]): Interaction {
  return {
    id: '1',
    type: 2,
    token: 't',
    application_id: '2',
    data: { name, type: 1, options: [...options] },
  };
}

const sub = (name: string, options: readonly Option[] = []): Option => ({
  name,
  type: 1,
  options: [...options],
});
const text = (name: string, value: string, focused = false): Option => ({ name, type: 3, value, focused });

describe('a typed command', () => {
  it('is a verb with what stands in its options, and the incident apart', () => {
    const read = readTyped(
      typed('inc', [sub('severity', [text('severity', 'sev1'), text('incident', '#4')])]),
    );
    expect(read).toEqual({ kind: 'verb', verb: 'severity', values: { severity: 'sev1' }, incident: '#4' });
  });

  it('is the verb that a shortcut stands for', () => {
    expect(readTyped(typed('page', [text('target', 'ana')]))).toMatchObject({ verb: 'escalate' });
    expect(readTyped(typed('gone', []))).toBe(null);
  });

  it('is a line under `do`, with or without words', () => {
    expect(readTyped(typed('inc', [sub('do', [text('text', 'whopages checkout')])]))).toEqual({
      kind: 'line',
      text: 'whopages checkout',
    });
    expect(readTyped(typed('inc', [sub('do')]))).toEqual({ kind: 'line', text: '' });
  });

  it('knows in which option somebody is typing', () => {
    const focus = readFocus(typed('inc', [sub('severity', [text('severity', 'se', true)])]));
    expect(focus).toMatchObject({ param: 'severity', text: 'se' });
  });

  it('may open a form only while nothing is given', () => {
    const bare = { kind: 'verb', verb: 'update', values: {}, incident: '#4' } as const;
    expect(mayOpenForm(bare)).toBe(true);
    expect(mayOpenForm({ ...bare, values: { text: 'we know' } })).toBe(false);
    expect(mayOpenForm({ ...bare, verb: 'ack' })).toBe(false);
    expect(['', 'update', 'update #4', 'new'].every(lineMayOpenForm)).toBe(true);
    expect(['update we know', 'ack', 'declare it'].some(lineMayOpenForm)).toBe(false);
  });
});
