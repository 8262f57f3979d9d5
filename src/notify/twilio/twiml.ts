import { html, raw } from 'hono/html';

type Markup = ReturnType<typeof html>;

const HEAD = raw('<?xml version="1.0" encoding="UTF-8"?>');

/** A key menu as TwiML: what is said, how long to wait for a key, and where the key goes. */
interface Menu {
  /** Spoken twice, each followed by the keys. */
  readonly says: string;
  readonly keys: string;
  /** Absolute URL that is told the key. */
  readonly action: string;
  /** Spoken when no key came. */
  readonly otherwise: string;
}

/** Speaks, and hangs up. Everything spoken is escaped. */
export function spoken(...sentences: readonly string[]): Promise<string> {
  return document(html`${sentences.map(say)}<Hangup />`);
}

/** Speaks a menu twice and waits for one key; without one it says so and hangs up. */
export function menu({ says, keys, action, otherwise }: Menu): Promise<string> {
  const gather = html`<Gather input="dtmf" numDigits="1" timeout="6" method="POST" action="${action}"
    >${say(says)}${say(keys)}<Pause length="1" />${say(`Again: ${says}`)}${say(keys)}</Gather
  >`;
  return document(html`${gather}${say(otherwise)}<Hangup />`);
}

/** Answers an SMS with an SMS; null answers nothing. */
export function texted(text: string | null): Promise<string> {
  return document(text === null ? html`` : html`<Message>${text}</Message>`);
}

function say(text: string): Markup {
  return html`<Say>${text}</Say>`;
}

async function document(inside: Markup): Promise<string> {
  const rendered = await html`${HEAD}<Response>${inside}</Response>`;
  return rendered.toString();
}
