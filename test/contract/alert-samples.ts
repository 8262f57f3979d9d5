import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { sharedFile, sharedLines } from '../support/shared-data.ts';

const Expected = z.object({
  /** Equal symbols of one source mean equal keys, different ones different keys. */
  key: z.string(),
  status: z.array(z.string()),
  severity: z.array(z.string()).optional(),
  titleContains: z.array(z.string()).optional(),
  notTitle: z.array(z.string()).optional(),
  service: z.array(z.string()).optional(),
  labels: z.record(z.string(), z.string()).optional(),
  linksContain: z.array(z.string()).optional(),
});
export type Expected = z.infer<typeof Expected>;

const Expectation = z.object({
  http: z.array(z.int()),
  events: z.array(Expected),
  keyPolicy: z.string().optional(),
});

/** A recorded post and what is to become of it. */
export interface Sample {
  readonly id: string;
  readonly contentType: string | null;
  readonly bytes: Uint8Array;
  readonly expect: z.infer<typeof Expectation>;
}

/** The recorded posts of a source: those of this repository, and those of the shared data where the machine has it. */
export function samplesOf(source: string): readonly Sample[] {
  return [...ownSamples(source), ...sharedSamples(source)];
}

const OwnLine = z.object({
  id: z.string(),
  contentType: z.string(),
  body: z.unknown(),
  expect: Expectation,
});

function ownSamples(source: string): readonly Sample[] {
  const file = join(import.meta.dirname, 'payloads', `${source}.jsonl`);
  return existsSync(file) ? samplesFrom(readFileSync(file, 'utf8')) : [];
}

/** Recorded posts out of lines of `{id, contentType, body, expect}`. */
export function samplesFrom(text: string): readonly Sample[] {
  const lines = text.split('\n').filter(Boolean);
  return lines.map((line) => {
    const { id, contentType, body, expect } = OwnLine.parse(JSON.parse(line));
    const text = typeof body === 'string' ? body : JSON.stringify(body);
    return { id, contentType, expect, bytes: new TextEncoder().encode(text) };
  });
}

const SharedLine = z.object({
  id: z.string(),
  source: z.string(),
  file: z.string(),
  request: z.object({ headers: z.record(z.string(), z.string()) }),
  expect: Expectation,
});

function sharedSamples(source: string): readonly Sample[] {
  return sharedLines('alerts', 'manifest.jsonl')
    .filter((line) => z.object({ source: z.string() }).parse(line).source === source)
    .map((line) => {
      const { id, file, request, expect } = SharedLine.parse(line);
      const bytes = readFileSync(sharedFile('alerts', file) ?? file);
      return { id, contentType: request.headers['content-type'] ?? null, bytes, expect };
    });
}
