import type { EffectHandler } from '../../engine/effect-handler.ts';
import { adminNotice } from '../views/broadcast.ts';
import { outcomeOf, settle } from './parts.ts';
import type { ChatEffectParts } from './parts.ts';

/** Tells the admins in their room what Firebell could not do. */
export function tellAdmins({ chat, directory }: ChatEffectParts): EffectHandler<'chat.tell_admins'> {
  return async ({ incidentId, text }, { key }) => {
    const { adminRoom } = directory().settings;
    const saying = { chat, what: `post in the admin room ${adminRoom}` };
    const room = await chat.channel(adminRoom);
    if (!room.ok) return outcomeOf(room.failure, saying);
    return settle(await chat.post(room.value.roomId, adminNotice(text, incidentId), key), saying);
  };
}
