import { readFile } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { join } from 'node:path';
import { z } from 'zod';
import { Person } from '../people/person.ts';
import type { Outgoing } from '../people/interact.ts';
import { bytesOf } from '../web-api/body.ts';
import { personNamed, snapshot } from './snapshot.ts';

const STATIC: Readonly<Record<string, readonly [string, string]>> = {
  '/': ['index.html', 'text/html'],
  '/page.css': ['page.css', 'text/css'],
  '/page.js': ['page.js', 'text/javascript'],
  '/form.js': ['form.js', 'text/javascript'],
  '/render.js': ['render.js', 'text/javascript'],
};

const At = z.object({ channel: z.string(), ts: z.string() });
const Choice = z.union([z.string(), z.array(z.string())]);
const Doing = z.discriminatedUnion('do', [
  z.object({ do: z.literal('types'), channel: z.string(), text: z.string(), thread: z.string().optional() }),
  z.object({
    do: z.literal('clicks'),
    where: z.union([At, z.enum(['modal', 'home'])]),
    action: z.string(),
    choice: Choice.optional(),
  }),
  z.object({ do: z.literal('submits'), filled: z.record(z.string(), Choice) }),
  z.object({
    do: z.literal('posts_file'),
    channel: z.string(),
    text: z.string(),
    thread: z.string().optional(),
    file: z.object({ name: z.string(), mimetype: z.string(), base64: z.string() }),
  }),
  z.object({ do: z.literal('closes') }),
  z.object({ do: z.literal('uses'), shortcut: z.string(), message: At.optional() }),
  z.object({ do: z.literal('reacts'), message: At, emoji: z.string() }),
  z.object({ do: z.literal('pins'), message: At }),
  z.object({ do: z.literal('unpins'), message: At }),
  z.object({ do: z.literal('deletes'), message: At }),
  z.object({ do: z.literal('joins'), channel: z.string() }),
  z.object({ do: z.literal('opens_home') }),
]);
type Doing = z.infer<typeof Doing>;

/** The page on which people try an app by hand: who one is, what there is to read, and everything that can be clicked. */
export function servePage(inside: Outgoing) {
  return async (request: IncomingMessage, response: ServerResponse): Promise<boolean> => {
    const url = new URL(request.url ?? '/', 'http://localhost');
    const file = STATIC[url.pathname];
    if (file !== undefined) {
      const text = await readFile(join(import.meta.dirname, file[0]));
      response
        .writeHead(200, { 'content-type': `${file[1]}; charset=utf-8`, 'cache-control': 'no-store' })
        .end(text);
      return true;
    }
    if (!url.pathname.startsWith('/ui/')) return false;
    const user =
      personNamed(inside.state, url.searchParams.get('as') ?? '') ??
      personNamed(inside.state, firstOf(inside));
    if (user === null) return answer(response, 404, { problem: 'There is nobody in this workspace.' });
    if (url.pathname === '/ui/state')
      return answer(response, 200, snapshot(inside, user.id, url.searchParams.get('in') ?? ''));
    return answer(response, 200, await perform(new Person(inside, user), await bytesOf(request)));
  };
}

function firstOf({ state }: Outgoing): string {
  return [...state.users.values()].find(({ isBot, deleted }) => !isBot && !deleted)?.id ?? '';
}

function answer(response: ServerResponse, status: number, body: unknown): true {
  response.writeHead(status, {
    'content-type': 'application/json; charset=utf-8',
    'cache-control': 'no-store',
  });
  response.end(JSON.stringify(body));
  return true;
}

async function perform(person: Person, body: Buffer): Promise<unknown> {
  try {
    return (await act(person, Doing.parse(JSON.parse(body.toString('utf8'))))) ?? {};
  } catch (error) {
    return { problem: error instanceof Error ? error.message : String(error) };
  }
}

async function act(person: Person, doing: Doing): Promise<unknown> {
  switch (doing.do) {
    case 'types': {
      const { channel, text, thread } = doing;
      return person.types(text, { channel, ...(thread === undefined ? {} : { thread }) });
    }
    case 'posts_file': {
      const { channel, text, thread, file } = doing;
      const { name, mimetype, base64 } = file;
      const files = [{ name, mimetype, content: Buffer.from(base64, 'base64') }];
      return person.says(channel, text, { files, ...(thread === undefined ? {} : { thread }) });
    }
    case 'clicks':
      return person.clicks(doing.where, doing.action, doing.choice);
    case 'submits':
      return person.submits(doing.filled);
    case 'closes':
      return person.closes();
    case 'uses':
      return person.uses(doing.shortcut, doing.message);
    case 'reacts':
      return person.reacts(doing.message, doing.emoji);
    case 'pins':
      return person.pins(doing.message);
    case 'unpins':
      return person.unpins(doing.message);
    case 'deletes':
      return person.deletes(doing.message);
    case 'joins':
      return person.joins(doing.channel);
    case 'opens_home':
      return person.opensHome();
  }
}
