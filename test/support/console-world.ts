import { Hono } from 'hono';
import type { ChatFront } from '../../src/chat/chat-front.ts';
import type { ConsoleDeps } from '../../src/chat/console/deps.ts';
import type { Console } from '../../src/chat/console/console.ts';
import { createConsole } from '../../src/chat/console/console.ts';
import type { Form, Message, Reply } from '../../src/chat/message.ts';
import type { Room, RoomSpec } from '../../src/chat/platform.ts';
import type { Directory, Person } from '../../src/domain/directory.ts';
import { createLogger } from '../../src/lib/logger.ts';
import type { Store } from '../../src/store/db.ts';
import { openStore } from '../../src/store/open-store.ts';
import { noFacts, readsOfFacts } from './console-facts.ts';
import type { ConsoleFacts } from './console-facts.ts';
import { aDirectory } from './directory.ts';

const ORIGIN = 'http://localhost:8080';

/** What a front was asked. */
export interface Heard {
  readonly kind: keyof ChatFront;
  readonly text: string;
  readonly roomId: string | null;
  readonly by: string;
}

/** A console on a fresh embedded database, with a front and reads that a test arranges. */
export interface ConsoleWorld {
  readonly console: Console;
  readonly store: Store;
  readonly app: Hono;
  readonly heard: Heard[];
  /** What the front replies to the command that begins with these words. */
  readonly replies: Map<string, Reply>;
  /** What the front replies to the form of this name. */
  readonly formReplies: Map<string, (fields: Readonly<Record<string, string>>) => Reply>;
  readonly facts: ConsoleFacts;
  readonly clock: { now: () => Date; pass: (ms: number) => void };
  readonly room: (spec?: Partial<RoomSpec>) => Promise<Room>;
  readonly direct: (personId: string) => Promise<Room>;
  readonly post: (room: Room, message: Message, key?: string) => Promise<string>;
  readonly browser: () => Browser;
  readonly as: (personId: string) => Promise<Browser>;
  /** Another process on the same database. */
  readonly neighbour: () => Promise<Console>;
  readonly close: () => Promise<void>;
}

/** A message of the bot in one sentence. */
export function said(plain: string, changes: Partial<Message> = {}): Message {
  return { blocks: [{ kind: 'text', line: [plain] }], tone: 'calm', plain, notify: [], ...changes };
}

/** A form with one field of each kind. */
export function updateForm(): Form {
  const field = { hint: null, required: false };
  return {
    form: 'post-update',
    value: '42',
    title: 'Post an update',
    submitLabel: 'Post update',
    fields: [
      {
        ...field,
        kind: 'long_text',
        name: 'text',
        label: 'What happened, what is next',
        value: '',
        required: true,
        hint: 'Goes to the room and to the stakeholders.',
      },
      {
        ...field,
        kind: 'choice',
        name: 'status',
        label: 'Status',
        value: 'investigating',
        choices: ['investigating', 'identified', 'monitoring'].map((value) => ({ value, label: value })),
      },
      { ...field, kind: 'text', name: 'next', label: 'Next update in', value: '30m' },
      { ...field, kind: 'check', name: 'public', label: 'Also on the status page', value: false },
    ],
  };
}

export interface WorldOptions {
  readonly sandbox?: boolean;
  readonly directory?: Directory;
  readonly tokens?: Readonly<Record<string, string>>;
  readonly publicUrl?: string;
  /** What is wrong with the calendars of schedules. */
  readonly calendarProblems?: Readonly<Record<string, readonly string[]>>;
  readonly holidaySources?: ReturnType<ConsoleDeps['calendars']['holidaySources']>;
  /** Emptied first, and left open at the end. */
  readonly store?: Store;
}

/** By which push services would know this world. */
export const PUSH_KEY =
  'BDd3_hVL9fZi9Ybo2UUzA284WG5FZR30_95YeZJsiApwXKpNcF1rRPF3foIiBHXRdJI2Qhumhf6_LFTeZaNndIo';

