import type { Signal } from '../domain/alert/signal.ts';

/** What a source may know beside the body of a post. Header names are lower case. */
export interface ParseContext {
  /** Name of the source, as it stands in the URL. */
  readonly source: string;
  readonly receivedAt: Date;
  readonly headers: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, string>>;
}

/** A part of a post that is no alert. `index` is its place in the post, null when it is about the post as a whole. */
export interface Rejected {
  readonly index: number | null;
  /** Says what to change, for whoever wrote the sender's template. */
  readonly reason: string;
  readonly item: unknown;
}

/** What a post says. Good alerts are taken whatever stands beside them. */
export interface Parsed {
  readonly signals: readonly Signal[];
  readonly rejected: readonly Rejected[];
}

/**
 * One kind of sender. `parse` gets whatever `readBody` made of the post: an object, a list, or a text. It is pure, never throws, and
 * gives the same key for the same alert through all its firings and its recovery.
 */
export interface AlertSource {
  /** As in the URL, `/ingest/<name>`: lower case letters, digits and dashes. */
  readonly name: string;
  readonly summary: string;
  readonly parse: (body: unknown, context: ParseContext) => Parsed;
}
