import type { Browser } from './console-world.ts';
import { Room } from './bot-room.ts';

/** What somebody gets back at once for what they typed, pressed or sent. */
export interface Answer {
  readonly status: number;
  /** Everything that can be read on it, on one line. */
  readonly words: string;
  readonly html: string;
}

/** Somebody at the console: everything goes through its pages, as from a browser. */
export class Visitor {
  readonly #browser: Browser;
  readonly #who: string;
  readonly #settle: () => Promise<void>;
  #isIn = false;

  /** `who` as the switch of identity names people. */
  constructor(browser: Browser, who: string, settle: () => Promise<void>) {
    this.#browser = browser;
    this.#who = who;
    this.#settle = settle;
  }

  /** Types a line, in a room or outside of every room. */
  async types(text: string, inRoom?: Room): Promise<Answer> {
    if (inRoom) return this.#post(`/rooms/${inRoom.id}/say`, { text });
    return this.#post('/ask', { command: text.replace(/^\/inc ?/, '') });
  }

  /** Presses the newest button of that label, in a room or under an answer. Throws when there is none. */
  async presses(label: string, where: Room | Answer): Promise<Answer> {
    const press = where instanceof Room ? await pressIn(where, label) : pressUnder(where, label);
    return this.#post('/act', press);
  }

  /** Fills in the form that was answered, and sends it. What is not named stays as it is. */
  async submits(form: Answer, fields: Readonly<Record<string, string>>): Promise<Answer> {
    const named = Object.entries(fields).map(([name, value]) => [`f.${name}`, value]);
    return this.#post('/forms', { ...filledIn(form.html), ...Object.fromEntries(named) });
  }

  /** Sends what a script of the page sends. */
  sends(path: string, fields: Readonly<Record<string, string>>): Promise<Answer> {
    return this.#post(path, fields);
  }

  /** Opens a page. */
  async opens(path: string): Promise<Answer> {
    await this.#enter();
    const response = await this.#browser.get(path);
    return answered(response.status, await response.text());
  }

  /** The room in which Firebell talks to them alone; null when it never has. */
  async directRoomId(): Promise<number | null> {
    await this.#enter();
    const response = await this.#browser.get('/direct');
    const id = /\/rooms\/(\d+)/.exec(response.headers.get('location') ?? '')?.[1];
    return id === undefined ? null : Number(id);
  }

  async #enter(): Promise<void> {
    if (this.#isIn) return;
    await this.#browser.post('/identity', { who: this.#who });
    this.#isIn = true;
  }

  async #post(path: string, fields: Readonly<Record<string, string>>): Promise<Answer> {
    await this.#enter();
    const response = await this.#browser.post(path, fields, { 'hx-request': 'true' });
    const answer = answered(response.status, await response.text());
    await this.#settle();
    return answer;
  }
}

async function pressIn(room: Room, label: string): Promise<Record<string, string>> {
  const messages = await room.messages();
  const message = messages.findLast(({ buttons }) => buttons.some((one) => one.label === label));
  const button = message?.buttons.find((one) => one.label === label);
  if (!message || !button)
    throw new Error(`expected a button ${label}, found ${(await room.buttons()).join(', ') || 'none'}`);
  return {
    room: String(room.id),
    message: String(message.id),
    press: `${button.action} ${button.value}`,
  };
}

function pressUnder({ html }: Answer, label: string): Record<string, string> {
  for (const [, value = '', inside = ''] of html.matchAll(/name="press" value="([^"]*)">([^<]*)</g)) {
    if (decode(inside).trim() === label) return { ...filledIn(html), press: decode(value) };
  }
  throw new Error(`expected a button ${label} under: ${readable(html)}`);
}

/** What the form in a page carries by itself: hidden fields, chosen options, values as they stand. */
function filledIn(html: string): Record<string, string> {
  const fields: Record<string, string> = {};
  for (const [input] of html.matchAll(/<input[^>]*>/gs)) {
    const isOff = /type="checkbox"/.test(input) && !/\schecked/.test(input);
    if (!isOff) fields[attribute(input, 'name')] = attribute(input, 'value');
  }
  for (const [area, inside = ''] of html.matchAll(/<textarea[^>]*>(.*?)<\/textarea>/gs))
    fields[attribute(area, 'name')] = decode(inside);
  for (const [select] of html.matchAll(/<select[^>]*>.*?<\/select>/gs))
    fields[attribute(select, 'name')] = chosenIn(select);
  return fields;
}

function chosenIn(select: string): string {
  const options = [...select.matchAll(/<option[^>]*>/gs)].map(([option]) => option);
  const chosen = options.find((option) => /\sselected/.test(option)) ?? options[0];
  return chosen === undefined ? '' : attribute(chosen, 'value');
}

function attribute(tag: string, name: string): string {
  return decode(new RegExp(`\\s${name}="([^"]*)"`).exec(tag)?.[1] ?? '');
}

function answered(status: number, html: string): Answer {
  return { status, html, words: readable(html) };
}

/** What a person reads on a page, without its tags. */
function readable(html: string): string {
  const words = html
    .replaceAll(/<(script|style|template)\b.*?<\/\1>/gs, ' ')
    .replaceAll(/<\/?(strong|code|span|a|em|b|time)\b[^>]*>/g, '')
    .replaceAll(/<[^>]*>/g, ' ');
  return decode(words).replaceAll(/\s+/g, ' ').trim();
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&#39;': "'",
  '&amp;': '&',
};

function decode(html: string): string {
  return html.replaceAll(/&(?:lt|gt|quot|#39|amp);/g, (entity) => ENTITIES[entity] ?? entity);
}
