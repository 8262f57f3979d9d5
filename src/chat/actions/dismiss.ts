import { replying } from '../step.ts';
import { note, whisper } from '../views/blocks.ts';
import { defineAction } from './define.ts';

/** Cancel, under a question. */
export const dismiss = defineAction({
  name: 'dismiss',
  typed: null,
  press: (_, { directory, zone }) => replying(whisper(note([['Nothing was done.']], { directory, zone }))),
});
