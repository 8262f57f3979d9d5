import { createHash } from 'node:crypto';
import type { z } from 'zod';
import type { Reply } from '../../message.ts';
import { SLACK } from '../parts.ts';
import { deliver, say } from './answer.ts';
import type { Place } from './answer.ts';
import { notOurs } from './commands.ts';
import type { ReceiveParts } from './deps.ts';
import { fieldErrors, filledIn, FormMemory, modalOf } from './modal.ts';
import type { ViewSubmission } from './payloads.ts';
import { speakerOf } from './speaker.ts';
import { note } from '../../views/blocks.ts';

type Sent = z.infer<typeof ViewSubmission>;

/** Slack waits three seconds for the answer to a form; what takes longer is answered directly. */
const ANSWER_WITHIN_MS = 2_500;

/**
 * Does what a form says, and answers Slack with what came of it: words at its fields are the answer that Slack waits for. False when the
 * form stays open, with nothing done.
 */
export async function runSubmitted(
  sent: Sent,
  acknowledge: (answer?: unknown) => Promise<void>,
  parts: ReceiveParts,
): Promise<boolean> {
  const memory = memoryOf(sent);
  if (memory === null) {
    await acknowledge();
    return true;
  }
  const place = placeOf(sent, memory);
  const replying = replyTo(sent, memory, parts);
  const reply = await Promise.race([replying, late()]);
  if (reply !== null) return answerAt(reply, place, { acknowledge, parts });
  await acknowledge();
  await answerLate(await replying, place, parts);
  return true;
}

/** Does what a form says that was written down and not done then. Its sender is told directly. */
export async function runKeptForm(sent: Sent, parts: ReceiveParts): Promise<void> {
  const memory = memoryOf(sent);
  if (memory === null) return;
  await answerLate(await replyTo(sent, memory, parts), placeOf(sent, memory), parts);
}

/** What is the same form, filled in the same way: whoever saw no answer sends it again. */
export function keyOfForm({ view }: Sent): string {
  const filled = createHash('sha256')
    .update(JSON.stringify(filledIn(view.state.values)))
    .digest('hex');
  return `view_submission:${view.id}:${filled}`;
}

function placeOf({ user }: Sent, { room }: FormMemory): Place {
  return { userId: user.id, channelId: room, thread: null, responseUrl: null, triggerId: null };
}

function memoryOf({ view }: Sent): FormMemory | null {
  try {
    return FormMemory.parse(JSON.parse(view.private_metadata));
  } catch {
    return null;
  }
}

async function replyTo(sent: Sent, { form, value, room }: FormMemory, parts: ReceiveParts): Promise<Reply> {
  const { user, view } = sent;
  const speaker = await speakerOf(
    { userId: user.id, teamId: user.team_id ?? null, name: user.name ?? user.username ?? null },
    parts,
  );
  if (speaker.kind === 'external') return notOurs(parts);
  return parts.deps.front().submit({
    actor: speaker.actor,
    platform: SLACK,
    roomId: room,
    form,
    value,
    fields: filledIn(view.state.values),
  });
}

interface Answering {
  readonly acknowledge: (answer?: unknown) => Promise<void>;
  readonly parts: ReceiveParts;
}

async function answerAt(reply: Reply, place: Place, { acknowledge, parts }: Answering): Promise<boolean> {
  if (reply.kind === 'field_errors' || reply.kind === 'form') {
    await acknowledge(
      reply.kind === 'form'
        ? { response_action: 'update', view: modalOf(reply.form, place.channelId) }
        : fieldErrors(reply.errors),
    );
    return false;
  }
  await acknowledge();
  await deliver(reply, { place, origin: null }, parts);
  return true;
}

/** The form is closed by now: what was wrong with it is said instead of shown. */
async function answerLate(reply: Reply, place: Place, parts: ReceiveParts): Promise<void> {
  if (reply.kind !== 'field_errors') return deliver(reply, { place, origin: null }, parts);
  const directory = parts.deps.directory();
  const lines = Object.values(reply.errors).map((words) => [words]);
  const message = note(
    [['Nothing was done, because the form has to be corrected. Please open it again.'], ...lines],
    { directory, zone: directory.settings.zone },
    { tone: 'warning' },
  );
  await say(message, place, parts);
}

function late(): Promise<null> {
  return new Promise((resolve) => {
    setTimeout(() => resolve(null), ANSWER_WITHIN_MS).unref();
  });
}
