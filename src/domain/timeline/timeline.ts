import type { Actor } from '../actor.ts';
import type { Directory } from '../directory.ts';
import type { RecordedEvent } from '../event.ts';
import type { Line } from '../text.ts';
import { lineOf } from './line.ts';
import { weightOf } from './weight.ts';
import type { Weight } from './weight.ts';

/** One entry of the timeline. `at` is the time that it speaks of, which for a note may lie before it was written. */
export interface TimelineLine {
  readonly at: Date;
  readonly line: Line;
  readonly by: Actor;
  readonly weight: Weight;
  /** Of the event that says it. */
  readonly seq: number;
}

/** The log of an incident as people read it, in the order of the times that its entries speak of. */
export function timelineOf(events: readonly RecordedEvent[], directory: Directory): readonly TimelineLine[] {
  const lines = events.flatMap((recorded) => {
    const line = lineOf(recorded, directory);
    if (line === null) return [];
    return [
      { at: timeOf(recorded), line, by: recorded.by, weight: weightOf(recorded.event), seq: recorded.seq },
    ];
  });
  return lines.sort((a, b) => a.at.getTime() - b.at.getTime() || a.seq - b.seq);
}

function timeOf({ event, at }: RecordedEvent): Date {
  return event.type === 'incident.noted' ? event.at : at;
}
