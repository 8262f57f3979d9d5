import { z } from 'zod';

const Person = z.object({
  id: z.string().min(1),
  name: z.string().optional(),
  displayName: z.string().optional(),
  role: z.string().optional(),
  bot: z.boolean().optional(),
});

const Message = z.object({
  id: z.string().min(1),
  ts: z.string().refine((ts) => !Number.isNaN(Date.parse(ts)), 'is no ISO 8601 time'),
  user: z.string(),
  text: z.string().default(''),
  bot: z.boolean().optional(),
  thread: z.string().optional(),
  replyCount: z.number().optional(),
  reactions: z.array(z.object({ name: z.string(), count: z.number().default(1) })).optional(),
  pinned: z.object({ by: z.string().optional() }).optional(),
  edited: z.object({ ts: z.string().optional(), previousText: z.string().optional() }).optional(),
  deleted: z.object({ ts: z.string().optional() }).optional(),
  event: z.object({ type: z.string() }).optional(),
  files: z.array(z.object({ name: z.string().optional(), url: z.string().optional() })).optional(),
  permalink: z.string().optional(),
});

/** What was said in an incident's room: `incident-transcript/1`, texts with the platform's own markup, instants in UTC. Unknown keys are dropped. */
export const Transcript = z.object({
  schema: z.literal('incident-transcript/1'),
  id: z.string().min(1),
  platform: z.string().default('unknown'),
  channel: z.string().default(''),
  timezone: z.string().default('UTC'),
  incident: z
    .object({ title: z.string().default(''), severity: z.string().optional() })
    .default({ title: '' }),
  users: z.array(Person).default([]),
  messages: z.array(Message),
});
export type Transcript = Readonly<z.infer<typeof Transcript>>;
/** One message as the platform gave it. */
export type TranscriptMessage = Readonly<z.infer<typeof Message>>;
/** One author; an author need not be a user of the bot. */
export type TranscriptUser = Readonly<z.infer<typeof Person>>;

/** What reading a transcript gives: the transcript, or every problem in words that name the place. */
export type TranscriptRead =
  | { readonly ok: true; readonly transcript: Transcript }
  | { readonly ok: false; readonly problems: readonly string[] };

/** Reads `incident-transcript/1` from parsed JSON; never throws. */
export function readTranscript(input: unknown): TranscriptRead {
  const parsed = Transcript.safeParse(input);
  if (parsed.success) return { ok: true, transcript: parsed.data };
  const problems = parsed.error.issues.map(
    (issue) => `${issue.path.join('.') || 'the transcript'}: ${issue.message}`,
  );
  return { ok: false, problems };
}
