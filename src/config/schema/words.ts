import { z } from 'zod';
import { formatDuration, parseDuration } from '../../lib/duration.ts';
import { quote } from '../problem.ts';

/** The name under which something is configured and by which people and other parts of the file call it. */
export const Id = z
  .string()
  .max(60, 'is too long for a name: use at most 60 characters')
  .regex(/^[A-Za-z][A-Za-z0-9]*([._-][A-Za-z0-9]+)*$/, {
    error:
      'is not a name that can be used: begin with a letter, go on with letters, digits, and - _ . between them',
  });

/** One line of text that people read. */
export const Text = z
  .string()
  .trim()
  .min(1, 'is empty: give it a text or take the line away')
  .max(200, 'is too long: use at most 200 characters')
  .refine((text) => !/[\p{Cc}\p{Zl}\p{Zp}]/u.test(text), 'must be on one line, without control characters');

/** An address of the web, http or https. */
export const WebUrl = z.url({
  protocol: /^https?$/,
  hostname: /^\[?[^\s[\]]+\]?$/,
  error: ({ input }) =>
    input === undefined || input === null
      ? undefined
      : `must be a web address that begins with https:// or http://, not ${quote(input)}`,
});

/** An address under which people talk to each other; `{number}` in it stands for the incident's number. */
export const CallLink = WebUrl.refine(
  (link) => !/[{}]/.test(link.replaceAll('{number}', '')),
  'has braces around something else than number: only {number} is filled in',
);

const ROOM_PARTS = /\{(number|title|service|severity|date)\}/g;

/** How rooms are named. The title is what is cut where a name becomes too long for a platform, so that it stands at the end. */
export const RoomName = z
  .string()
  .trim()
  .max(60, 'is too long: use at most 60 characters')
  .refine(
    (name) => !/[{}]/.test(name.replaceAll(ROOM_PARTS, '')),
    'has braces around something else than number, title, service, severity or date',
  )
  .refine(
    (name) => name.includes('{number}'),
    'needs {number}: without it two incidents would have rooms of one name',
  )
  .refine(
    (name) => !name.slice(0, -'{title}'.length).includes('{title}'),
    'must end with {title} when it has it: long titles are cut at the end',
  );

const DAY = 86_400_000;

/** The longest wait that makes sense where nothing else is said: a week. */
const LONGEST_WAIT = 7 * DAY;

interface Limits {
  readonly least: number;
  readonly most?: number;
}

/** A duration as people write it, `5m` or `1h30m`, between two lengths in ms; becomes ms. */
export function duration({ least, most = LONGEST_WAIT }: Limits) {
  return z
    .string({
      error: ({ input }) =>
        input === undefined || input === null
          ? undefined
          : `must be a duration with its unit, like 5m, 1h30m or 2 days, not ${quote(input)}`,
    })
    .transform((text, context) => {
      const ms = parseDuration(text);
      const wrong = ms === null ? notADuration(text) : outOfLimits(ms, { least, most });
      if (ms !== null && wrong === null) return ms;
      context.addIssue({ code: 'custom', message: `${wrong}`, input: text });
      return z.NEVER;
    });
}

function notADuration(text: string): string {
  return `must be a duration like 30s, 5m, 1h30m or 2 days, not ${quote(text)}`;
}

function outOfLimits(ms: number, { least, most }: Required<Limits>): string | null {
  if (ms < least) return `must be ${formatDuration(least)} or more, not ${formatDuration(ms)}`;
  if (ms > most) return `must be ${formatDuration(most)} or less, not ${formatDuration(ms)}`;
  return null;
}
