import {
  isMap,
  isScalar,
  isSeq,
  parseDocument,
  type Node,
  type Pair,
  type YAMLMap,
  type YAMLSeq,
} from 'yaml';
import type { RosterChange, Slot } from '../domain/schedule/schedule.ts';

/** Which list of people is changed, and how. */
export interface RosterEdit {
  readonly schedule: string;
  /** Counted from 0. */
  readonly layer: number;
  readonly change: RosterChange;
}

/** The text with the change in it, or why it cannot be written there; nothing else of the text is touched. */
export type Edited = { readonly text: string } | { readonly problem: string };

/** Writes a change of a list of people into the text of a configuration, after those that are there; comments and layout stay. The text must load. */
export function addRosterChange(text: string, { schedule, layer, change }: RosterEdit): Edited {
  const doc = parseDocument(text, { uniqueKeys: false });
  const isPasted = doc.hasIn(['schedules', schedule, 'schedule']);
  const path = ['schedules', schedule, ...(isPasted ? ['schedule'] : []), 'layers', layer];
  const node = doc.getIn(path, true);
  const style: Style = { key: isPasted ? 'rosterChanges' : 'roster_changes', isJson: isPasted };
  const insertion = isMap(node) ? insertionFor(node, text, { ...style, change }) : null;
  if (insertion === null) return { problem: byHand(path, { ...style, change }) };
  const { at, added } = insertion;
  const written = text.includes('\r\n') ? added.replaceAll('\n', '\r\n') : added;
  return { text: text.slice(0, at) + written + text.slice(at) };
}

/** A change as a line of the file. */
export function showRosterChange({ at, participants }: RosterChange): string {
  return `{ at: "${at}", participants: ${showSlots(participants)} }`;
}

/** A list of turns as the file writes it. */
export function showSlots(slots: readonly Slot[]): string {
  return `[${slots.map((slot) => (typeof slot === 'string' ? showName(slot) : `[${slot.map(showName).join(', ')}]`)).join(', ')}]`;
}

interface Style {
  readonly key: string;
  readonly isJson: boolean;
}

interface Entry extends Style {
  readonly change: RosterChange;
}

interface Insertion {
  readonly at: number;
  readonly added: string;
}

function insertionFor(layer: YAMLMap, text: string, entry: Entry): Insertion | null {
  const existing = pairOf(layer, entry.key);
  if (existing) return isSeq(existing.value) ? intoList(existing.value, text, entry) : null;
  const line = showEntry(entry);
  const key = entry.isJson ? JSON.stringify(entry.key) : entry.key;
  if (layer.flow === true) return after(layer.items.at(-1)?.value, `, ${key}: [${line}]`);
  const participants = pairOf(layer, 'participants');
  const column = columnOf(participants?.key, text);
  if (!participants || column === null) return null;
  const indent = ' '.repeat(column);
  return afterLine(participants.value, text, `\n${indent}${key}:\n${indent}  - ${line}`);
}

function intoList(list: YAMLSeq, text: string, entry: Entry): Insertion | null {
  const line = showEntry(entry);
  const last = list.items.at(-1);
  if (list.flow === true) {
    if (last !== undefined) return after(last, `, ${line}`);
    return list.range ? { at: list.range[0] + 1, added: line } : null;
  }
  const column = list.range ? columnAt(list.range[0], text) : null;
  return column === null ? null : afterLine(last, text, `\n${' '.repeat(column)}- ${line}`);
}

function pairOf(map: YAMLMap, key: string): Pair | undefined {
  return map.items.find((pair) => isScalar(pair.key) && pair.key.value === key);
}

function after(node: unknown, added: string): Insertion | null {
  const end = rangeOf(node)?.[1];
  return end === undefined ? null : { at: end, added };
}

// At the end of the line, so that a comment stays with what it is about. The range of a block may reach beyond its last line.
function afterLine(node: unknown, text: string, added: string): Insertion | null {
  const end = rangeOf(node)?.[1];
  if (end === undefined) return null;
  const trimmed = text.slice(0, end).trimEnd().length;
  const line = /\r?\n|$/.exec(text.slice(trimmed));
  return { at: trimmed + (line?.index ?? 0), added };
}

function columnOf(node: unknown, text: string): number | null {
  const start = rangeOf(node)?.[0];
  return start === undefined ? null : columnAt(start, text);
}

function columnAt(offset: number, text: string): number {
  return offset - (text.lastIndexOf('\n', offset - 1) + 1);
}

function rangeOf(node: unknown): Node['range'] | undefined {
  return typeof node === 'object' && node !== null && 'range' in node ? (node as Node).range : undefined;
}

function showEntry({ isJson, change }: Entry): string {
  return isJson
    ? `{ "at": "${change.at}", "participants": ${JSON.stringify(change.participants)} }`
    : showRosterChange(change);
}

function showName(name: string): string {
  const isPlain = /^[a-z][\w.-]*$/i.test(name) && !/^(true|false|null)$/i.test(name);
  return isPlain ? name : JSON.stringify(name);
}

function byHand(path: readonly (string | number)[], entry: Entry): string {
  const { key } = entry;
  return `${path.join('.')} is written in a way that only people can change safely. Add this to its ${key}:\n  - ${showEntry(entry)}`;
}
