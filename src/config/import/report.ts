import type { Note, NoteKind } from './notes.ts';

const HEADINGS: readonly (readonly [NoteKind, string, string])[] = [
  ['differs', 'Whom the old tool names and this file does not', 'Times in UTC. Look at these first.'],
  ['dropped', 'Left out', 'Not in the file.'],
  ['changed', 'Changed', 'In the file, and not exactly as it was.'],
  ['chosen', 'Chosen', 'Firebell needs it, or nobody could say: look whether it is right.'],
  ['agrees', 'Compared and the same', ''],
  ['carried', 'Carried over', ''],
];

/** An import report as Markdown. What comes from the export cannot format, link or script anything. */
export function toMarkdown(title: string, notes: readonly Note[]): string {
  const sections = HEADINGS.flatMap(([kind, heading, intro]) => {
    const own = notes.filter((note) => note.kind === kind);
    if (own.length === 0) return [];
    const lines = own.map(({ about, text }) => `- **${escape(about)}**: ${escape(text)}`);
    return [`## ${heading}\n\n${intro === '' ? '' : `${intro}\n\n`}${lines.join('\n')}\n`];
  });
  return [`# Import from ${title}\n`, ...sections].join('\n');
}

/** The same for a terminal. */
export function toPlainText(notes: readonly Note[]): string {
  const sections = HEADINGS.flatMap(([kind, heading]) => {
    const own = notes.filter((note) => note.kind === kind);
    if (own.length === 0) return [];
    return [`${heading}:\n${own.map(({ about, text }) => `  ${about}: ${text}`).join('\n')}\n`];
  });
  return sections.join('\n');
}

function escape(text: string): string {
  return text.replaceAll(/[\\`*_{}[\]<>#|!@]/g, (sign) => `\\${sign}`);
}
