import type { Directory } from '../../domain/directory.ts';
import type { Incident } from '../../domain/incident/incident.ts';
import type { Line } from '../../domain/text.ts';
import type { Message } from '../message.ts';
import { text } from './blocks.ts';
import { drillMark } from './naming.ts';
import { plainLine } from './plain.ts';

/** What the old room of an incident reads when people work on it somewhere else; `url` is where, where the platform has addresses. */
export function movedNotice(incident: Incident, url: string | null, directory: Directory): Message {
  const name = `#${incident.room?.name ?? ''}`;
  const line: Line = [
    `${drillMark(incident)}#${incident.id} is worked on in `,
    url === null ? { bold: name } : { link: url, label: name },
    ' from now on. Go on there: what is said here is not heard any more.',
  ];
  return {
    blocks: [text(...line)],
    tone: 'news',
    plain: plainLine(line, { directory, zone: directory.settings.zone }),
    notify: [],
  };
}
