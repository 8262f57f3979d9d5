import { isMap } from '../../config/raw.ts';
import type { LoggedPage } from '../../domain/shadow/page-log.ts';
import { inputName, readInput } from '../input-file.ts';
import { FailedError } from '../verb.ts';
import { parseCsv } from './csv.ts';
import { readOpsgenie, type OfAlert } from './opsgenie-log.ts';
import { readPagerDuty } from './pagerduty-log.ts';
import { readPlain, type Fields } from './plain-log.ts';

/** The pages of a log, and the lines of it that could not be read. */
export interface PageLog {
  readonly pages: readonly LoggedPage[];
  readonly bad: readonly { readonly line: string; readonly reason: string }[];
}

/** Reads the logs of who was paged, each by its own form. Throws FailedError for one that cannot be read at all. */
export async function readPageLogs(files: readonly string[]): Promise<PageLog> {
  const logs = await Promise.all(
    files.map(async (file) => readLog((await readInput(file)).toString('utf8'), inputName(file))),
  );
  const answers = logs.flatMap((log) => ('answer' in log ? [log] : []));
  const lines = logs.flatMap((log) => ('pages' in log ? [log] : []));
  const fromApi = readAnswers(answers);
  return {
    pages: [...fromApi, ...lines.flatMap(({ pages }) => pages)],
    bad: lines.flatMap(({ bad }) => bad),
  };
}

interface ApiAnswer {
  readonly from: string;
  readonly answer: unknown;
}

function readLog(text: string, from: string): PageLog | ApiAnswer {
  const trimmed = text.replace(/^\uFEFF/, '').trim();
  if (trimmed === '')
    throw new FailedError(`${from} is empty: it needs at least one page that the old tool sent`);
  if (!/^[[{]/.test(trimmed)) return readRows(parseCsv(trimmed), from);
  const whole = parseJson(trimmed);
  if (whole === undefined) return readJsonLines(trimmed, from);
  if (Array.isArray(whole) && whole.every((one) => isMap(one) && 'at' in one))
    return readEach(whole as readonly Fields[], from, 0);
  if (isMap(whole) && 'at' in whole) return readEach([whole], from, 0);
  return { from, answer: whole };
}

function readRows([header = [], ...rows]: readonly (readonly string[])[], from: string): PageLog {
  const keys = header.map((key) => key.trim().toLowerCase());
  if (!keys.includes('at') || !keys.includes('person')) {
    throw new FailedError(
      `${from} is neither JSON nor CSV with a first line that names "at", "person" and "service", "schedule" or "policy"; its first line is: ${header.join(',').slice(0, 80)}`,
    );
  }
  return readEach(
    rows.map((row) => Object.fromEntries(keys.map((key, i) => [key, row[i] ?? '']))),
    from,
    1,
  );
}

function readJsonLines(text: string, from: string): PageLog {
  const lines = text.split(/\r?\n/);
  const values = lines.map((line) => (line.trim() === '' ? null : parseJson(line)));
  if (values.every((value) => value === null || !isMap(value))) {
    throw new FailedError(`${from} is not JSON, and no line of it is: look at its beginning and its end`);
  }
  return readEach(
    values.map((value) => (isMap(value) ? value : value === null ? null : {})),
    from,
    0,
  );
}

function readEach(lines: readonly (Fields | null)[], from: string, before: number): PageLog {
  const pages: LoggedPage[] = [];
  const bad: { line: string; reason: string }[] = [];
  lines.forEach((line, i) => {
    if (line === null) return;
    const read = readPlain(line);
    if (typeof read === 'string') bad.push({ line: `${from}:${i + 1 + before}`, reason: read });
    else pages.push(...read);
  });
  return { pages, bad };
}

/** Answers of PagerDuty and Opsgenie, one to a file or several. */
function readAnswers(answers: readonly ApiAnswer[]): readonly LoggedPage[] {
  const under = (key: string) => answers.flatMap(({ answer }) => listUnder(answer, key));
  const entries = [...under('log_entries'), ...under('log_entry')];
  const incidents = [...under('incidents'), ...under('incident')];
  if (entries.length + incidents.length > 0) return readPagerDuty(entries, incidents);
  const values = answers.flatMap(({ from, answer }) =>
    ['data', 'alerts', 'recipients', 'logs'].flatMap((key) =>
      listUnder(answer, key).map((value): OfAlert => ({ from, value })),
    ),
  );
  const pages = readOpsgenie(values);
  const [first] = answers;
  if (first && pages.length === 0) {
    throw new FailedError(
      `${answers.map(({ from }) => from).join(', ')}: no page of PagerDuty or Opsgenie in it. docs/moving-to-firebell.md has the calls whose answers are read, and the plain form.`,
    );
  }
  return pages;
}

function listUnder(answer: unknown, key: string): readonly Fields[] {
  const value = isMap(answer) ? answer[key] : undefined;
  const list: readonly unknown[] = Array.isArray(value) ? value : [value];
  return list.filter((one): one is Fields => isMap(one));
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
