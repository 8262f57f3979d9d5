/** The body of a post as data, or what is wrong with it. */
export type Body =
  | { readonly kind: 'ok'; readonly body: unknown }
  | { readonly kind: 'bad'; readonly reason: string };

/** Deeper than any sender nests; beyond it even reading would cost more than an alert is worth. */
const DEEPEST = 100;

/**
 * Reads a body as JSON, as form fields or as text. JSON is recognised by its first character whatever the content type says, because
 * many senders name the wrong one or none. Bytes that are no UTF-8 become U+FFFD, so that one bad character loses no alert.
 */
export function readBody(bytes: Uint8Array, contentType: string | null): Body {
  const text = decodeText(bytes);
  const type = (contentType ?? '').split(';')[0]?.trim().toLowerCase() ?? '';
  const start = text.trimStart().slice(0, 1);
  if (start === '') return bad('the body is empty');
  if (start === '{' || start === '[') return readJson(text);
  if (type.startsWith('multipart/'))
    return bad('multipart forms are not understood; send JSON or form fields');
  if (type === 'application/x-www-form-urlencoded' && text.includes('=')) return readForm(text);
  if (type === 'text/plain' || type === 'application/x-www-form-urlencoded')
    return { kind: 'ok', body: text };
  return readJson(text);
}

const UTF8 = new TextDecoder('utf-8');

/** The text of a body, without a byte order mark. */
export function decodeText(bytes: Uint8Array): string {
  return UTF8.decode(bytes);
}

function readJson(text: string): Body {
  if (isTooDeep(text)) return bad(`the JSON nests deeper than ${DEEPEST} levels`);
  try {
    return { kind: 'ok', body: parseJson(text) };
  } catch (error) {
    return bad(`the body is not JSON: ${error instanceof Error ? error.message : 'it cannot be read'}`);
  }
}

// A number too long for JavaScript would make two keys one; only then is the slower way taken.
function parseJson(text: string): unknown {
  return /\d{16}/.test(text) ? JSON.parse(text, exactNumber) : JSON.parse(text);
}

function exactNumber(_key: string, value: unknown, context?: { readonly source?: string }): unknown {
  if (typeof value !== 'number' || Number.isSafeInteger(value) || !Number.isInteger(value)) return value;
  return context?.source ?? value;
}

function isTooDeep(text: string): boolean {
  let depth = 0;
  let inString = false;
  for (let i = 0; i < text.length; i += 1) {
    const code = text.charCodeAt(i);
    if (inString) {
      if (code === BACKSLASH) i += 1;
      else if (code === QUOTE) inString = false;
    } else if (code === QUOTE) inString = true;
    else if (code === OPEN_OBJECT || code === OPEN_LIST) {
      depth += 1;
      if (depth > DEEPEST) return true;
    } else if (code === CLOSE_OBJECT || code === CLOSE_LIST) depth -= 1;
  }
  return false;
}

const QUOTE = 34;
const BACKSLASH = 92;
const OPEN_LIST = 91;
const CLOSE_LIST = 93;
const OPEN_OBJECT = 123;
const CLOSE_OBJECT = 125;

/** Form fields; one that holds the JSON of the alert (`payload`, as some senders call it) stands for the whole. */
function readForm(text: string): Body {
  const fields = Object.fromEntries(new URLSearchParams(text.trim()));
  const [only] = Object.values(fields);
  const isWrapped = Object.keys(fields).length === 1 && only?.trimStart().startsWith('{') === true;
  return isWrapped && only !== undefined ? readJson(only) : { kind: 'ok', body: fields };
}

function bad(reason: string): Body {
  return { kind: 'bad', reason };
}
