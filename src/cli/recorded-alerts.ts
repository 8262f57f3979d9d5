import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import type { RecordedLine } from '../domain/alert/replay.ts';
import { instantOf, serviceIn, toLabels, toSignal } from '../ingest/draft.ts';
import { listOf, objectOf, textOf } from '../ingest/fields.ts';
import { DEFAULT_SEVERITY, severityOf, statusOf } from '../ingest/vocabulary.ts';
import { FailedError } from './verb.ts';

/** A line of a recording, or why it is none. `place` counts from 1, as editors do. */
export type ReadLine =
  | { readonly kind: 'ok'; readonly recorded: RecordedLine }
  | { readonly kind: 'bad'; readonly place: number; readonly reason: string };

/** The lines of a recording one by one, never all at once. Throws FailedError when the file cannot be read. */
export async function* readRecording(file: string): AsyncGenerator<ReadLine> {
  const input = file === '-' ? process.stdin : createReadStream(file);
  let place = 0;
  let clock = new Date(0);
  try {
    for await (const text of createInterface({ input, crlfDelay: Infinity })) {
      place += 1;
      if (text.trim() === '') continue;
      const read = readRecorded(text, place, clock);
      if (read.kind === 'ok') clock = read.recorded.at;
      yield read;
    }
  } catch (error) {
    throw new FailedError(`cannot read ${file}: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/**
 * Reads `{i, t, source, dedupKey, status, severity, title, service, labels, links, startsAt, endsAt}`, or one of our own signals
 * (`key` for `dedupKey`, and no `t`: then it arrived when it started or ended). Nothing arrives before `clock`.
 */
export function readRecorded(text: string, place: number, clock: Date): ReadLine {
  const line = objectOf(parseJson(text));
  if (!line) return { kind: 'bad', place, reason: 'is not a JSON object' };
  const key = textOf(line['dedupKey']) ?? textOf(line['key']);
  const status = statusOf(textOf(line['status']));
  if (key === null) return { kind: 'bad', place, reason: 'has neither "dedupKey" nor "key"' };
  if (status === null) return { kind: 'bad', place, reason: 'has no "status" such as firing or resolved' };
  const startsAt = instantOf(line['startsAt']);
  const endsAt = instantOf(line['endsAt']);
  const arrived = instantOf(line['t']) ?? (status === 'resolved' ? (endsAt ?? startsAt) : startsAt);
  if (!arrived)
    return { kind: 'bad', place, reason: 'has neither "t" nor "startsAt", so nobody knows when it came' };
  const at = arrived.getTime() < clock.getTime() ? clock : arrived;
  const labels = toLabels(line['labels']);
  const word = textOf(line['severity']);
  const signal = toSignal(
    {
      key,
      status,
      severity: severityOf(word) ?? DEFAULT_SEVERITY,
      title: textOf(line['title']) ?? labels['alertname'] ?? key,
      description: textOf(line['description']),
      service: textOf(line['service']) ?? serviceIn(labels),
      labels,
      links: listOf(line['links']) ?? [],
      startsAt: line['startsAtGuessed'] === true ? null : startsAt,
      endsAt,
    },
    { source: textOf(line['source']) ?? 'recording', receivedAt: at, headers: {}, query: {} },
  );
  if (typeof signal === 'string') return { kind: 'bad', place, reason: signal };
  const number = line['i'];
  return { kind: 'ok', recorded: { line: typeof number === 'number' ? number : place - 1, at, signal } };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
