import { expect, it } from 'vitest';
import type { RoomFile } from '../../../store/platform-files.ts';
import { filesOfRooms } from '../../../store/platform-files.ts';
import { aPerson } from '../../../../test/support/directory.ts';
import { slackParts } from '../../../../test/support/slack-parts.ts';
import type { NewFile } from '../../../../test/support/slack/people/person.ts';
import { createFileKeeping } from '../../files/keep-files.ts';
import { ensureRoom } from '../rooms.ts';
import { fillRoom } from './fill.ts';
import { isSlack, slackFiles } from './fetch-file.ts';

const LOG = 'upstream timed out\n';

it('keeps what somebody posted, fetched with the token of the bot', async () => {
  const world = await posted({ name: 'app.log', content: LOG });
  expect(await world.keeps()).toMatchObject([
    {
      name: 'app.log',
      state: 'kept',
      type: 'text/plain',
      size: 19,
      checksum: expect.stringMatching(/^[0-9a-f]{64}$/),
    },
  ]);
});

it('asks for what the message does not tell, as where another company shares it', async () => {
  const world = await posted({ name: 'plan.txt', content: 'turn it off and on', isHidden: true });
  expect(await world.keeps()).toMatchObject([{ name: 'plan.txt', state: 'kept', size: 18 }]);
});

it('goes nowhere but to Slack with the token', async () => {
  const world = await posted({
    name: 'plan',
    content: '',
    externalUrl: 'https://docs.example.com/plan',
  });
  expect(await world.keeps()).toMatchObject([
    { state: 'left', why: expect.stringContaining('docs.example.com, where Firebell does not go') },
  ]);
});

it.each([
  ['https://files.slack.com/files-pri/T1-F1/a.log', true],
  ['https://acme.enterprise.slack.com/files/a.log', true],
  ['https://files.slack-gov.com/files-pri/T1-F1/a.log', true],
  ['http://files.slack.com/files-pri/T1-F1/a.log', false],
  ['https://slack.com.example.com/a.log', false],
  ['https://notslack.com/a.log', false],
  ['https://slack.com@example.com/a.log', false],
])('knows whether %s is Slack: %s', (url, is) => {
  expect(isSlack(new URL(url), new URL('https://slack.com/api/'))).toBe(is);
});

it('takes the page to sign in on for no file, and says which scope is missing', async () => {
  const world = await posted({ name: 'app.log', content: LOG });
  world.slack.workspace.grant(['channels:history']);
  expect(await world.keeps()).toMatchObject([
    { state: 'waiting', tries: 1, why: expect.stringContaining('files:read') },
  ]);
});

it('keeps a file that is a page itself', async () => {
  const world = await posted({ name: 'report.html', content: '<h1>Load</h1>', mimetype: 'text/html' });
  expect(await world.keeps()).toMatchObject([{ state: 'kept', size: 13 }]);
});

it('names only what is too large, and what comes when the room has had enough', async () => {
  const world = await posted(
    { name: 'core.dump', content: 'x'.repeat(10_001) },
    ...['a', 'b', 'c'].map((name) => ({ name, content: 'x'.repeat(9_000) })),
  );
  expect((await world.keeps()).map(({ name, state }) => `${name} ${state}`)).toEqual([
    'core.dump left',
    'a kept',
    'b kept',
    'c left',
  ]);
});

it('drops what was deleted', async () => {
  const world = await posted({ name: 'app.log', content: LOG });
  await world.keeps();
  await world.slack.workspace.person('ana').deletesFile('app.log');
  await world.hears();
  expect(await world.keeps()).toMatchObject([{ state: 'deleted', checksum: null, url: null }]);
});

/** A room in which Ana posted these files, each with a message of its own. */
async function posted(...files: readonly NewFile[]) {
  const { parts, slack } = await slackParts();
  const ana = aPerson('ana', { email: 'ana@example.com' });
  const spec = { key: 'r', name: 'inc-1', topic: '', isPrivate: true, members: [ana] };
  const made = await ensureRoom(spec, parts);
  if (!made.ok) throw new Error(made.failure.reason);
  const { roomId } = made.value;
  for (const file of files) await slack.workspace.person('ana').says(roomId, '', { files: [file] });
  const credentials = () => ({ token: slack.tokens.bot, apiUrl: slack.apiUrl });
  const keeping = createFileKeeping('slack', slackFiles(parts, credentials), parts.deps);
  const hears = async (): Promise<void> => void (await fillRoom(roomId, parts));
  await hears();
  return {
    slack,
    hears,
    keeps: async (): Promise<readonly RoomFile[]> => {
      await keeping.run(new Date(Date.now() + 60_000));
      return filesOfRooms(parts.deps.db, [{ platform: 'slack', roomId }]);
    },
  };
}
