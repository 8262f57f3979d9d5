import type { Alert } from './alert.ts';
import type { Signal } from './signal.ts';

/**
 * What a signal means for the alert it speaks of. An episode is a key and the start of one firing.
 * - `fires`: a new episode begins · `repeats`: the current one is told again · `clears`: it is over
 * - `late`: it speaks of an episode that is over or overtaken, and changes nothing but a count
 * - `recovery_only`: a recovery whose firing was never seen; it is remembered, so that the late firing stays quiet
 * - `acknowledged_only`: somebody took it elsewhere before it was ever told here
 */
export type Verdict = 'fires' | 'repeats' | 'clears' | 'late' | 'recovery_only' | 'acknowledged_only';

/** Judges a signal by what is known under its key. `answered` is false once the alert's incident is over. */
export function judge(known: Alert | undefined, signal: Signal, answered: boolean): Verdict {
  switch (signal.status) {
    case 'firing':
      return judgeFiring(known, signal, answered);
    case 'acknowledged':
      return judgeAcknowledged(known);
    case 'resolved':
      return judgeResolved(known, signal);
  }
}

function judgeFiring(known: Alert | undefined, signal: Signal, answered: boolean): Verdict {
  if (!known) return 'fires';
  const order = compareStarts(signal, known.signal);
  if (known.status === 'resolved') return order === 'unknown' || order === 'newer' ? 'fires' : 'late';
  if (order === 'older') return 'late';
  // The recovery in between was lost.
  if (order === 'newer') return 'fires';
  // Of a sender that names no start every repeat looks alike: only when nobody works on it any more is it a new one.
  return order === 'unknown' && !answered && known.groupId !== null ? 'fires' : 'repeats';
}

function judgeAcknowledged(known: Alert | undefined): Verdict {
  if (!known) return 'acknowledged_only';
  return known.status === 'firing' ? 'repeats' : 'late';
}

function judgeResolved(known: Alert | undefined, signal: Signal): Verdict {
  if (!known) return 'recovery_only';
  const order = compareStarts(signal, known.signal);
  if (known.status === 'resolved') return order === 'newer' ? 'recovery_only' : 'late';
  return order === 'older' ? 'late' : 'clears';
}

/** Which of two episodes of one alert began later; unknown when a sender names no start. */
function compareStarts(signal: Signal, known: Signal): 'older' | 'same' | 'newer' | 'unknown' {
  if (signal.startsAtGuessed === true || known.startsAtGuessed === true) return 'unknown';
  const difference = signal.startsAt.getTime() - known.startsAt.getTime();
  if (difference === 0) return 'same';
  return difference < 0 ? 'older' : 'newer';
}

/** The alert as it stands after a signal that was judged. Its group is not decided here. */
export function tell(known: Alert | undefined, signal: Signal, { verdict, now }: Telling): Alert {
  if (!known || verdict === 'fires' || verdict === 'recovery_only') {
    return begin(known, signal, { verdict, now });
  }
  const counted = { ...known, lastAt: now, count: known.count + 1 };
  switch (verdict) {
    case 'clears':
      return { ...counted, status: 'resolved', signal: clearedSignal(known.signal, signal, now) };
    case 'repeats':
      return { ...counted, signal: repeatedSignal(known.signal, signal) };
    case 'late':
    case 'acknowledged_only':
      return counted;
  }
}

interface Telling {
  readonly verdict: Verdict;
  readonly now: Date;
}

function begin(known: Alert | undefined, signal: Signal, { verdict, now }: Telling): Alert {
  return {
    source: signal.source,
    key: signal.key,
    status: verdict === 'recovery_only' ? 'resolved' : 'firing',
    signal,
    firstAt: now,
    lastAt: now,
    count: 1,
    groupId: known?.groupId ?? null,
    silencedBy: null,
  };
}

/** A recovery often says little more than the key: what the firing said stays. */
function clearedSignal(known: Signal, signal: Signal, now: Date): Signal {
  const start = compareStarts(signal, known) === 'newer' ? signal : known;
  return { ...known, ...startOf(start), status: 'resolved', endsAt: signal.endsAt ?? now };
}

function repeatedSignal(known: Signal, signal: Signal): Signal {
  // An acknowledgement names no firing: taking its start over would make the next firing look like a repeat.
  if (signal.status === 'acknowledged') return known;
  return {
    ...signal,
    service: signal.service ?? known.service,
    description: signal.description ?? known.description,
  };
}

function startOf({ startsAt, startsAtGuessed }: Signal): Pick<Signal, 'startsAt' | 'startsAtGuessed'> {
  return { startsAt, startsAtGuessed };
}
