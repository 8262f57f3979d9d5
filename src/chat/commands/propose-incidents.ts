import type { Incident } from '../../domain/incident/incident.ts';
import { isOpen } from '../../domain/incident/incident.ts';
import { severityName } from '../../domain/timeline/phrase.ts';
import type { Completion } from '../chat-front.ts';
import { incidentFor } from '../front-deps.ts';
import type { Asking } from '../step.ts';
import { titleOf } from '../views/naming.ts';
import { isVisible } from '../visible.ts';
import type { Course } from './define.ts';
import { ranked } from './rank.ts';

/** So many of the newest are looked through on every keystroke; an older one is found by its number. */
const LOOKED_THROUGH = 100;

/** The incidents that a command can be about and the asker may know of, by number or words of the title: open ones first, newest first. */
export async function proposeIncidents(
  course: Course,
  text: string,
  asking: Asking,
): Promise<readonly Completion[]> {
  const [numbered, listed] = await Promise.all([byNumber(text, asking), listedFor(course, asking)]);
  const others = listed.filter(({ id }) => id !== numbered?.id);
  const proposals = others.map((incident) => ({
    word: `#${incident.id}`,
    detail: titleOf(incident),
    incident,
  }));
  const fitting = ranked(proposals, text, { loosely: true }).map(({ incident }) => incident);
  return [...(numbered === null ? [] : [numbered]), ...fitting].map((incident) => shown(incident, asking));
}

async function byNumber(text: string, asking: Asking): Promise<Incident | null> {
  const number = /^\s*#?(\d{1,10})\s*$/.exec(text)?.[1];
  return number === undefined ? null : incidentFor(asking, Number(number));
}

async function listedFor(course: Course, asking: Asking): Promise<readonly Incident[]> {
  const { reads } = asking;
  const [open, all] = await Promise.all([
    course === 'over' ? [] : reads.listIncidents({ state: 'open', limit: LOOKED_THROUGH }),
    course === 'open' ? [] : reads.listIncidents({ state: 'all', limit: LOOKED_THROUGH }),
  ]);
  return [...open, ...all.filter((incident) => !isOpen(incident))].filter((one) => isVisible(one, asking));
}

function shown(incident: Incident, { directory }: Asking): Completion {
  const word = `#${incident.id}`;
  const parts = [
    word,
    ...(incident.kind === 'drill' ? ['DRILL'] : []),
    severityName(incident.severity, directory),
    ...(isOpen(incident) ? [] : [incident.status]),
  ];
  return { insert: word, label: parts.join(' · '), detail: titleOf(incident) };
}
