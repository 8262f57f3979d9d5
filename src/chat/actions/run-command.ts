import { readCommand } from '../front-command.ts';
import { defineAction } from './define.ts';

/** A button that does what its typed command does, for whoever presses it. Its value is that command. */
export const runCommand = defineAction({
  name: 'run-command',
  typed: null,
  press: ({ value }, asking) => readCommand(value, asking),
});
