import { confirmDeclared, declareBy } from '../commands/declaration.ts';
import { saying } from '../step.ts';
import { defineAction } from './define.ts';

/** Declare, under the question whether free text was meant as a title. Its value is that title. */
export const declareConfirmed = defineAction({
  name: 'declare-confirmed',
  typed: 'new',
  press: ({ value }, asking) =>
    saying(declareBy(asking, { title: value }), (done) => confirmDeclared(done, asking)),
});
