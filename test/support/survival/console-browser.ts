import type { Heard } from './promises.ts';

/** An answer of the console; null when none came. */
export type Shown = { readonly status: number; readonly text: string } | null;

/** Somebody at the console, as one of the people of the sandbox, over real HTTP. Nothing is ever sent twice. */
export class ConsoleBrowser {
  readonly personId: string;
  readonly #url: () => string | null;
  #cookie = '';
  #csrf = '';
  #isKnown = false;
  readonly #rooms = new Map<number, string>();

  /** `url` answers where the bot can be reached now; null is nowhere. */
  constructor(personId: string, url: () => string | null) {
    this.personId = personId;
    this.#url = url;
  }

  async get(path: string): Promise<Shown> {
    return this.#ask(path, { headers: { cookie: this.#cookie, accept: 'text/html' } });
  }

  async post(path: string, fields: Readonly<Record<string, string>>): Promise<Shown> {
    if (this.#csrf === '' && !(await this.#signIn())) return null;
    return this.#send(path, fields);
  }

  /** The open incidents that the overview shows. */
  async openIncidents(): Promise<readonly number[]> {
    if (this.#csrf === '' && !(await this.#signIn())) return [];
    const page = await this.get('/');
    const numbers = [...(page?.text ?? '').matchAll(/href="\/incidents\/(\d+)"/g)].map((match) =>
      Number(match[1]),
    );
    return [...new Set(numbers)];
  }

  /** Types into the room of an incident. Null when it has none yet, so that nothing was said. */
  async type(incidentId: number, text: string): Promise<Heard | null> {
    const room = await this.#roomOf(incidentId);
    return room === null ? null : heard(await this.post(`/rooms/${room}/say`, { text }));
  }

  async #roomOf(incidentId: number): Promise<string | null> {
    const known = this.#rooms.get(incidentId);
    if (known !== undefined) return known;
    const page = await this.get(`/incidents/${incidentId}`);
    const room = /\/rooms\/(\d+)\/say/.exec(page?.text ?? '')?.[1] ?? null;
    if (room !== null) this.#rooms.set(incidentId, room);
    return room;
  }

  /** In three steps, each of which may find nobody there: whoever got halfway goes on from there. */
  async #signIn(): Promise<boolean> {
    if (!this.#isKnown) {
      await this.#readCsrf();
      const switched = await this.#send('/identity', { who: `person ${this.personId}` });
      this.#csrf = '';
      this.#isKnown = switched?.status === 303;
    }
    if (this.#isKnown) await this.#readCsrf();
    return this.#csrf !== '';
  }

  async #readCsrf(): Promise<void> {
    const page = await this.get('/');
    this.#csrf = /data-csrf="([^"]+)"/.exec(page?.text ?? '')?.[1] ?? '';
  }

  async #send(path: string, fields: Readonly<Record<string, string>>): Promise<Shown> {
    return this.#ask(path, {
      method: 'POST',
      body: new URLSearchParams({ csrf: this.#csrf, ...fields }),
      headers: { cookie: this.#cookie, 'hx-request': 'true' },
    });
  }

  async #ask(path: string, request: RequestInit): Promise<Shown> {
    const url = this.#url();
    if (url === null) return null;
    try {
      const response = await fetch(`${url}${path}`, {
        ...request,
        redirect: 'manual',
        signal: AbortSignal.timeout(20_000),
      });
      const cookie = response.headers.get('set-cookie')?.split(';')[0];
      if (cookie !== undefined) this.#cookie = cookie;
      return { status: response.status, text: await response.text() };
    } catch {
      return null;
    }
  }
}

/** What an answer to a line in an incident's own room says: what was done is said in the room and not to the asker again. */
function heard(shown: Shown): Heard {
  if (shown === null || shown.status >= 500 || shown.text.includes('trouble of its own')) return 'unknown';
  return shown.status === 200 && (shown.text.trim() === '' || shown.text.includes('posted. The next update'))
    ? 'done'
    : 'refused';
}