/** Builds the world. Close it after the test. */
export async function consoleWorld(options: WorldOptions = {}): Promise<ConsoleWorld> {
  const store = options.store ?? (await openStore({ dataDir: ':memory:' }));
  await store.db.execute('truncate chat_rooms, chat_messages, chat_reads restart identity');
  const directory = options.directory ?? aDirectory();
  const facts = noFacts();
  const heard: Heard[] = [];
  const replies: ConsoleWorld['replies'] = new Map();
  const formReplies: ConsoleWorld['formReplies'] = new Map();
  let now = new Date('2026-08-03T12:00:00Z').getTime();
  const clock = {
    now: () => new Date(now),
    pass: (ms: number) => {
      now += ms;
    },
  };
  const deps: ConsoleDeps = {
    db: store.db,
    clock,
    logger: createLogger({ level: 'silent' }),
    directory: () => directory,
    front: () => frontOf({ heard, replies, formReplies }),
    reach: () => Promise.resolve(() => null),
    reads: readsOfFacts(facts, store),
    signIn: async (token) => options.tokens?.[token] ?? null,
    sendTestAlert: async () => {
      const newest = facts.incidents.at(-1);
      return newest ? { incidentId: newest.id } : null;
    },
    sandbox: options.sandbox ?? true,
    instanceSecret: 'a secret of the instance',
    publicUrl: () => options.publicUrl ?? ORIGIN,
    devices: {
      publicKey: async () => PUSH_KEY,
      allows: (endpoint) => !endpoint.startsWith('https://internal.example'),
      changed: async () => undefined,
    },
    calendars: {
      problemsOf: (id) => options.calendarProblems?.[id] ?? [],
      holidaySources: () => options.holidaySources ?? [],
    },
    listen: store.listen,
  };
  const console = createConsole(deps);
  await console.start();
  const app = new Hono();
  app.route(console.routes.at, console.routes.routes);
  const consoles = [console];
  return {
    console,
    store,
    app,
    heard,
    replies,
    formReplies,
    facts,
    clock,
    room: async (spec) => valueOf(await console.platform.ensureRoom(roomSpec(spec))),
    direct: async (id) => valueOf(await console.platform.directRoom(personOf(directory, id))),
    post: async (room, message, key = message.plain) =>
      valueOf(await console.platform.post(room.roomId, message, key)).messageId,
    browser: () => new Browser(app),
    as: async (id) => {
      const browser = new Browser(app);
      await browser.get('/');
      await browser.post('/identity', { who: `person ${id}` });
      await browser.get('/');
      return browser;
    },
    neighbour: async () => {
      const other = createConsole(deps);
      consoles.push(other);
      await other.start();
      return other;
    },
    close: async () => {
      for (const one of consoles) await one.stop();
      if (!options.store) await store.close();
    },
  };
}

/** A browser that keeps its cookie and the token of the page it saw last. */
export class Browser {
  readonly app: Pick<Hono, 'request'>;
  cookie = '';
  csrf = '';

  constructor(app: Pick<Hono, 'request'>) {
    this.app = app;
  }

  async get(path: string, headers: Readonly<Record<string, string>> = {}): Promise<Response> {
    const response = await this.app.request(`${ORIGIN}${path}`, {
      headers: { cookie: this.cookie, host: 'localhost:8080', accept: 'text/html', ...headers },
    });
    this.#keep(response);
    return response;
  }

  /** The words and tags of a page. */
  async page(path: string): Promise<string> {
    const response = await this.get(path);
    const html = await response.text();
    this.csrf = /data-csrf="([^"]+)"/.exec(html)?.[1] ?? this.csrf;
    return html;
  }

  async post(
    path: string,
    fields: Readonly<Record<string, string>>,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<Response> {
    if (this.csrf === '') await this.page('/');
    const response = await this.app.request(`${ORIGIN}${path}`, {
      method: 'POST',
      body: new URLSearchParams({ csrf: this.csrf, ...fields }).toString(),
      headers: {
        cookie: this.cookie,
        host: 'localhost:8080',
        origin: ORIGIN,
        'content-type': 'application/x-www-form-urlencoded',
        ...headers,
      },
    });
    this.#keep(response);
    return response;
  }

  /** Listens to live updates as a script does. */
  async live(after: string, lastEventId?: string): Promise<LiveStream> {
    const headers = lastEventId === undefined ? {} : { 'last-event-id': lastEventId };
    return new LiveStream(await this.get(`/live?after=${after}`, headers));
  }

  #keep(response: Response): void {
    const cookie = response.headers.get('set-cookie')?.split(';')[0];
    if (cookie === undefined) return;
    this.cookie = cookie;
    this.csrf = '';
  }
}

