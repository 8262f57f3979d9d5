import { createHash } from 'node:crypto';
import { Form } from '../../message.ts';
import type { KeptValues } from '../kept-values.ts';

/**
 * Forms that were shown, so that one that came too late or has to be corrected can be opened by a button: by any process, because the
 * one that showed it may be gone by then.
 */
export interface ShownForms {
  /** Keeps a form, and gives the name under which a button opens it. */
  readonly keep: (form: Form) => string;
  /** Null when the form is not kept any more. */
  readonly find: (id: string) => Promise<Form | null>;
  /** Notes that somebody is filling in a form, under the id that it comes back with. */
  readonly shown: (customId: string, form: Form) => void;
  /** The form that was last shown under this id, as it was. */
  readonly lately: (customId: string) => Promise<Form | null>;
}

/** Keeps forms with the other values of components. */
export function createShownForms(values: KeptValues): ShownForms {
  const find = async (key: string): Promise<Form | null> => {
    const kept = await values.find(key);
    return kept === null ? null : Form.parse(JSON.parse(kept));
  };
  return {
    keep: (form) => values.keep(JSON.stringify(form)),
    find,
    shown: (customId, form) => values.keepUnder(keyOf(customId), JSON.stringify(form)),
    lately: (customId) => find(keyOf(customId)),
  };
}

function keyOf(customId: string): string {
  return `form ${createHash('sha256').update(customId).digest('base64url').slice(0, 24)}`;
}
