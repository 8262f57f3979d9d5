import { z } from 'zod';

/**
 * A piece of a sentence, neutral of any platform. A plain string is text and nothing else: whoever renders it
 * escapes it, so that text from outside never mentions, links or formats anything.
 */
export const Span = z.union([
  z.string(),
  z.object({ bold: z.string() }),
  z.object({ code: z.string() }),
  /** A configured person by id. Rendered as a name; a mention that notifies only where the view asks for one. */
  z.object({ person: z.string() }),
  /** An incident by number. Rendered as a link to it where the platform can. */
  z.object({ incident: z.number() }),
  /** An instant, rendered in the reader's zone. */
  z.object({ time: z.coerce.date() }),
  /** A link whose target comes from the configuration or from Firebell itself, never from an alert or a title. */
  z.object({ link: z.string(), label: z.string() }),
]);
export type Span = z.infer<typeof Span>;

/** A sentence or a few, neutral of any platform. */
export const Line = z.array(Span);
export type Line = z.infer<typeof Line>;
