import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { sharedFile, sharedLines } from '../support/shared-data.ts';

const Expected = z.object({
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

const Sample = z.object({
  id: z.string(),
  source: z.string(),
  file: z.string(),
  request: z.object({ path: z.string(), headers: z.record(z.string(), z.string()) }),
  expect: z.object({ http: z.array(z.int()), events: z.array(Expected), keyPolicy: z.string().optional() }),
});
/** A recorded post and what is to become of it. */
export interface Sample extends z.infer<typeof Sample> {
  readonly bytes: Buffer;
}

/** The recorded posts of a source; none when the shared data is absent. */
export function samplesOf(source: string): readonly Sample[] {
  return sharedLines('alerts', 'manifest.jsonl')
    .filter((line) => z.object({ source: z.string() }).parse(line).source === source)
    .map((line) => Sample.parse(line))
    .map((sample) => ({ ...sample, bytes: readFileSync(sharedFile('alerts', sample.file) ?? sample.file) }));
}
