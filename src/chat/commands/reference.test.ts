import { expect, it } from 'vitest';
import { commandReference } from './reference.ts';
import { COMMANDS } from './registry.ts';

it('the reference page in docs is made from the definitions as they are', async () => {
  await expect(commandReference(COMMANDS)).toMatchFileSnapshot('../../../docs/commands.md');
});
