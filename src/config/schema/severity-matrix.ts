import { z } from 'zod';
import { Id } from './words.ts';

/** Impact -> urgency -> severity. Every impact has the urgencies of the first, and the worst stand first. */
export const SeverityMatrix = z.record(Id, z.record(Id, Id)).superRefine((matrix, context) => {
  const rows = Object.entries(matrix);
  const urgencies = Object.keys(rows[0]?.[1] ?? {});
  if (urgencies.length === 0)
    context.addIssue({
      code: 'custom',
      message: 'is empty: write `high: { high: sev1, low: sev2 }`, or take it away.',
    });
  for (const [impact, row] of rows.slice(1)) {
    const missing = urgencies.filter((urgency) => row[urgency] === undefined);
    const more = Object.keys(row).filter((urgency) => !urgencies.includes(urgency));
    if (missing.length + more.length === 0) continue;
    const message = `must have the urgencies of the first impact: ${urgencies.join(', ')}.`;
    context.addIssue({ code: 'custom', path: [impact], message });
  }
});
export type SeverityMatrix = z.output<typeof SeverityMatrix>;
