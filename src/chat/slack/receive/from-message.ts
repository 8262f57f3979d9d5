import { z } from 'zod';
import type { Directory } from '../../../domain/directory.ts';
import type { Form } from '../../message.ts';
import { declareForm } from '../../views/declare.ts';

/** What a message fills in when an incident is declared from it. */
export const FromMessage = z.object({
  title: z.string(),
  /** What was said, where the title does not say it all. */
  said: z.string(),
  /** Link to the message; null when Slack gave none. */
  where: z.string().nullable(),
});
export type FromMessage = z.infer<typeof FromMessage>;

/** The form that declares an incident, with what a message says in it. */
export function formFromMessage({ title, said, where }: FromMessage, directory: Directory): Form {
  const summary = [said, where ?? ''].filter(Boolean).join('\n\n');
  const filled: Readonly<Record<string, string>> = { title, summary };
  const form = declareForm(directory);
  return {
    ...form,
    fields: form.fields.map((field) =>
      field.kind === 'text' || field.kind === 'long_text'
        ? { ...field, value: filled[field.name] ?? field.value }
        : field,
    ),
  };
}
