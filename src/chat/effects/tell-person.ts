import type { EffectHandler } from '../../engine/effect-handler.ts';
import { personNotice } from '../views/person-notice.ts';
import { outcomeOf, settle } from './parts.ts';
import type { ChatEffectParts } from './parts.ts';

/** Tells one person something by direct message. Somebody who is no longer configured is told nothing, and the admins hear of it. */
export function tellPerson({ chat, directory }: ChatEffectParts): EffectHandler<'chat.tell_person'> {
  return async ({ personId, key, text, items, buttons }) => {
    const person = directory().people.get(personId);
    if (person === undefined)
      return { kind: 'give_up', reason: `${personId} is no longer in the configuration.` };
    const saying = { chat, what: `send ${person.name} a direct message` };
    const room = await chat.directRoom(person);
    if (!room.ok) return outcomeOf(room.failure, saying);
    const message = personNotice(
      { personId, text, ...(items && { items }), buttons },
      { directory: directory(), zone: person.zone },
    );
    return settle(await chat.post(room.value.roomId, message, key), saying);
  };
}
