import { createHash } from 'node:crypto';
import type { z } from 'zod';
import type { Inbound } from '../../../store/platform-inbound.ts';
import { createInboundLoop } from '../../inbound/loop.ts';
import { onceUnder } from '../../once.ts';
import type { Incoming } from '../../inbound/incoming.ts';
import type { InboundLoop } from '../../inbound/loop.ts';
import { createGapFiller } from '../ledger/fill-gaps.ts';
import { SLACK } from '../parts.ts';
import { runPressed } from './actions.ts';
import { runTyped } from './commands.ts';
import type { ReceiveParts } from './deps.ts';
import { channelOf, hear, isForUs } from './events.ts';
import type { HearingParts } from './events.ts';
import { keyOfForm, runKeptForm, runSubmitted } from './forms.ts';
import {
  BlockActions,
  EventCallback,
  GlobalShortcut,
  MessageShortcut,
  TypedCommand,
  ViewSubmission,
} from './payloads.ts';
import { createOurRooms } from './rooms.ts';
import { runGlobal, runOnMessage } from './shortcuts.ts';

/** What Slack sent, by a socket or by HTTP, with the way to tell it that we have it. */
export interface SlackEnvelope {
  readonly body: unknown;
  readonly ack: (answer?: unknown) => Promise<void>;
}

/** Hears what people do in Slack. */
export interface SlackReceiving extends Pick<InboundLoop, 'start' | 'stop' | 'tick' | 'condition'> {
  /**
   * Takes one thing in. It is written down before it is acknowledged wherever Slack would not send it again; what Slack does send
   * again is acknowledged only when it is safe. Never throws.
   */
  readonly receive: (envelope: SlackEnvelope) => Promise<void>;
  /** Nobody listened for a while, and now we do again: what was said meanwhile is read from the history. */
  readonly fillGaps: () => void;
}

/** Makes the ears of a workspace. */
export function createSlackReceiving(parts: ReceiveParts): SlackReceiving {
  const hearing: HearingParts = { parts, rooms: createOurRooms(parts) };
  const gaps = createGapFiller(parts);
  const loop = createInboundLoop({
    ...parts.deps,
    platform: SLACK,
    process: (one) => processKept(one, hearing),
    laneOf,
  });
  return {
    receive: async (envelope) => {
      try {
        await take(envelope, { hearing, loop });
      } catch (err) {
        parts.deps.logger.error({ err }, 'Something that Slack sent could not be taken in');
      }
    },
    fillGaps: gaps.begin,
    start: loop.start,
    stop: async () => {
      await gaps.stop();
      await loop.stop();
    },
    tick: loop.tick,
    condition: loop.condition,
  };
}

interface Taking {
  readonly hearing: HearingParts;
  readonly loop: InboundLoop;
}

const KIND = {
  event_callback: EventCallback,
  block_actions: BlockActions,
  message_action: MessageShortcut,
  command: TypedCommand,
  view_submission: ViewSubmission,
} as const;
type Kind = keyof typeof KIND;
type Kept = Incoming & { readonly kind: Kind };

const SHAPES: ReadonlyMap<string, z.ZodType> = new Map<string, z.ZodType>([
  ...Object.entries(KIND),
  ['shortcut', GlobalShortcut],
]);

async function take({ body, ack }: SlackEnvelope, { hearing, loop }: Taking): Promise<void> {
  const kind = kindOf(body);
  const read = SHAPES.get(kind ?? '')?.safeParse(body);
  if (read?.success === false) {
    // Sent again it would be the same.
    hearing.parts.deps.logger.warn({ err: read.error, kind }, 'Slack sent something that cannot be read');
    return ack();
  }
  switch (kind) {
    case 'view_submission':
      return keepOrSubmit(body, ack, { hearing, loop });
    case 'shortcut': {
      // Nothing is lost with it: whoever sees no form takes the shortcut again.
      await ack();
      return runGlobal(GlobalShortcut.parse(body), hearing.parts);
    }
    case 'event_callback':
      if (!(await isForUs(EventCallback.parse(body), hearing.rooms))) return ack();
      return loop.receive({ key: keyOf(kind, body), kind, payload: body }, () => ack());
    case 'block_actions':
    case 'message_action':
    case 'command':
      return keepOrDo({ key: keyOf(kind, body), kind, payload: body }, ack, { hearing, loop });
    case null:
    default:
      return ack();
  }
}

