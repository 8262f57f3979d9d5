import { parseArgs } from 'node:util';
import { UsageError } from './verb.ts';

/** Options of a verb: `true` for those that take a value. */
type Options = Readonly<Record<string, boolean>>;

/** A verb's words, taken apart. */
export interface Words<O extends Options> {
  readonly positionals: readonly string[];
  readonly value: (name: keyof O & string) => string | undefined;
  readonly has: (name: keyof O & string) => boolean;
}

/** Takes the words of a call apart. Throws UsageError for an option that is not known, or that lacks its value. */
export function takeApart<const O extends Options>(argv: readonly string[], options: O): Words<O> {
  const config = Object.fromEntries(
    Object.entries(options).map(([name, takesValue]) => [
      name,
      { type: takesValue ? ('string' as const) : ('boolean' as const) },
    ]),
  );
  const { positionals, values } = parse(argv, config);
  return {
    positionals,
    value: (name) => {
      const value = values[name];
      return typeof value === 'string' ? value : undefined;
    },
    has: (name) => values[name] === true,
  };
}

type ParseOptions = Readonly<Record<string, { readonly type: 'string' | 'boolean' }>>;

function parse(argv: readonly string[], options: ParseOptions) {
  try {
    return parseArgs({ args: [...argv], options, allowPositionals: true });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error), { cause: error });
  }
}
