import { z } from 'zod';

/** One alert as a monitor told it, in the form that every source is brought to. */
export const Signal = z.object({
  /** Name of the configured source, e.g. `alertmanager`. */
  source: z.string().min(1).max(100),
  /** Equal for the same alert of the same source, through all its firings and its recovery. */
  key: z.string().min(1).max(512),
  status: z.enum(['firing', 'resolved', 'acknowledged']),
  severity: z.enum(['critical', 'error', 'warning', 'info']),
  title: z.string().min(1).max(1024),
  description: z.string().max(15_000).nullable(),
  /** What the sender calls the service; null where it has no such notion. */
  service: z.string().max(255).nullable(),
  labels: z.record(z.string(), z.string()),
  /** Absolute http(s) URLs only. */
  links: z.array(z.string()).max(20),
  /** Start of this firing; together with `key` it names the episode. */
  startsAt: z.coerce.date(),
  /** The sender named no usable start, so `startsAt` is the arrival and cannot tell an old episode from a new one. */
  startsAtGuessed: z.boolean().optional(),
  endsAt: z.coerce.date().nullable(),
});
export type Signal = z.infer<typeof Signal>;
