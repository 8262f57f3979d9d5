import { cover } from './cover.ts';
import { declare } from './declare.ts';
import type { FormDefinition } from './define.ts';
import { override } from './override.ts';
import { role } from './role.ts';
import { task } from './task.ts';
import { update } from './update.ts';

/** Every form, by the name that it carries. */
export const FORMS: ReadonlyMap<string, FormDefinition> = new Map(
  [declare, update, role, task, override, cover].map((form) => [form.name, form]),
);
