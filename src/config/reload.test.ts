import { describe, expect, it } from 'vitest';
import type { Config } from './config.ts';
import { loadConfig, type Loaded } from './load.ts';
import { holdConfig } from './reload.ts';
import type { Problem } from './problem.ts';

const text = (name: string) =>
  `people: { ana: { name: ${name} } }\npolicies: { p: { steps: [{ targets: [{ person: ana }] }] } }\nlast_resort: { targets: [{ person: ana }] }\n`;

const load = (yaml: string): Loaded => loadConfig(yaml, { env: {}, file: 'firebell.yaml' });

function configOf(yaml: string): Config {
  const loaded = load(yaml);
  if ('problems' in loaded) throw new Error('expected a good file');
  return loaded.config;
}

const nameOf = (config: Config) => config.directory.people.get('ana')?.name;

/** A holder over a file that the test rewrites. */
function holding(first: string) {
  const disk = { read: (): Promise<Loaded> => Promise.resolve(load(first)) };
  const refused: (readonly Problem[])[] = [];
  const holder = holdConfig(configOf(first), {
    read: () => disk.read(),
    onRefused: (problems) => refused.push(problems),
  });
  const write = (yaml: string) => {
    disk.read = () => Promise.resolve(load(yaml));
  };
  return { disk, holder, refused, write };
}

describe('reload', () => {
  it('puts a good file in force and tells who listens, once', async () => {
    const { holder, write } = holding(text('Ana'));
    const heard: string[] = [];
    const stop = holder.onChange((now, before) => heard.push(`${nameOf(before)} -> ${nameOf(now)}`));
    write(text('Anna'));
    expect(await holder.reload()).toMatchObject({ kind: 'changed' });
    expect(nameOf(holder.current())).toBe('Anna');
    expect(await holder.reload()).toMatchObject({ kind: 'same' });
    stop();
    write(text('Annie'));
    await holder.reload();
    expect(heard).toEqual(['Ana -> Anna']);
  });

  it('keeps the old one when the new one is bad, says why, and forgets it once the file is good again', async () => {
    const { holder, refused, write } = holding(text('Ana'));
    write('people: 5');
    expect(await holder.reload()).toMatchObject({ kind: 'refused' });
    expect(nameOf(holder.current())).toBe('Ana');
    expect(refused).toHaveLength(1);
    expect(holder.problems()).toEqual(refused[0]);
    write(text('Ana'));
    expect(await holder.reload()).toMatchObject({ kind: 'same' });
    expect(holder.problems()).toEqual([]);
  });

  it('counts a file that cannot be read as a bad one', async () => {
    const { holder, disk } = holding(text('Ana'));
    disk.read = () => Promise.reject(new Error('ENOENT: no such file'));
    expect(await holder.reload()).toEqual({
      kind: 'refused',
      problems: [expect.objectContaining({ message: 'The file cannot be read: ENOENT: no such file.' })],
    });
    expect(nameOf(holder.current())).toBe('Ana');
  });

  it('runs overlapping reloads one after the other, so that the newest file wins', async () => {
    const { holder, disk } = holding(text('Ana'));
    const slow = Promise.withResolvers<Loaded>();
    const reads = [slow.promise, Promise.resolve(load(text('Newest')))];
    disk.read = () => reads.shift() ?? Promise.reject(new Error('expected two reads'));
    const both = [holder.reload(), holder.reload()];
    slow.resolve(load(text('Older')));
    await Promise.all(both);
    expect(nameOf(holder.current())).toBe('Newest');
  });
});
