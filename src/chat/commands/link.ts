import { personOf } from '../../domain/actor.ts';
import { isLinkable } from '../../domain/contact/accounts.ts';
import type { Refusal } from '../../domain/decision.ts';
import type { Reply } from '../message.ts';
import type { Asking } from '../step.ts';
import { context, note, whisper } from '../views/blocks.ts';
import { refusalMessage } from '../views/refusal.ts';
import { defineCommand } from './define.ts';

/** `/inc link` where one is known, `/inc link K7QM-2XRP` where one is not yet. */
export const link = defineCommand({
  name: 'link',
  synonyms: [],
  summary: 'Make an account of another chat yours: get a code here, type it there',
  where: 'anywhere',
  params: [{ name: 'code', kind: 'text', description: 'The code that Firebell told you where it knows you' }],
  examples: ['link', 'link K7QM-2XRP'],
  answer: ({ code }, asking) => (code === null ? askForCode(asking) : giveCode(code, asking)),
});

async function askForCode(asking: Asking): Promise<Reply> {
  const id = personOf(asking.actor);
  const me = id === null ? undefined : asking.directory.people.get(id);
  if (me === undefined) return no(NOT_KNOWN, asking);
  const code = await asking.accounts.issueCode(me);
  const lines = [
    [
      'Type this where you want to be known as ',
      { bold: me.name },
      ', with the account that is yours there:',
    ],
    [{ code: `/inc link ${code}` }],
  ];
  const told = note(lines, asking);
  const care = context('It works once, for 10 minutes. Give it to nobody: whoever types it acts as you.');
  return whisper({ ...told, blocks: [...told.blocks, care] });
}

const NOT_KNOWN: Refusal = {
  why: 'Firebell does not know yet who you are here, so it has no code to tell.',
  hint: null,
};

async function giveCode(code: string, asking: Asking): Promise<Reply> {
  const { actor, platform, accounts } = asking;
  if (!isLinkable(platform))
    return no({ why: 'Accounts of Slack and Discord are linked.', hint: 'Type the code there.' }, asking);
  if (actor.kind !== 'guest') return no(alreadyKnown(asking), asking);
  const linked = await accounts.link({ platform, userId: actor.id }, code);
  if ('why' in linked) return no(linked, asking);
  const lines = [
    ['This account is yours now: you are ', { bold: linked.name }, ' here, and can be paged here.'],
    [{ code: 'test' }, ' pages you now through all your rules, ', { code: 'unlink' }, ' takes it back.'],
  ];
  return whisper(note(lines, asking, { tone: 'good' }));
}

function alreadyKnown({ actor, directory }: Asking): Refusal {
  const id = personOf(actor);
  const name = (id === null ? undefined : directory.people.get(id)?.name) ?? 'somebody';
  return { why: `This account is linked already: you are ${name}.`, hint: '`unlink` parts it from you.' };
}

function no(refusal: Refusal, asking: Asking): Reply {
  return whisper(refusalMessage(refusal, asking.actor, asking));
}
