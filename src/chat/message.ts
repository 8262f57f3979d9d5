import { z } from 'zod';
import { Line } from '../domain/text.ts';

/** A button. `action` names a definition in the actions registry; `value` is an id, never a name. */
export const Button = z.object({
  action: z.string(),
  value: z.string(),
  label: z.string(),
  style: z.enum(['plain', 'primary', 'danger']),
});
export type Button = z.infer<typeof Button>;

/** A part of a message, neutral of any platform. */
export const Block = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('heading'), text: z.string() }),
  z.object({ kind: z.literal('text'), line: Line }),
  /** Small, quiet text under what matters. */
  z.object({ kind: z.literal('context'), line: Line }),
  z.object({ kind: z.literal('facts'), facts: z.array(z.object({ label: z.string(), value: Line })) }),
  z.object({ kind: z.literal('list'), items: z.array(Line) }),
  z.object({ kind: z.literal('quote'), text: z.string() }),
  z.object({ kind: z.literal('code'), text: z.string() }),
  /** A Markdown document of Firebell's own making, shown as a document where the platform can. */
  z.object({ kind: z.literal('document'), title: z.string(), markdown: z.string() }),
  z.object({ kind: z.literal('buttons'), buttons: z.array(Button) }),
]);
export type Block = z.infer<typeof Block>;

/** What is posted. `tone` colours the edge: calm grey, news, danger red, good green, drill purple. */
export const Message = z.object({
  blocks: z.array(Block),
  tone: z.enum(['calm', 'news', 'warning', 'danger', 'good', 'drill']),
  /** The whole message in one plain sentence: notifications, screen readers, the transcript. */
  plain: z.string(),
  /** People who are to be notified by this message. Everybody else it names is not. */
  notify: z.array(z.string()),
  /** User groups of the platform (Discord: roles) that are to be notified, by the names that its people use. */
  notifyGroups: z.array(z.string()).optional(),
  /** Type of the event that this announces, e.g. `incident.declared`; the transcript keeps it. */
  event: z.string().optional(),
});
export type Message = z.infer<typeof Message>;

export const Choice = z.object({ value: z.string(), label: z.string() });
export type Choice = z.infer<typeof Choice>;

const about = { name: z.string(), label: z.string(), hint: z.string().nullable(), required: z.boolean() };

/** One field of a form. */
export const Field = z.discriminatedUnion('kind', [
  z.object({ ...about, kind: z.enum(['text', 'long_text']), value: z.string() }),
  z.object({ ...about, kind: z.literal('choice'), value: z.string(), choices: z.array(Choice).readonly() }),
  z.object({ ...about, kind: z.literal('check'), value: z.boolean() }),
]);
export type Field = z.infer<typeof Field>;

/** A form. `form` names a definition in the forms registry; `value` is carried through to its submission. */
export const Form = z.object({
  form: z.string(),
  value: z.string(),
  title: z.string(),
  submitLabel: z.string(),
  fields: z.array(Field).readonly(),
});
export type Form = z.infer<typeof Form>;

/** What a person gets back at once: something only they see, a form to fill in, a word at a field, or nothing more. */
export type Reply =
  | { readonly kind: 'private'; readonly message: Message }
  | { readonly kind: 'form'; readonly form: Form }
  | { readonly kind: 'field_errors'; readonly errors: Readonly<Record<string, string>> }
  | { readonly kind: 'nothing' };
