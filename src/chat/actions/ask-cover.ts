import { replying } from '../step.ts';
import { coverForm } from '../views/shift-forms.ts';
import { defineAction } from './define.ts';

/** Ask for cover: opens the form. */
export const askCover = defineAction({
  name: 'ask-cover',
  typed: 'cover',
  opensForm: true,
  press: (_, asking) => replying({ kind: 'form', form: coverForm(asking) }),
});
