import { cleanLine } from '../../lib/clean-text.ts';

/**
 * What became of a part of the old tool's configuration. `carried`: as it was. `changed`: said differently, with the reason.
 * `dropped`: not in the file. `chosen`: what Firebell needs and the old tool had no word for. `differs`: the old tool's own
 * timeline names somebody else than the imported schedule. `agrees`: it names the same people.
 */
export type NoteKind = 'carried' | 'changed' | 'dropped' | 'chosen' | 'differs' | 'agrees';

/** One line of an import report. */
export interface Note {
  readonly kind: NoteKind;
  /** What it is about, as the old tool calls it: `schedule Primary`. */
  readonly about: string;
  /** A sentence or two that stand on their own. */
  readonly text: string;
}

/** Takes notes while an export is translated, in the order in which they come up; the same one is kept once. */
export class Notes {
  readonly #notes: Note[] = [];
  readonly #seen = new Set<string>();

  /** Adds a note, unless it is there already. Text from the export is cut to one line. */
  add(kind: NoteKind, about: string, text: string): void {
    const note = { kind, about: cleanLine(about, 120), text: cleanLine(text, 600) };
    const key = JSON.stringify(note);
    if (this.#seen.has(key)) return;
    this.#seen.add(key);
    this.#notes.push(note);
  }

  /** Everything noted so far. */
  all(): readonly Note[] {
    return [...this.#notes];
  }
}
