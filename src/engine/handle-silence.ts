import type { Refusal } from '../domain/decision.ts';
import type { Directory } from '../domain/directory.ts';
import { isActive } from '../domain/alert/silence.ts';
import type { Silence } from '../domain/alert/silence.ts';
import { matcherWords } from '../domain/alert/read-silence.ts';
import {
  mayChange,
  mayMove,
  mayStart,
  MOST_SILENCES,
  withServiceIds,
} from '../domain/alert/silence-rules.ts';
import type { SilenceCommand } from '../domain/alert/silence-rules.ts';
import { silenceBegun, silenceMoved } from '../domain/alert/tell-silence.ts';
import type { Db } from '../store/db.ts';
import { holdAlerts } from '../store/inbox.ts';
import { queueEffects } from '../store/outbox.ts';
import { addSilence, endSilence, findLiveSilence, liveSilences, moveSilence } from '../store/silences.ts';

/** What came of something said about a silence: the silence as it stands then. */
export type SilenceSaid =
  | { readonly kind: 'done'; readonly silence: Silence }
  | { readonly kind: 'refused'; readonly refusal: Refusal };

interface About {
  readonly now: Date;
  readonly directory: Directory;
}

/** Makes a silence, moves its end, or ends it. No alert is decided meanwhile: whatever any process decides after the answer knows of it. */
export async function handleSilence(tx: Db, command: SilenceCommand, about: About): Promise<SilenceSaid> {
  await holdAlerts(tx);
  switch (command.type) {
    case 'silence.start':
      return start(tx, command, about);
    case 'silence.move':
      return move(tx, command, about);
    case 'silence.end':
      return end(tx, command, about);
  }
}

async function start(
  tx: Db,
  command: Extract<SilenceCommand, { type: 'silence.start' }>,
  about: About,
): Promise<SilenceSaid> {
  const { by, until, why, incidentId } = command;
  const matchers = withServiceIds(command.matchers, about.directory);
  const refusal = mayStart({ ...command, matchers }, about);
  if (refusal !== null) return { kind: 'refused', refusal };
  const active = (await liveSilences(tx)).filter((one) => isActive(one, about.now));
  if (active.length >= MOST_SILENCES)
    return no(
      `There are ${MOST_SILENCES} silences already.`,
      'End one that is not needed: `silence` lists them.',
    );
  const same = active.find(
    (one) => matcherWords(one.matchers) === matcherWords(matchers) && one.until.getTime() === until.getTime(),
  );
  if (same !== undefined) return { kind: 'done', silence: same };
  const silence = { matchers, by, at: about.now, until, why, incidentId };
  const untouched = { endedAt: null, endedBy: null, movedAt: null, movedBy: null };
  const made = { ...silence, id: await addSilence(tx, silence), ...untouched };
  await queueEffects(tx, silenceBegun(made), about.now);
  return { kind: 'done', silence: made };
}

async function move(
  tx: Db,
  command: Extract<SilenceCommand, { type: 'silence.move' }>,
  about: About,
): Promise<SilenceSaid> {
  const { by, silenceId, until } = command;
  const refusal = mayMove(command, about);
  if (refusal !== null) return { kind: 'refused', refusal };
  const silence = await findLiveSilence(tx, silenceId);
  if (silence === null || !isActive(silence, about.now)) return noSuch(silenceId);
  if (silence.until.getTime() === until.getTime()) return { kind: 'done', silence };
  const moved = { ...silence, until, movedAt: about.now, movedBy: by };
  await moveSilence(tx, silenceId, { until, by, at: about.now });
  await queueEffects(tx, silenceMoved(moved, { by, was: silence.until }), about.now);
  return { kind: 'done', silence: moved };
}

async function end(
  tx: Db,
  { by, silenceId }: Extract<SilenceCommand, { type: 'silence.end' }>,
  { now, directory }: About,
): Promise<SilenceSaid> {
  const refusal = mayChange(by, directory);
  if (refusal !== null) return { kind: 'refused', refusal };
  const silence = await findLiveSilence(tx, silenceId);
  if (silence === null || !isActive(silence, now)) return noSuch(silenceId);
  await endSilence(tx, silenceId, { by, at: now });
  return { kind: 'done', silence: { ...silence, endedAt: now, endedBy: by } };
}

function noSuch(id: number): SilenceSaid {
  return no(`There is no silence ${id} that is not over.`, '`silence` lists them.');
}

function no(why: string, hint: string): SilenceSaid {
  return { kind: 'refused', refusal: { why, hint } };
}
