import type { ExportDocument } from './export-items.ts';
import type { Foreign } from './foreign.ts';
import type { Notes } from './notes.ts';

/** An export to be translated, and where to say what became of it. */
export interface Translation {
  readonly documents: readonly ExportDocument[];
  readonly notes: Notes;
  /** When the export was made, as far as anybody knows. */
  readonly now: Date;
}

/** What of some documents is this tool's: `count` by place or shape, `shaped` by shape. */
export interface Recognised {
  readonly count: number;
  readonly shaped: number;
}

/** A tool that people move from. Pure: what is fetched or read from files comes in as documents. */
export interface Vendor {
  /** As it is typed. */
  readonly name: string;
  readonly title: string;
  /** How many things of this tool the documents may hold, and how many of them have its shapes; none when they are somebody else's. */
  readonly recognise: (documents: readonly ExportDocument[]) => Recognised;
  readonly translate: (translation: Translation) => Foreign;
}

/** Notes every part of an export that nobody reads. */
export function noteUnknown(unknown: ReadonlyMap<string, number>, notes: Notes): void {
  for (const [key, count] of unknown) {
    notes.add(
      'dropped',
      key,
      `${count} ${count === 1 ? 'entry is' : 'entries are'} of a kind that has no counterpart in firebell.yaml, and not read.`,
    );
  }
}