/** People wait for these and Slack sends them once: while the database is away they are done all the same. */
async function keepOrDo(one: Kept, ack: SlackEnvelope['ack'], { hearing, loop }: Taking): Promise<void> {
  let isTold = false;
  const tell = async (): Promise<void> => {
    isTold = true;
    await ack();
  };
  try {
    await loop.receiveOnce(one, tell);
  } catch (err) {
    hearing.parts.deps.logger.warn({ err, kind: one.kind }, 'What somebody did could not be written down');
    if (!isTold) await ack();
    await doIt(one, hearing);
  }
}

/** Like `keepOrDo`, for what is answered with what came of it. The same form sent once more is only acknowledged: it is in hand. */
async function keepOrSubmit(
  body: unknown,
  ack: SlackEnvelope['ack'],
  { hearing, loop }: Taking,
): Promise<void> {
  const sent = ViewSubmission.parse(body);
  const one = { key: keyOfForm(sent), kind: 'view_submission', payload: body } as const;
  let isBegun = false;
  const submit = (): Promise<boolean> => {
    isBegun = true;
    return runSubmitted(sent, ack, hearingOnce(hearing, onceOf(one)).parts);
  };
  try {
    if (!(await loop.answer(one, submit))) await ack();
  } catch (err) {
    if (isBegun) throw err;
    hearing.parts.deps.logger.warn({ err, kind: one.kind }, 'What somebody did could not be written down');
    await submit();
  }
}

async function processKept({ key, kind, payload }: Inbound, hearing: HearingParts): Promise<void> {
  if (!(kind in KIND)) throw new Error(`nothing is known of the kind ${kind}`);
  // Checked just above.
  await doIt({ key, kind: kind as Kind, payload }, hearing);
}

/** A form whose sender saw no answer may be sent again with other words: it is the same form, and done once. */
function onceOf({ key, kind, payload }: Kept): string {
  return kind === 'view_submission' ? `view:${ViewSubmission.parse(payload).view.id}` : key;
}

/** What is kept under this key may be done again after a crash: whatever it changes is changed once. */
function hearingOnce(hearing: HearingParts, key: string): HearingParts {
  const { parts } = hearing;
  return { ...hearing, parts: { ...parts, deps: onceUnder(parts.deps, `${SLACK}:${key}`) } };
}

async function doIt({ key, kind, payload }: Kept, allHearing: HearingParts): Promise<void> {
  const hearing = hearingOnce(allHearing, onceOf({ key, kind, payload }));
  switch (kind) {
    case 'event_callback':
      return hear(EventCallback.parse(payload), hearing);
    case 'block_actions':
      return runPressed(BlockActions.parse(payload), hearing.parts);
    case 'message_action':
      return runOnMessage(MessageShortcut.parse(payload), hearing);
    case 'view_submission':
      return runKeptForm(ViewSubmission.parse(payload), hearing.parts);
    case 'command':
      return runTyped(TypedCommand.parse(payload), hearing.parts);
  }
}

/** Events of one channel keep their order; what people press and type stands alone. */
function laneOf({ kind, payload }: Incoming): string | null {
  if (kind !== 'event_callback') return null;
  const told = EventCallback.safeParse(payload);
  return told.success ? channelOf(told.data.event) : null;
}

function kindOf(body: unknown): string | null {
  if (typeof body !== 'object' || body === null) return null;
  if ('type' in body && typeof body.type === 'string') return body.type;
  return 'command' in body ? 'command' : null;
}

/** Slack's own id of it. A trigger is made for one press or one line, so that it is an id too. */
function keyOf(kind: Kind, body: unknown): string {
  const id = kind === 'event_callback' ? wordAt(body, 'event_id') : wordAt(body, 'trigger_id');
  return `${kind}:${id ?? createHash('sha256').update(JSON.stringify(body)).digest('hex')}`;
}

function wordAt(body: unknown, name: string): string | null {
  if (typeof body !== 'object' || body === null) return null;
  const value: unknown = Reflect.get(body, name);
  return typeof value === 'string' && value !== '' ? value : null;
}
