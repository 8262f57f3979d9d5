import type { ExportDocument } from '../../../config/import/export-items.ts';
import { isMap } from '../../../config/raw.ts';
import { FailedError } from '../../verb.ts';
import type { Api } from './api.ts';

const MOST_PAGES = 1000;
const DAY = 86_400_000;

/** Timelines are asked for this far back, to be compared with the imported schedules. */
export const BACK_MS = 14 * DAY;
/** And this far ahead. */
export const AHEAD_MS = 42 * DAY;

/** Every page of a list that says where the next one is. `next` gives its address, or null at the end. */
export async function allPages(
  api: Api,
  first: string,
  next: (answer: unknown, path: string) => string | null,
): Promise<readonly unknown[]> {
  const answers: unknown[] = [];
  let path: string | null = first;
  while (path !== null) {
    if (answers.length === MOST_PAGES) throw new FailedError(`${first} has more than ${MOST_PAGES} pages`);
    const answer = await api.get(path);
    answers.push(answer);
    path = next(answer, path);
  }
  return answers;
}

/** The ids in a list of answers, under a key; each once. */
export function idsIn(answers: readonly unknown[], key: string): readonly string[] {
  const items = answers.flatMap((answer): readonly unknown[] => {
    const list = isMap(answer) ? answer[key] : null;
    return Array.isArray(list) ? list : [];
  });
  return [
    ...new Set(items.flatMap((item) => (isMap(item) && typeof item['id'] === 'string' ? [item['id']] : []))),
  ];
}

/** A text under a path of keys; null when there is none. */
export function textAt(value: unknown, ...keys: readonly string[]): string | null {
  const found = keys.reduce<unknown>((at, key) => (isMap(at) ? at[key] : undefined), value);
  return typeof found === 'string' && found !== '' ? found : null;
}

/** Answers under a name. */
export function named(from: string, answers: readonly unknown[]): readonly ExportDocument[] {
  return answers.map((value) => ({ from, value }));
}

/** The answers about things by their ids, one after the other, so that rate limits are kept. */
export async function each(
  ids: readonly string[],
  pathOf: (id: string) => string,
  api: Api,
): Promise<readonly ExportDocument[]> {
  const documents: ExportDocument[] = [];
  for (const id of ids) {
    const from = pathOf(encodeURIComponent(id));
    documents.push({ from, value: await api.get(from) });
  }
  return documents;
}
