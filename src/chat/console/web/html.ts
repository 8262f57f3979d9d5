import { html as template } from 'hono/html';

/** Escaped HTML. */
export type Html = Exclude<ReturnType<typeof template>, Promise<unknown>>;

/** What a template takes. Everything is escaped unless it is `Html` itself; nothing stands for nothing. */
type Shown = Html | string | number | readonly Shown[];

/** An HTML template: whatever is put into it is escaped. */
export function html(strings: TemplateStringsArray, ...values: readonly Shown[]): Html {
  const shown = template(strings, ...values);
  if (shown instanceof Promise) throw new Error('expected a template without anything to wait for');
  return shown;
}

/** No HTML at all. */
export const NOTHING: Html = html``;
