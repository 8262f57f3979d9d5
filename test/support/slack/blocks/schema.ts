import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import type { ErrorObject, ValidateFunction } from 'ajv';
import { sharedFile } from '../../shared-data.ts';
import type { Json } from '../workspace/state.ts';

type Definition = 'KnownBlock' | 'ModalView' | 'HomeView';

let compiled: ((definition: string) => ValidateFunction | undefined) | null | undefined;

/** The official schema of Block Kit, read and compiled once; null when the machine does not have it. */
function officialSchema(): typeof compiled {
  if (compiled !== undefined) return compiled;
  const file = sharedFile('slack', 'blockkit.schema.json');
  compiled = null;
  if (file === null) return compiled;
  const schema = JSON.parse(readFileSync(file, 'utf8')) as Json & { readonly $id: string };
  // Inlined and optimised it takes half a minute to compile.
  const ajv = new Ajv({ strict: false, inlineRefs: false, code: { optimize: false } });
  ajv.addSchema(schema);
  compiled = (definition) => ajv.getSchema(`${schema.$id}#/definitions/${definition}`);
  return compiled;
}

/** What the official schema has against these values, in Slack's words; nothing when it is not on this machine. */
export function checkBySchema(
  definition: Definition,
  values: readonly unknown[],
  at: string | null = null,
): readonly string[] {
  const validate = officialSchema()?.(definition);
  if (!validate) return [];
  return values.flatMap((value, i) => {
    if (validate(value)) return [];
    const error = deepest(validate.errors ?? []);
    return [`${error.message ?? 'is not valid'} [json-pointer:${at ?? `/blocks/${i}`}${error.instancePath}]`];
  });
}

/** Where alternatives failed, the one that got farthest says most. */
function deepest(errors: readonly ErrorObject[]): Pick<ErrorObject, 'message' | 'instancePath'> {
  const depth = ({ instancePath }: ErrorObject): number => instancePath.split('/').length;
  return errors.toSorted((a, b) => depth(b) - depth(a))[0] ?? { message: 'is not valid', instancePath: '' };
}
