import { z } from 'zod';

/** As ntfy names topics; its own pages are not topics. */
export const TOPIC = /^[-_A-Za-z0-9]{1,64}$/;
const RESERVED = ['docs', 'static', 'file', 'app', 'account', 'settings', 'signup', 'login', 'v1'];
const SEQUENCE = /^[-_A-Za-z0-9]{1,64}$/;
const LARGEST_MESSAGE = 4096;

const url = z.url({ protocol: /^https?$/ });

const Action = z.discriminatedUnion('action', [
  z.strictObject({
    action: z.literal('http'),
    label: z.string().min(1),
    url,
    method: z.enum(['GET', 'POST', 'PUT', 'DELETE']).default('POST'),
    headers: z.record(z.string(), z.string()).optional(),
    body: z.string().optional(),
    clear: z.boolean().default(false),
  }),
  z.strictObject({
    action: z.literal('view'),
    label: z.string().min(1),
    url,
    clear: z.boolean().default(false),
  }),
]);
export type Action = z.output<typeof Action>;

/** What may be published as JSON. Stricter than ntfy, which passes over fields that it does not know: those are typing mistakes here. */
export const Publish = z.strictObject({
  topic: z.string(),
  sequence_id: z.string().optional(),
  title: z.string().optional(),
  message: z.string().default('triggered'),
  priority: z.int().min(1).max(5).default(3),
  tags: z.array(z.string()).max(20).default([]),
  click: z.string().optional(),
  actions: z.array(Action).default([]),
});
export type Publish = z.output<typeof Publish>;

/** A refusal as ntfy words it: its own code, of which the first three digits are the status. */
export interface Refusal {
  readonly code: number;
  readonly error: string;
}

/** What ntfy has against a message; null when it takes it. */
export function refusalOf(message: Publish): Refusal | null {
  if (!TOPIC.test(message.topic)) return { code: 40009, error: 'invalid request: topic invalid' };
  if (RESERVED.includes(message.topic))
    return { code: 40010, error: 'invalid request: topic name is not allowed' };
  if (message.actions.length > 3)
    return { code: 40018, error: 'invalid request: actions invalid; only 3 actions allowed' };
  if (message.sequence_id !== undefined && !SEQUENCE.test(message.sequence_id))
    return { code: 40049, error: 'invalid request: sequence ID invalid' };
  // ntfy makes an attachment of it, which this server does not take.
  if (Buffer.byteLength(message.message) > LARGEST_MESSAGE)
    return { code: 40014, error: 'invalid request: attachments not allowed' };
  return null;
}
