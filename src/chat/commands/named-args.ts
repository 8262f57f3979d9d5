import { knownValues } from './known-values.ts';
import type { Param } from './params.ts';
import { lacking } from './parse.ts';
import type { Parsed } from './parse.ts';
import { readValue } from './read-value.ts';
import type { ReadContext } from './read-value.ts';

/** Arguments as a platform with typed options gives them: what stands under each parameter's name. */
export type NamedValues = Readonly<Record<string, string>>;

/** Reads each argument by itself, so that no word of a title is taken for a severity. */
export function readNamedArgs(values: NamedValues, params: readonly Param[], context: ReadContext): Parsed {
  const args: Record<string, unknown> = {};
  for (const param of params) {
    const words = values[param.name]?.trim() ?? '';
    if (param.kind === 'flag') {
      args[param.name] = /^(true|yes|on)$/i.test(words) || words.toLowerCase() === param.name;
      continue;
    }
    if (words === '') {
      if (param.required === true) return { ok: false, refusal: lacking(param, '', context) };
      args[param.name] = null;
      continue;
    }
    const read = readValue(words, param, context);
    if (read.kind === 'problem') return { ok: false, refusal: read.refusal };
    if (read.kind === 'none') {
      const why = read.why ?? `“${words.slice(0, 60)}” is no ${param.name} that I know.`;
      return { ok: false, refusal: { why, hint: read.hint ?? knownValues(param, context.directory) } };
    }
    args[param.name] = read.value;
  }
  return { ok: true, args, left: '' };
}
