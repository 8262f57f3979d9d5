import { nearestWord } from '../../lib/edit-distance.ts';
import { fold } from './names.ts';

/** One value that could be given: how it is written, and what it is. */
export interface Proposal {
  readonly word: string;
  readonly detail: string;
  /** The detail is what people call it, and no description. */
  readonly isName?: boolean;
}

/**
 * The proposals that fit what somebody has typed so far, the best first: what is called just that, what begins with it, whose name does, of
 * which each typed word begins a word. With `loosely` also what has it anywhere, in a description too, and, where nothing fits, what is a slip of the keys away.
 */
export function ranked<P extends Proposal>(
  proposals: readonly P[],
  typed: string,
  { loosely }: { readonly loosely: boolean },
): readonly P[] {
  const wanted = plain(typed);
  if (wanted === '') return proposals;
  const worst = loosely ? FITS.length : FITS.length - 1;
  const read = proposals.map((proposal) => ({ proposal, one: spelled(proposal, loosely) }));
  const scored = read.map(({ proposal, one }) => ({ proposal, rank: rankOf(one, wanted) }));
  const fitting = scored
    .filter(({ rank }) => rank < worst)
    .toSorted((one, other) => one.rank - other.rank)
    .map(({ proposal }) => proposal);
  if (fitting.length > 0 || !loosely) return fitting;
  return read.filter(({ one }) => isNear(one, wanted)).map(({ proposal }) => proposal);
}

/** As names are compared, accents left out too: nobody types them in a hurry. */
function plain(text: string): string {
  return fold(text).normalize('NFKD').replaceAll(/\p{M}/gu, '');
}

interface Spelled {
  readonly word: string;
  /** The word without the sign or the kind in front of it. */
  readonly bare: string;
  readonly name: string;
}

function spelled({ word, detail, isName = false }: Proposal, loosely: boolean): Spelled {
  const whole = plain(word);
  return { word: whole, bare: bareOf(whole), name: isName || loosely ? plain(detail) : '' };
}

function bareOf(word: string): string {
  return word.replace(/^[@#]/, '').replace(/^(person|team|schedule|service|policy) /, '');
}

const FITS: readonly ((one: Spelled, wanted: string) => boolean)[] = [
  ({ word, bare, name }, wanted) => word === wanted || [bare, name].includes(unsigned(wanted)),
  ({ word, bare }, wanted) => word.startsWith(wanted) || bare.startsWith(unsigned(wanted)),
  ({ name }, wanted) => name.startsWith(unsigned(wanted)),
  (one, wanted) => {
    const words = wordsOf(one);
    return unsigned(wanted)
      .split(' ')
      .every((part) => words.some((word) => word.startsWith(part)));
  },
  ({ bare, name }, wanted) =>
    unsigned(wanted)
      .split(' ')
      .every((part) => bare.includes(part) || name.includes(part)),
];

/** A place in `FITS`, or its length when nothing there fits. A sign in front asks for what is written with that sign. */
function rankOf(one: Spelled, wanted: string): number {
  const sign = /^[@#]/.exec(wanted)?.[0] ?? '';
  const rank = one.word.startsWith(sign) ? FITS.findIndex((fits) => fits(one, wanted)) : -1;
  return rank === -1 ? FITS.length : rank;
}

function unsigned(wanted: string): string {
  return wanted.replace(/^[@#]/, '');
}

function wordsOf({ bare, name }: Spelled): readonly string[] {
  return `${bare} ${name}`.split(/[^\p{L}\p{N}]+/u);
}

/** Whether what was typed is this or its beginning, but for a letter or two. Shorter words than these are near to everything. */
function isNear(one: Spelled, wanted: string): boolean {
  const meant = unsigned(wanted);
  if (meant.length < 4) return false;
  const names = [one.bare, one.name, ...wordsOf(one)].filter((name) => name.length >= meant.length - 1);
  return nearestWord(meant, [...names, ...names.map((name) => name.slice(0, meant.length))]) !== null;
}
