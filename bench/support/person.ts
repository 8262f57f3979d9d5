import type { IncomingMessage } from 'node:http';
import { ask, open } from './http.ts';
import type { Answered } from './http.ts';

/** The live updates of one open page of the console. */
export interface Screen {
  /** Answers with the moment (`performance.now()`) at which words of a message arrived that hold this text; throws after 30 s. */
  readonly shows: (text: string) => Promise<number>;
  readonly close: () => void;
}

const PATIENCE_MS = 30_000;

/** Somebody signed in to the console of a bot in the sandbox. */
export class Person {
  readonly #url: string;
  readonly #id: string;
  #cookie = '';
  #csrf = '';

  private constructor(url: string, id: string) {
    this.#url = url;
    this.#id = id;
  }

  static async signIn(url: string, id: string): Promise<Person> {
    const person = new Person(url, id);
    await person.#readCsrf();
    await person.#post('/identity', { who: `person ${id}` });
    await person.#readCsrf();
    return person;
  }

  /** Opens the page of a room and follows it as a browser does. */
  async lookAt(roomId: string): Promise<Screen> {
    const path = `/rooms/${roomId}`;
    const point = /data-live="([^"]+)"/.exec((await this.get(path)).text)?.[1];
    if (point === undefined) throw new Error(`expected ${this.#id} to see the room ${roomId}`);
    const live = `${this.#url}/live?here=${encodeURIComponent(path)}&after=${point}`;
    return follow(await open({ url: live, headers: { cookie: this.#cookie } }));
  }

  /** The room in which Firebell pages this person; null before it ever did. */
  async directRoom(): Promise<string | null> {
    const { headers } = await this.get('/direct');
    return /^\/rooms\/(\d+)$/.exec(headers.location ?? '')?.[1] ?? null;
  }

  /** Types a line into a room, and answers with what the console shows to the typist. */
  type(roomId: string, text: string): Promise<Answered> {
    return this.#post(`/rooms/${roomId}/say`, { text });
  }

  get(path: string): Promise<Answered> {
    return this.#keep(ask({ url: this.#url + path, headers: { cookie: this.#cookie, accept: 'text/html' } }));
  }

  #post(path: string, fields: Readonly<Record<string, string>>): Promise<Answered> {
    return this.#keep(
      ask({
        url: this.#url + path,
        body: new URLSearchParams({ csrf: this.#csrf, ...fields }).toString(),
        headers: {
          'content-type': 'application/x-www-form-urlencoded',
          cookie: this.#cookie,
          'hx-request': 'true',
        },
      }),
    );
  }

  async #keep(asked: Promise<Answered>): Promise<Answered> {
    const answered = await asked;
    const cookie = answered.headers['set-cookie']?.[0]?.split(';')[0];
    if (cookie !== undefined) this.#cookie = cookie;
    return answered;
  }

  async #readCsrf(): Promise<void> {
    this.#csrf = /data-csrf="([^"]+)"/.exec((await this.get('/')).text)?.[1] ?? '';
  }
}

interface Waiting {
  readonly text: string;
  readonly seen: (at: number) => void;
}

/** Reads a stream of server-sent events; only `message` events count, as only they put words onto the page. */
function follow(stream: IncomingMessage): Screen {
  const waiting = new Set<Waiting>();
  const messages: { readonly data: string; readonly at: number }[] = [];
  let unread = '';
  stream.setEncoding('utf8');
  stream.on('error', () => undefined);
  stream.on('data', (chunk: string) => {
    const at = performance.now();
    const parts = (unread + chunk).split('\n\n');
    unread = parts.pop() ?? '';
    for (const data of parts.filter((part) => part.startsWith('event: message\n'))) {
      messages.push({ data, at });
      for (const one of waiting) if (data.includes(one.text)) one.seen(at);
    }
  });
  return {
    shows: (text) =>
      new Promise((resolve, reject) => {
        const there = messages.find(({ data }) => data.includes(text));
        if (there) return resolve(there.at);
        const late = setTimeout(
          () => reject(new Error(`expected "${text}" within ${PATIENCE_MS / 1000} s`)),
          PATIENCE_MS,
        );
        const one: Waiting = {
          text,
          seen: (at) => {
            clearTimeout(late);
            waiting.delete(one);
            resolve(at);
          },
        };
        waiting.add(one);
        return undefined;
      }),
    close: () => stream.destroy(),
  };
}
