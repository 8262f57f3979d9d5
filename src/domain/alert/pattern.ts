import { parsePattern } from './pattern-syntax.ts';
import type { PatternNode } from './pattern-syntax.ts';

/** A compiled pattern: matches a whole text or does not, in time linear in the text whatever the pattern. */
export type Pattern = (text: string) => boolean;

/** A pattern that can be used, or why it cannot. */
export type PatternResult =
  | {
      readonly kind: 'ok';
      readonly matches: Pattern;
      /** About how many steps each character of a text may cost; one that repeats what is long without end costs most. */
      readonly cost: number;
    }
  | { readonly kind: 'bad'; readonly why: string };

type Step =
  | { readonly op: 'char'; readonly test: (code: number) => boolean }
  | { readonly op: 'look'; readonly test: (before: number | null, after: number | null) => boolean }
  | { readonly op: 'fork'; readonly to: readonly number[] }
  | { readonly op: 'done' };

const LONGEST_PROGRAM = 4000;
const ENDLESS = 20;

/**
 * Compiles an anchored regular expression of RE2's family: groups, alternatives, classes, `* + ? {m,n}`, `^ $ \b \d \w \s`, and `(?i)`
 * in front. No back-references and no look-around, so that no pattern can make a match slow.
 */
export function compilePattern(source: string): PatternResult {
  const parsed = parsePattern(source);
  if (parsed.kind === 'bad') return parsed;
  const steps: Step[] = [];
  if (!emit(parsed.node, steps)) {
    return { kind: 'bad', why: 'the pattern repeats too much; use smaller numbers in {m,n}' };
  }
  steps.push({ op: 'done' });
  return { kind: 'ok', matches: (text) => run(steps, text), cost: costOf(parsed.node) };
}

/** Within a repetition that may never end all its steps can be under way at once, and for every further character. */
function costOf(node: PatternNode): number {
  switch (node.kind) {
    case 'char':
    case 'look':
      return 1;
    case 'sequence':
      return sumOf(node.parts);
    case 'either':
      return sumOf(node.options) + 2 * node.options.length;
    case 'repeat': {
      const once = costOf(node.node);
      if (node.max !== null) return node.max * (once + 1);
      return Math.max(1, node.min) * once + ENDLESS + 4 * once;
    }
  }
}

function sumOf(nodes: readonly PatternNode[]): number {
  return nodes.reduce((sum, node) => sum + costOf(node), 0);
}

/** Appends the steps of a node, which run on into whatever comes next. False when the program grew too long. */
function emit(node: PatternNode, steps: Step[]): boolean {
  if (steps.length > LONGEST_PROGRAM) return false;
  switch (node.kind) {
    case 'char':
      steps.push({ op: 'char', test: node.test });
      return true;
    case 'look':
      steps.push({ op: 'look', test: node.test });
      return true;
    case 'sequence':
      return node.parts.every((part) => emit(part, steps));
    case 'either':
      return emitEither(node.options, steps);
    case 'repeat':
      return emitRepeat(node, steps);
  }
}

function emitEither(options: readonly PatternNode[], steps: Step[]): boolean {
  const fork = steps.length;
  const starts: number[] = [];
  const ends: number[] = [];
  steps.push({ op: 'fork', to: [] });
  for (const option of options) {
    starts.push(steps.length);
    if (!emit(option, steps)) return false;
    ends.push(steps.length);
    steps.push({ op: 'fork', to: [] });
  }
  steps[fork] = { op: 'fork', to: starts };
  for (const end of ends) steps[end] = { op: 'fork', to: [steps.length] };
  return true;
}

function emitRepeat({ node, min, max }: Extract<PatternNode, { kind: 'repeat' }>, steps: Step[]): boolean {
  for (let i = 0; i < min; i += 1) if (!emit(node, steps)) return false;
  if (max === null) {
    const loop = steps.length;
    steps.push({ op: 'fork', to: [] });
    if (!emit(node, steps)) return false;
    steps.push({ op: 'fork', to: [loop] });
    steps[loop] = { op: 'fork', to: [loop + 1, steps.length] };
    return true;
  }
  const exits: number[] = [];
  for (let i = min; i < max; i += 1) {
    exits.push(steps.length);
    steps.push({ op: 'fork', to: [] });
    if (!emit(node, steps)) return false;
  }
  for (const exit of exits) steps[exit] = { op: 'fork', to: [exit + 1, steps.length] };
  return true;
}

/** Runs all ways through the program side by side, so that each character is looked at once per step and never again. */
function run(steps: readonly Step[], text: string): boolean {
  const codes = Array.from(text, (character) => character.codePointAt(0) ?? 0);
  let current = reach(steps, [0], null, codes[0] ?? null);
  for (const [i, code] of codes.entries()) {
    const next: number[] = [];
    for (const at of current) {
      const step = steps[at];
      if (step?.op === 'char' && step.test(code)) next.push(at + 1);
    }
    if (next.length === 0) return false;
    current = reach(steps, next, code, codes[i + 1] ?? null);
  }
  return current.some((at) => steps[at]?.op === 'done');
}

/** The steps that wait for a character, or end, from these on without reading one. */
function reach(
  steps: readonly Step[],
  from: readonly number[],
  before: number | null,
  after: number | null,
): number[] {
  const seen = new Set<number>();
  const waiting: number[] = [];
  const stack = [...from];
  for (let at = stack.pop(); at !== undefined; at = stack.pop()) {
    const step = steps[at];
    if (!step || seen.has(at)) continue;
    seen.add(at);
    if (step.op === 'fork') stack.push(...step.to);
    else if (step.op !== 'look') waiting.push(at);
    else if (step.test(before, after)) stack.push(at + 1);
  }
  return waiting;
}
