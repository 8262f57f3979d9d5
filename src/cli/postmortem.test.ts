import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { transcriptOf } from '../../test/support/postmortem-room.ts';
import { postmortemVerb } from './postmortem.ts';
import { EXIT, FailedError, UsageError } from './verb.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'firebell-postmortem-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function file(name: string, content: unknown): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, typeof content === 'string' ? content : JSON.stringify(content));
  return path;
}

async function run(...argv: readonly string[]) {
  const printed = { out: '', err: '' };
  const code = await postmortemVerb.run(argv, {
    out: (text) => void (printed.out += text),
    err: (text) => void (printed.err += text),
    env: {},
  });
  return { code, ...printed };
}

const room = transcriptOf([
  [0, 'sue', 'customers of Globex cannot pay'],
  [1, 'ana', 'ack, looking'],
  [9, 'ana', 'payments work again'],
]);

describe('firebell postmortem draft', () => {
  it('prints the draft as JSON alone', async () => {
    const { code, out, err } = await run('draft', '--transcript', await file('room.json', room), '--json');
    expect(code).toBe(EXIT.ok);
    expect(err).toBe('');
    expect(JSON.parse(out)).toMatchObject({
      schema: 'postmortem-draft/1',
      caseId: 'case',
      times: { detected: { messageIds: ['m1'] } },
    });
  });

  it('prints Markdown without --json', async () => {
    const { out } = await run('draft', '--transcript', await file('room.json', room));
    expect(out).toMatch(/^# Postmortem: Shop down\n/);
  });

  it('masks the words of --deny', async () => {
    const path = await file('room.json', room);
    expect((await run('draft', '--transcript', path, '--deny', 'Initech, Globex')).out).not.toContain(
      'Globex',
    );
    expect(
      (await run('draft', '--transcript', path, '--deny', 'Initech', '--deny', 'Globex')).out,
    ).not.toContain('Globex');
  });

  it.each([
    [[]],
    [['write']],
    [['draft']],
    [['draft', 'room.json']],
    [['draft', '--transcript', 'a', '--xml']],
  ])('does not understand %j', async (argv) => {
    await expect(run(...argv)).rejects.toThrow(UsageError);
  });

  it('says what is wrong with a file', async () => {
    const draft = async (name: string, content: unknown) =>
      run('draft', '--transcript', await file(name, content));
    await expect(run('draft', '--transcript', join(folder, 'none.json'))).rejects.toThrow(FailedError);
    await expect(draft('broken.json', '{')).rejects.toThrow(/broken\.json is not JSON/);
    await expect(draft('other.json', { schema: 'x' })).rejects.toThrow(
      /is no incident-transcript\/1:\n {2}schema/,
    );
    await expect(
      draft('time.json', { ...room, messages: [{ id: 'm1', ts: 'noon', user: 'ana', text: '' }] }),
    ).rejects.toThrow('messages.0.ts: is no ISO 8601 time');
  });
});
