import type { EffectHandlers } from '../../engine/effect-handler.ts';
import { announce } from './announce.ts';
import { broadcastNews } from './broadcast.ts';
import { leaveRoom } from './leave-room.ts';
import { openRoom } from './open-room.ts';
import type { ChatEffectParts } from './parts.ts';
import { publishPostmortem } from './publish-postmortem.ts';
import { syncCard } from './sync-card.ts';
import { syncRoom } from './sync-room.ts';
import { syncTestReport } from './sync-test-report.ts';
import { tellAdmins } from './tell-admins.ts';
import { tellChannel } from './tell-channel.ts';
import { tellGroup } from './tell-group.ts';
import { tellPerson } from './tell-person.ts';
import { tellRoom } from './tell-room.ts';

/** The effects that the chat room carries out. */
export type ChatEffects = Pick<
  EffectHandlers,
  Extract<keyof EffectHandlers, `chat.${string}`> | 'postmortem.publish'
>;

/** Every effect handler of the chat room, over one platform. */
export function chatEffects(parts: ChatEffectParts): ChatEffects {
  return {
    'chat.open_room': openRoom(parts),
    'chat.leave_room': leaveRoom(parts),
    'chat.sync_room': syncRoom(parts),
    'chat.sync_card': syncCard(parts),
    'chat.sync_test_report': syncTestReport(parts),
    'chat.announce': announce(parts),
    'chat.broadcast': broadcastNews(parts),
    'chat.tell_channel': tellChannel(parts),
    'chat.tell_group': tellGroup(parts),
    'chat.tell_admins': tellAdmins(parts),
    'chat.tell_person': tellPerson(parts),
    'chat.tell_room': tellRoom(parts),
    'postmortem.publish': publishPostmortem(parts),
  };
}