/** One event of the live stream. */
export interface LiveEvent {
  readonly event: string;
  readonly id: string;
  readonly data: Readonly<Record<string, unknown>>;
}

/** A live stream, read event by event. */
export class LiveStream {
  readonly #reader: ReadableStreamDefaultReader<string>;
  #text = '';

  constructor(response: Response) {
    if (!response.body) throw new Error(`expected a stream, got ${response.status}`);
    this.#reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  }

  /** The next event of a kind; others before it are passed over. */
  async next(kind: string): Promise<LiveEvent> {
    for (;;) {
      const event = await this.#any();
      if (event.event === kind) return event;
    }
  }

  async close(): Promise<void> {
    await this.#reader.cancel();
  }

  async #any(): Promise<LiveEvent> {
    for (;;) {
      const end = this.#text.indexOf('\n\n');
      if (end >= 0) {
        const lines = this.#text.slice(0, end).split('\n');
        this.#text = this.#text.slice(end + 2);
        const field = (name: string): string =>
          lines.find((line) => line.startsWith(`${name}: `))?.slice(name.length + 2) ?? '';
        if (field('event') !== '')
          return { event: field('event'), id: field('id'), data: JSON.parse(field('data')) };
        continue;
      }
      const { done, value } = await this.#reader.read();
      if (done) throw new Error('the live stream ended');
      this.#text += value;
    }
  }
}

function roomSpec(spec: Partial<RoomSpec> = {}): RoomSpec {
  const key = spec.key ?? 'incident:42';
  return {
    key,
    name: 'inc-42-payments-fail',
    topic: 'Payments fail',
    isPrivate: false,
    members: [],
    ...spec,
  };
}

function personOf(directory: Directory, id: string): Person {
  const person = directory.people.get(id);
  if (!person) throw new Error(`expected a person of the directory, got ${id}`);
  return person;
}

function valueOf<T>(
  answer:
    | { readonly ok: true; readonly value: T }
    | { readonly ok: false; readonly failure: { readonly reason: string } },
): T {
  if (!answer.ok) throw new Error(answer.failure.reason);
  return answer.value;
}

function frontOf({
  heard,
  replies,
  formReplies,
}: Pick<ConsoleWorld, 'heard' | 'replies' | 'formReplies'>): ChatFront {
  const note = (
    kind: keyof ChatFront,
    text: string,
    { actor, roomId }: { actor: { kind: string }; roomId: string | null },
  ): void => {
    heard.push({ kind, text, roomId, by: 'id' in actor ? String(actor.id) : actor.kind });
  };
  const replyTo = (text: string): Reply =>
    [...replies].find(([start]) => text.startsWith(start))?.[1] ?? { kind: 'nothing' };
  return {
    command: async (input) => {
      note('command', input.text, input);
      return replyTo(input.text);
    },
    invoke: async (input) => {
      note('invoke', `${input.verb} ${JSON.stringify(input.values)}`, input);
      return replyTo(input.verb);
    },
    propose: async () => [],
    action: async (input) => {
      note('action', `${input.action} ${input.value} ${input.messageId ?? ''}`.trim(), input);
      return replyTo(input.action);
    },
    submit: async (input) => {
      note('submit', `${input.form} ${input.value} ${JSON.stringify(input.fields)}`, input);
      return formReplies.get(input.form)?.(input.fields) ?? { kind: 'nothing' };
    },
    complete: async ({ text }) =>
      ['ack', 'escalate', 'resolve', 'update']
        .filter((verb) => verb.startsWith(text.trim()))
        .map((verb) => ({ insert: `${verb} `, label: verb, detail: `What ${verb} does` })),
    heard: async (input) => note('heard', input.text, input),
  };
}
