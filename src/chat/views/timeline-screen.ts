import type { Directory } from '../../domain/directory.ts';
import type { RecordedEvent } from '../../domain/event.ts';
import { timelineOf } from '../../domain/timeline/timeline.ts';
import type { Line } from '../../domain/text.ts';
import type { Message } from '../message.ts';
import { listScreen } from './lists.ts';
import type { Reading } from './plain.ts';

const MOST = 40;

/** The story of an incident so far, without the noise; the newest lines when there are many. */
export function timelineScreen(
  events: readonly RecordedEvent[],
  incidentId: number,
  reading: Reading & { readonly directory: Directory },
): Message {
  const lines = timelineOf(events, reading.directory).filter(({ weight }) => weight !== 'noise');
  const items = lines.slice(-MOST).map(({ at, line }): Line => [{ time: at }, ' – ', ...line]);
  const foot: Line | undefined =
    lines.length > MOST ? [`The newest ${MOST} of ${lines.length} lines.`] : undefined;
  return listScreen(
    {
      heading: `Timeline of #${incidentId}`,
      items,
      empty: 'Nothing has happened yet.',
      ...(foot === undefined ? {} : { foot }),
    },
    reading,
  );
}
