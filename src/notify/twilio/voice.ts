import type { TwilioConfig } from '../../config/config.ts';
import type { Delivery, NotificationChannel } from '../../engine/notification-channel.ts';
import { callsTo, makeAtTwilio } from './api.ts';
import type { TwilioDeps } from './api.ts';
import { callbackUrl } from './callback-path.ts';
import { digitsAloud } from './spoken-words.ts';
import { spoken } from './twiml.ts';
import type { VoiceRecord } from '../../store/voice-attempts.ts';

/** Rings about six times: most mailboxes take over after that. */
const RING_S = '30';
/** A person says hello within this; what is not certain by then counts as unknown. */
const LISTEN_S = '8';

/** How far Twilio's clock may be behind ours. */
const SKEW_MS = 10_000;

export interface VoiceDeps extends TwilioDeps {
  /** What is on record about calls to a number, from whichever process. */
  readonly recordOf: (phone: string) => Promise<VoiceRecord>;
}

/**
 * The notification channel `voice`. What the call says is asked of us when somebody takes it, so it is never old news. The call's own
 * reports carry the attempt: one that we did not hear of is on record a moment later. Where they come too late, or came while we were
 * down, a call whose making was not answered is looked for in Twilio's list before another is made.
 */
export function createVoice(deps: VoiceDeps): NotificationChannel {
  return {
    name: 'voice',
    reportsDelivery: true,
    sentBefore: async ({ person: { phone }, attemptId }) => {
      const config = deps.config();
      if (config === null || phone === null) return null;
      const record = await deps.recordOf(phone);
      const doubt = doubtOf(attemptId, record);
      return doubt === null ? null : findCall({ config, phone, ...doubt }, deps);
    },
    sendCode: async ({ phone }, code) => {
      const config = deps.config();
      if (config === null || config.from === null || phone === null) return NOWHERE;
      const said = `This is Firebell. Your code is: ${digitsAloud(code)}.`;
      const twiml = await spoken(said, `Again: ${said}`, 'Type it to Firebell in the chat. Goodbye.');
      const params = [
        ['To', phone],
        ['From', config.from],
        ['Twiml', twiml],
        ['Timeout', RING_S],
      ] as const;
      return makeAtTwilio({ resource: 'Calls', params }, config, deps);
    },
    reaches: ({ phone }) => phone !== null && (deps.config()?.from ?? null) !== null,
    send: async ({ person: { phone }, attemptId }) => {
      const config = deps.config();
      if (config === null || config.from === null) return NOWHERE;
      if (phone === null) return { kind: 'failed', reason: 'This person has no telephone number.' };
      return makeAtTwilio(callOf(config, { phone, from: config.from, attemptId }), config, deps);
    },
  };
}

/** A call that may have been made: not before then, and none of those whose attempts are known. */
interface Doubt {
  readonly since: Date;
  readonly known: ReadonlySet<string>;
}

/** Null when a call in the list could be another's as well: it rings again rather than not at all. */
function doubtOf(attemptId: string, { attempts, codeSentAt }: VoiceRecord): Doubt | null {
  const own = attempts.find((attempt) => attempt.attemptId === attemptId);
  if (own === undefined) return null;
  const since = new Date(own.intendedAt.getTime() - SKEW_MS);
  const isUnclear = attempts.some(
    (other) =>
      other !== own && other.callSid === null && (other.failedAt === null || other.failedAt >= since),
  );
  if (isUnclear || (codeSentAt !== null && codeSentAt >= since)) return null;
  return { since, known: new Set(attempts.flatMap(({ callSid }) => callSid ?? [])) };
}

interface Lost extends Doubt {
  readonly config: TwilioConfig;
  readonly phone: string;
}

/** The one call to the number since then that is no other attempt's; with two of them nobody knows, and it rings again. */
async function findCall({ config, phone, since, known }: Lost, deps: TwilioDeps): Promise<Delivery | null> {
  const listed = await callsTo(phone, config, deps);
  const found = listed.filter(
    ({ sid, from, date_created: at }) => from === config.from && !known.has(sid) && at >= since,
  );
  const [one] = found;
  return one === undefined || found.length > 1 ? null : { kind: 'sent', messageId: one.sid };
}

const NOWHERE: Delivery = {
  kind: 'failed',
  reason: 'No number that can call is configured.',
  fault: 'ours',
};

interface ToCall {
  readonly phone: string;
  readonly from: string;
  readonly attemptId: string;
}

function callOf(config: TwilioConfig, { phone, from, attemptId }: ToCall) {
  const events = ['initiated', 'answered', 'completed'].map(
    (event) => ['StatusCallbackEvent', event] as const,
  );
  const params = [
    ['To', phone],
    ['From', from],
    ['Url', callbackUrl(config, 'voice', attemptId)],
    ['Method', 'POST'],
    ['StatusCallback', callbackUrl(config, 'voice-status', attemptId)],
    ['StatusCallbackMethod', 'POST'],
    ...events,
    ['Timeout', RING_S],
    ['MachineDetection', 'Enable'],
    ['MachineDetectionTimeout', LISTEN_S],
  ] as const;
  return { resource: 'Calls' as const, params };
}
