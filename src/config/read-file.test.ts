import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findConfigFile, readConfigFile } from './read-file.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'firebell-config-'));
});
afterAll(() => rm(folder, { recursive: true }));

describe('which file', () => {
  it('is the one named, then the one of CONFIG, then the built-in example', async () => {
    expect(await findConfigFile({ CONFIG: 'b.yaml' }, 'a.yaml')).toEqual({
      path: 'a.yaml',
      because: 'named',
    });
    expect(await findConfigFile({ CONFIG: 'b.yaml' })).toEqual({ path: 'b.yaml', because: 'environment' });
    const { path, because } = await findConfigFile({ CONFIG: '' });
    expect(because).toBe('example');
    expect(await readConfigFile(path, { env: {} })).toMatchObject({ warnings: [] });
  });
});

describe('reading', () => {
  it('names the line from which a file is not UTF-8', async () => {
    const file = join(folder, 'latin1.yaml');
    await writeFile(file, Buffer.from('people:\n  ana: {}\n  ren\xe9: {}\n', 'latin1'));
    expect(await readConfigFile(file, { env: {} })).toEqual({
      problems: [
        expect.objectContaining({ line: 3, column: 1, message: expect.stringContaining('save it as UTF-8') }),
      ],
    });
  });

  it('passes over a byte-order mark', async () => {
    const file = join(folder, 'bom.yaml');
    await writeFile(file, '\uFEFFpeople: 5\n');
    const loaded = await readConfigFile(file, { env: {} });
    expect('problems' in loaded && loaded.problems.at(-1)).toMatchObject({
      path: 'people',
      line: 1,
      column: 9,
    });
  });

  it('rejects when there is no file', async () => {
    await expect(readConfigFile(join(folder, 'none.yaml'), { env: {} })).rejects.toThrow('ENOENT');
  });
});
