import { expect, it } from 'vitest';
import { aDirectory, aPerson, byId } from '../../../test/support/directory.ts';
import { withDevices } from './devices.ts';

const dm = { channel: 'dm', afterMs: 0 };
const push = { channel: 'web_push', afterMs: 120_000 };

it('reaches whoever has a device there too, after the usual wait, and leaves rules alone that somebody wrote', () => {
  const people = byId([
    aPerson('ana', { usualRules: ['high', 'low'] }),
    aPerson('ben', { usualRules: ['low'] }),
    aPerson('cleo', { usualRules: ['high', 'low'] }),
  ]);
  const overlaid = withDevices(
    { ...aDirectory(), people },
    new Map([
      ['ana', 1],
      ['ben', 2],
      ['gone', 1],
    ]),
  );
  expect([...overlaid.people.values()].map(({ id, handles, rules }) => [id, handles, rules])).toEqual([
    ['ana', { web_push: '1 device' }, { high: [dm, push], low: [dm, push] }],
    ['ben', { web_push: '2 devices' }, { high: [dm], low: [dm, push] }],
    ['cleo', {}, { high: [dm], low: [dm] }],
  ]);
});

it('is the same directory while nobody has a device', () => {
  const directory = aDirectory();
  expect(withDevices(directory, new Map())).toBe(directory);
});
