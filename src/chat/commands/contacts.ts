import { personOf } from '../../domain/actor.ts';
import type { ShownContact } from '../../engine/contacts.ts';
import type { Asking } from '../step.ts';
import { whisper } from '../views/blocks.ts';
import { contactsScreen } from '../views/contacts-screen.ts';
import { defineCommand } from './define.ts';

/** `/inc contacts` */
export const contacts = defineCommand({
  name: 'contacts',
  synonyms: ['addresses'],
  summary: 'Show how your addresses stand; admins also see whose do not work',
  where: 'anywhere',
  params: [],
  examples: ['contacts'],
  answer: async (_, asking) => {
    const me = personOf(asking.actor);
    const all = await asking.contacts.list([...asking.directory.people.values()]);
    const mine = all.filter(({ personId }) => personId === me);
    const others = all.filter((one) => one.personId !== me && isTrouble(one) && maySee(me, one, asking));
    return whisper(contactsScreen({ mine, others }, asking));
  },
});

function isTrouble({ standing, failing }: ShownContact): boolean {
  return standing === 'unverified' || failing !== null;
}

/** An admin sees everybody's troubles, everybody else those of their teams. */
function maySee(me: string | null, { personId }: ShownContact, { directory }: Asking): boolean {
  if (me === null) return false;
  if (directory.people.get(me)?.access === 'admin') return true;
  return [...directory.teams.values()].some(
    ({ members }) => members.includes(me) && members.includes(personId),
  );
}
