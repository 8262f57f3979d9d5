import type { EffectHandler } from '../../engine/effect-handler.ts';
import { testReport } from '../views/test-report.ts';
import { DONE, outcomeOf, settle } from './parts.ts';
import type { ChatEffectParts } from './parts.ts';

/** Makes one direct message say what has become of a test page on every channel. Somebody without direct messages reads it with `pages`. */
export function syncTestReport(parts: ChatEffectParts): EffectHandler<'chat.sync_test_report'> {
  const { chat, reads, directory } = parts;
  return async ({ incidentId, pageId }) => {
    const page = (await reads.pagesOf(incidentId)).find(({ id }) => id === pageId);
    const person = page && directory().people.get(page.personId);
    if (page === undefined || person === undefined) return DONE;
    const room = await chat.directRoom(person);
    if (!room.ok) return room.failure.kind === 'temporary' ? outcomeOf(room.failure, saying(parts)) : DONE;
    const message = testReport(page, incidentId, { directory: directory(), zone: person.zone });
    const posted = await chat.post(room.value.roomId, message, `test-report:${pageId}`);
    // Found or made: what it says is the newest either way.
    return posted.ok
      ? settle(await chat.edit(posted.value, message), saying(parts))
      : outcomeOf(posted.failure, saying(parts));
  };
}

function saying({ chat }: ChatEffectParts) {
  return { chat, what: 'say what became of a test page' };
}
