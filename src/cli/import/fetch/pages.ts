import { isMap } from '../../../config/raw.ts';
import { FailedError } from '../../verb.ts';
import type { Api } from './api.ts';

const MOST_PAGES = 1000;

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
