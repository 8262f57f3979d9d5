import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { ConsoleWorld } from '../../../test/support/console-world.ts';
import { consoleWorld, said, updateForm } from '../../../test/support/console-world.ts';
import { anIncident } from '../../../test/support/incident.ts';
import type { Store } from '../../store/db.ts';
import { openStore } from '../../store/open-store.ts';
import { aPerson } from '../../../test/support/directory.ts';

let store: Store;
let world: ConsoleWorld;
beforeAll(async () => {
  store = await openStore({ dataDir: ':memory:' });
});
afterAll(() => store.close());
beforeEach(async () => {
  world = await consoleWorld({ store });
});
afterEach(() => world.close());

const SCRIPTED = { 'hx-request': 'true' };

describe('talking', () => {
  it('keeps what somebody said, and tells the front that somebody is alive', async () => {
    const room = await world.room();
    const ana = await world.as('ana');
    const response = await ana.post(`/rooms/${room.roomId}/say`, { text: 'rolling back', key: 'k1' });
    expect([response.status, response.headers.get('location')]).toEqual([303, `/rooms/${room.roomId}`]);
    expect(await ana.page(`/rooms/${room.roomId}`)).toContain('rolling back');
    expect(world.heard).toEqual([{ kind: 'heard', text: 'rolling back', roomId: room.roomId, by: 'ana' }]);
  });

  it('keeps a line that was sent twice once', async () => {
    const room = await world.room();
    const ana = await world.as('ana');
    for (let i = 0; i < 2; i += 1)
      await ana.post(`/rooms/${room.roomId}/say`, { text: 'rolling back', key: 'k1' });
    const page = await ana.page(`/rooms/${room.roomId}`);
    expect(page.split('rolling back')).toHaveLength(2);
    expect(world.heard).toHaveLength(1);
  });

  it('shows hostile text as text', async () => {
    const room = await world.room();
    const ana = await world.as('ana');
    const hostile =
      '<img src=x onerror=alert(1)> <!channel> @ana [x](https://evil.example) https://evil.example';
    await ana.post(`/rooms/${room.roomId}/say`, { text: `${hostile}\0` });
    await world.post(
      room,
      said(hostile, {
        blocks: [
          { kind: 'heading', text: hostile },
          { kind: 'quote', text: hostile },
          { kind: 'document', title: hostile, markdown: `# ${hostile}\n- ${hostile}` },
        ],
      }),
    );
    const page = await ana.page(`/rooms/${room.roomId}`);
    expect(page).toContain('&lt;img src=x onerror=alert(1)&gt; &lt;!channel&gt; @ana');
    expect(page).not.toMatch(/<img|href="https:\/\/evil|\0/);
  });

  it('refuses a message above 4000 characters in words', async () => {
    const room = await world.room();
    const ana = await world.as('ana');
    const response = await ana.post(`/rooms/${room.roomId}/say`, { text: 'x'.repeat(4001) }, SCRIPTED);
    expect([response.status, await response.text()]).toEqual([
      400,
      'A message has at most 4000 characters; this one has 4001.',
    ]);
  });

  it('says nothing more in an archived room, where commands still work', async () => {
    const room = await world.room();
    await world.console.platform.setRoomState(room.roomId, { topic: '', members: [], archived: true });
    const ana = await world.as('ana');
    expect((await ana.post(`/rooms/${room.roomId}/say`, { text: 'hello' }, SCRIPTED)).status).toBe(400);
    expect(
      (await ana.post(`/rooms/${room.roomId}/say`, { text: '/inc reopen it is back' }, SCRIPTED)).status,
    ).toBe(200);
    expect(world.heard.map(({ text }) => text)).toEqual(['reopen it is back']);
  });
});

describe('commands, buttons and forms', () => {
  it('takes /inc, /incident and the verb alone for the same command', async () => {
    const room = await world.room();
    const ana = await world.as('ana');
    for (const text of ['/inc ack', '/incident ack', '/ack', '/inc', '/incidental']) {
      await ana.post(`/rooms/${room.roomId}/say`, { text });
    }
    expect(world.heard.map((one) => one.text)).toEqual(['ack', 'ack', 'ack', '', 'incidental']);
  });

  it('shows a private answer to the asker alone, and keeps it nowhere', async () => {
    const room = await world.room();
    world.replies.set('oncall', { kind: 'private', message: said('Ana is on call') });
    const ana = await world.as('ana');
    const answer = await (await ana.post(`/rooms/${room.roomId}/say`, { text: '/oncall' }, SCRIPTED)).text();
    expect(answer).toContain('Only you can see this');
    expect(answer).toContain('Ana is on call');
    expect(await ana.page(`/rooms/${room.roomId}`)).not.toContain('Ana is on call');
    const withoutScripts = await ana.post(`/rooms/${room.roomId}/say`, { text: '/oncall' });
    expect(await withoutScripts.text()).toMatch(/<main[^]*Only you can see this[^]*Ana is on call/);
  });

  it('posts a pressed button with the message it stands in', async () => {
    const room = await world.room();
    const button = {
      action: 'acknowledge',
      value: '42/1/3',
      label: 'Acknowledge',
      style: 'primary' as const,
    };
    const messageId = await world.post(
      room,
      said('Page', { blocks: [{ kind: 'buttons', buttons: [button] }] }),
    );
    const ana = await world.as('ana');
    expect(await ana.page(`/rooms/${room.roomId}`)).toContain('value="acknowledge 42/1/3"');
    await ana.post('/act', { room: room.roomId, message: messageId, press: 'acknowledge 42/1/3' });
    expect(world.heard).toEqual([
      { kind: 'action', text: `acknowledge 42/1/3 ${messageId}`, roomId: room.roomId, by: 'ana' },
    ]);
  });

  it('shows a form again with its errors and what was typed', async () => {
    const room = await world.room();
    world.replies.set('update', { kind: 'form', form: updateForm() });
    world.formReplies.set('post-update', ({ next }) =>
      next === 'soon'
        ? { kind: 'field_errors', errors: { next: 'Say a duration like 30m.' } }
        : { kind: 'nothing' },
    );
    const ana = await world.as('ana');
    const form = await (await ana.post(`/rooms/${room.roomId}/say`, { text: '/update' }, SCRIPTED)).text();
    const sealed = sealOf(form);
    const wrong = await ana.post(
      '/forms',
      { ...sealed, room: room.roomId, 'f.text': 'we found "it"', 'f.next': 'soon', 'f.public': 'on' },
      SCRIPTED,
    );
    expect(wrong.headers.get('hx-retarget')).toBe('#dialogs');
    const again = await wrong.text();
    expect(again).toMatch(/id="f-next"[^>]*aria-describedby="f-next-error"[^>]*aria-invalid="true"/);
    expect(again).toContain('Say a duration like 30m.');
    expect(again).toContain('we found &quot;it&quot;');
    expect(again).toMatch(/type="checkbox"[^>]*checked/);
    const right = await ana.post(
      '/forms',
      { ...sealOf(again), room: room.roomId, 'f.text': 'found', 'f.next': '30m' },
      SCRIPTED,
    );
    expect([right.status, await right.text()]).toEqual([200, '']);
  });

  it('asks for a required field itself', async () => {
    world.replies.set('update', { kind: 'form', form: updateForm() });
    const ana = await world.as('ana');
    const form = await (await ana.post('/ask', { command: 'update' }, SCRIPTED)).text();
    const again = await (
      await ana.post('/forms', { ...sealOf(form), room: '', 'f.text': '  ' }, SCRIPTED)
    ).text();
    expect(again).toContain('Please fill this in.');
    expect(world.heard.filter(({ kind }) => kind === 'submit')).toEqual([]);
  });

  it('takes no form that it did not make', async () => {
    world.replies.set('update', { kind: 'form', form: updateForm() });
    const ana = await world.as('ana');
    const form = await (await ana.post('/ask', { command: 'update' }, SCRIPTED)).text();
    const { shape = '', seal = '' } = sealOf(form);
    const forged = { shape: shape.replace('"42"', '"43"'), seal, room: '' };
    expect((await ana.post('/forms', forged)).status).toBe(400);
    expect((await ana.post('/forms', { shape: '{', seal: '', room: '' })).status).toBe(400);
  });

  it('completes a command and keeps what stands before it', async () => {
    const room = await world.room();
    const ana = await world.as('ana');
    const complete = async (text: string) =>
      (await ana.get(`/complete?${new URLSearchParams({ room: room.roomId, text }).toString()}`)).json();
    expect(await complete('/inc re')).toEqual([
      { insert: '/inc resolve ', label: 'resolve', detail: 'What resolve does' },
    ]);
    expect(await complete('/a')).toEqual([{ insert: '/ack ', label: 'ack', detail: 'What ack does' }]);
    expect(await complete('hello')).toEqual([]);
  });
});

describe('who may see what', () => {
  it('makes a private room absent for who is not in it, on every way to it', async () => {
    const room = await world.room({ isPrivate: true, members: [aPerson('ana')], name: 'inc-7-secret' });
    await world.post(room, said('the secret'));
    const [ana, ben] = [await world.as('ana'), await world.as('ben')];
    expect(await ana.page(`/rooms/${room.roomId}`)).toContain('the secret');
    expect(await ben.page('/')).not.toContain('inc-7-secret');
    const path = `/rooms/${room.roomId}`;
    const tries = [
      await ben.get(path),
      await ben.post(`${path}/say`, { text: 'hi' }),
      await ben.post(`${path}/say`, { text: '/ack' }),
      await ben.post(`${path}/read`, { seq: '1' }),
      await ben.post('/act', { room: room.roomId, press: 'acknowledge 7' }),
    ];
    expect(tries.map(({ status }) => status)).toEqual([404, 404, 404, 404, 404]);
    expect(await tries[0]?.text()).toContain(
      'There is no such room, or it is private and you are not in it.',
    );
    expect(world.heard).toEqual([]);
  });

  it('gives a direct room to one person alone', async () => {
    const room = await world.direct('ana');
    await world.post(room, said('Wake up'));
    const [ana, ben, guest] = [await world.as('ana'), await world.as('ben'), world.browser()];
    await guest.post('/identity', { who: 'guest' });
    expect(await ana.page(`/rooms/${room.roomId}`)).toContain('Wake up');
    expect((await ben.get(`/rooms/${room.roomId}`)).status).toBe(404);
    expect((await guest.get(`/rooms/${room.roomId}`)).status).toBe(404);
    await world.console.platform.setRoomState(room.roomId, {
      topic: 'x',
      members: [aPerson('ben')],
      archived: false,
    });
    expect((await ben.get(`/rooms/${room.roomId}`)).status).toBe(404);
  });

  it('hides a private incident everywhere', async () => {
    world.facts.incidents.push(
      anIncident({ id: 7, title: 'Leaked keys', visibility: 'private', members: ['ana'] }),
    );
    const [ana, ben] = [await world.as('ana'), await world.as('ben')];
    expect(await ana.page('/')).toContain('Leaked keys');
    for (const path of ['/', '/incidents']) expect(await ben.page(path)).not.toContain('Leaked keys');
    for (const path of ['', '/timeline', '/pages', '/postmortem', '/postmortem.md']) {
      expect((await ben.get(`/incidents/7${path}`)).status).toBe(404);
    }
  });
});

describe('unread marks', () => {
  it('counts what others said in my rooms until I look', async () => {
    const room = await world.direct('ana');
    await world.post(room, said('one'));
    await world.post(room, said('two'));
    const ana = await world.as('ana');
    expect(await ana.page('/')).toMatch(/<title>\(2\) Overview/);
    await ana.page(`/rooms/${room.roomId}`);
    expect(await ana.page('/')).toContain('<title>Overview');
    await world.post(room, said('three'));
    await ana.post(`/rooms/${room.roomId}/say`, { text: 'thanks' });
    expect(await ana.page('/')).toMatch(/<title>\(1\) Overview/);
    await ana.post(`/rooms/${room.roomId}/read`, { seq: '1' });
    expect(await ana.page('/')).toMatch(/<title>\(1\) Overview/);
    await ana.post(`/rooms/${room.roomId}/read`, { seq: '999999' });
    expect(await ana.page('/')).toContain('<title>Overview');
  });
});

function sealOf(form: string): Record<string, string> {
  const value = (name: string): string => {
    const escaped = new RegExp(`name="${name}" value="([^"]*)"`).exec(form)?.[1] ?? '';
    return escaped
      .replaceAll('&quot;', '"')
      .replaceAll('&#39;', "'")
      .replaceAll('&lt;', '<')
      .replaceAll('&amp;', '&');
  };
  return { shape: value('shape'), seal: value('seal') };
}
