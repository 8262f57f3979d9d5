import type { Action } from './message.ts';
import type { TopicEvent } from './server.ts';

/** What stands on the screen of a phone. */
export interface Notification {
  readonly title: string;
  readonly text: string;
  readonly priority: number;
  readonly click: string | null;
  readonly buttons: readonly Action[];
}

/** Sends what a pressed button asks for, as the app does, and answers with the status. */
export type Press = (url: string, init: RequestInit) => Promise<Pick<Response, 'ok' | 'status'>>;

/** The ntfy app on a phone that is subscribed to one topic. It reads the topic as the app does: a line a time from `/topic/json`. */
export class Phone {
  readonly #url: string;
  readonly #headers: Readonly<Record<string, string>>;
  readonly #press: Press;
  #dismissed = new Set<string>();

  constructor(topic: { readonly url: string; readonly token?: string | null }, press: Press) {
    this.#url = topic.url;
    this.#headers = topic.token ? { authorization: `Bearer ${topic.token}` } : {};
    this.#press = press;
  }

  /** Everything that can be seen now, oldest first: a message takes the place of the earlier one of its sequence. */
  async screen(): Promise<readonly Notification[]> {
    return [...(await this.#standing()).values()].map(shown);
  }

  /** Presses a button of the newest notification; one that is to go away does so when the call succeeds. Answers with the status. */
  async press(label: string): Promise<number> {
    const [key, newest] = [...(await this.#standing())].at(-1) ?? [];
    const button = newest?.actions?.find((one) => one.label === label);
    if (key === undefined || button?.action !== 'http') throw new Error(`there is no button ${label}`);
    const { url, method, headers = {}, body } = button;
    const response = await this.#press(url, { method, headers, ...(body === undefined ? {} : { body }) });
    if (response.ok && button.clear) this.#dismissed.add(newest?.id ?? '');
    return response.status;
  }

  /** Listens as the app does while it is open, until so many messages have come. */
  async hears(count: number): Promise<readonly TopicEvent[]> {
    const response = await fetch(`${this.#url}/json?since=all`, { headers: this.#headers });
    const heard: TopicEvent[] = [];
    let rest = '';
    for await (const chunk of (response.body ?? new ReadableStream()).pipeThrough(new TextDecoderStream())) {
      const lines = `${rest}${chunk}`.split('\n');
      rest = lines.pop() ?? '';
      heard.push(...lines.map(eventIn).filter(({ event }) => event !== 'open'));
      if (heard.length >= count) break;
    }
    return heard;
  }

  async #standing(): Promise<ReadonlyMap<string, TopicEvent>> {
    const response = await fetch(`${this.#url}/json?poll=1&since=all`, { headers: this.#headers });
    if (!response.ok) throw new Error(`the app cannot read its topic: ${response.status}`);
    const lines = (await response.text()).split('\n').filter((line) => line !== '');
    const standing = new Map<string, TopicEvent>();
    for (const event of lines.map(eventIn)) {
      const key = event.sequence_id ?? event.id;
      standing.delete(key);
      if (event.event === 'message' && !this.#dismissed.has(event.id)) standing.set(key, event);
    }
    return standing;
  }
}

function eventIn(line: string): TopicEvent {
  // What the server under test writes is of this form.
  return JSON.parse(line) as TopicEvent;
}

function shown({ title = '', message = '', priority = 3, click, actions = [] }: TopicEvent): Notification {
  return { title, text: message, priority, click: click ?? null, buttons: actions };
}
