import { personOf } from '../../domain/actor.ts';
import { isLinkable, LINKABLE } from '../../domain/contact/accounts.ts';
import type { Refusal } from '../../domain/decision.ts';
import type { Reply } from '../message.ts';
import type { Asking } from '../step.ts';
import { note, whisper } from '../views/blocks.ts';
import { refusalMessage } from '../views/refusal.ts';
import { defineCommand } from './define.ts';

/** `/inc unlink`, or `/inc unlink discord` from elsewhere. */
export const unlink = defineCommand({
  name: 'unlink',
  synonyms: [],
  summary: 'Part an account that you linked from you: it is a guest again',
  where: 'anywhere',
  params: [
    {
      name: 'chat',
      kind: 'choice',
      choices: LINKABLE,
      description: 'Where the account is; here unless said',
    },
  ],
  examples: ['unlink', 'unlink discord'],
  answer: async ({ chat }, asking) => {
    const id = personOf(asking.actor);
    const me = id === null ? undefined : asking.directory.people.get(id);
    const platform = chat ?? asking.platform;
    if (me === undefined) return no({ why: 'You are linked to nobody.', hint: null }, asking);
    if (!isLinkable(platform)) return no(SAY_WHERE, asking);
    if (!(await asking.accounts.unlink(me, platform))) return no(notLinked(platform, asking), asking);
    return whisper(
      note([[`Your ${platform} account is a guest again. No page goes there any more.`]], asking),
    );
  },
});

const SAY_WHERE: Refusal = {
  why: 'Say which account.',
  hint: 'Write `unlink slack` or `unlink discord`; `whoami` shows what is linked.',
};

function notLinked(platform: string, { actor, directory }: Asking): Refusal {
  const id = personOf(actor);
  const handle = id === null ? undefined : directory.people.get(id)?.handles[platform];
  return handle === undefined
    ? { why: `No ${platform} account is linked to you.`, hint: '`whoami` shows what is linked.' }
    : {
        why: `Your ${platform} account is in the configuration, not linked by a code.`,
        hint: `An admin takes \`${platform}\` away from your handles in firebell.yaml.`,
      };
}

function no(refusal: Refusal, asking: Asking): Reply {
  return whisper(refusalMessage(refusal, asking.actor, asking));
}
