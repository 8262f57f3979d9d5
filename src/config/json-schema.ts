import { z } from 'zod';
import { ConfigFile } from './schema.ts';

/** The JSON Schema (draft 7) of firebell.yaml, for editors. It cannot say which names exist; `firebell check` does. */
export function configJsonSchema(): Readonly<Record<string, unknown>> {
  const schema = z.toJSONSchema(ConfigFile, { io: 'input', target: 'draft-7', unrepresentable: 'any' });
  return { ...schema, title: 'firebell.yaml' };
}
