import type { Json } from '../workspace/state.ts';
import { isJson } from '../workspace/view-values.ts';
import { problemsOfBlocks } from './check.ts';
import { checkBySchema } from './schema.ts';

const MOST_BLOCKS = 100;

const MOST: Readonly<Record<string, number>> = {
  callback_id: 255,
  external_id: 255,
  private_metadata: 3_000,
};
const MODAL_ONLY = ['title', 'submit', 'close', 'clear_on_close', 'notify_on_close', 'submit_disabled'];
const KNOWN = ['type', 'blocks', ...Object.keys(MOST)];

/** A view of 250 kB is the largest that Slack takes. */
export const LARGEST_VIEW = 250_000;

/** What Slack has against this view, in its words; nothing when it takes it. */
export function problemsOfView(view: unknown, type: 'modal' | 'home'): readonly string[] {
  if (!isJson(view)) return ['must provide an object [json-pointer:/view]'];
  if (view['type'] !== type) return [`must be ${type} [json-pointer:/view/type]`];
  const known = type === 'modal' ? [...KNOWN, ...MODAL_ONLY] : KNOWN;
  const problems = [
    ...Object.keys(view)
      .filter((name) => !known.includes(name))
      .map((name) => `unsupported property: ${name} [json-pointer:/view]`),
    ...Object.entries(MOST).flatMap(([name, most]) => tooLong(view[name], most, name)),
    ...(type === 'modal' ? problemsOfModal(view) : []),
    ...problemsOfBlocks(view['blocks'], MOST_BLOCKS).map((one) =>
      one.replace('[json-pointer:/', '[json-pointer:/view/'),
    ),
  ];
  if (problems.length > 0) return problems;
  return checkBySchema(type === 'modal' ? 'ModalView' : 'HomeView', [view], '/view');
}

function tooLong(value: unknown, most: number, name: string): readonly string[] {
  if (value === undefined || (typeof value === 'string' && value.length <= most)) return [];
  return [`must be less than ${most + 1} characters [json-pointer:/view/${name}]`];
}

function problemsOfModal(view: Json): readonly string[] {
  const words = ['title', 'submit', 'close'].flatMap((name) => problemsOfWord(view[name], name));
  const hasInput =
    Array.isArray(view['blocks']) && view['blocks'].some((one) => isJson(one) && one['type'] === 'input');
  if (hasInput && view['submit'] === undefined)
    words.push('missing required field: submit [json-pointer:/view]');
  return words;
}

function problemsOfWord(value: unknown, name: string): string[] {
  if (value === undefined || value === null)
    return name === 'title' ? ['missing required field: title [json-pointer:/view]'] : [];
  if (!isJson(value) || value['type'] !== 'plain_text')
    return [`must be plain_text [json-pointer:/view/${name}/type]`];
  const { text } = value as { readonly text?: unknown };
  if (typeof text === 'string' && text.length >= 1 && text.length <= 24) return [];
  return [`must be less than 25 characters [json-pointer:/view/${name}/text]`];
}
