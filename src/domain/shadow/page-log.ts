/** What an entry of a log says was paged for: by the name that the old tool has for it, or an id of this configuration. */
export interface LoggedTarget {
  readonly kind: 'service' | 'schedule' | 'policy';
  readonly name: string;
}

/** Somebody was paged by the old tool. */
export interface LoggedPage {
  readonly at: Date;
  /** When what they were paged for began; the time of the page itself when the log does not say. */
  readonly since: Date;
  /** Null when the log does not say. */
  readonly target: LoggedTarget | null;
  /** A name, an e-mail address or an id. */
  readonly person: string;
  /** What belongs together, an incident or an alert; null when every entry stands for itself. */
  readonly incident: string | null;
}

/** Everybody whom the old tool paged at about one time for one thing. */
export interface LoggedMoment extends Omit<LoggedPage, 'person'> {
  readonly people: readonly string[];
}

/** Pages of one step go out within this time. */
const TOGETHER_MS = 90_000;

/** Puts the pages of one moment together; of one person only the first page for an incident counts, later ones remind them. */
export function momentsOfLog(pages: readonly LoggedPage[]): readonly LoggedMoment[] {
  const seen = new Set<string>();
  const moments: LoggedMoment[] = [];
  for (const { person, ...page } of pages.toSorted((a, b) => a.at.getTime() - b.at.getTime())) {
    const key = JSON.stringify([page.incident, person.toLowerCase()]);
    if (page.incident !== null && seen.has(key)) continue;
    seen.add(key);
    const i = moments.findLastIndex((moment) => isTogether(moment, page));
    const moment = moments[i];
    if (!moment) moments.push({ ...page, people: [person] });
    else if (!moment.people.includes(person)) moments[i] = { ...moment, people: [...moment.people, person] };
  }
  return moments;
}

function isTogether(moment: LoggedMoment, page: Omit<LoggedPage, 'person'>): boolean {
  return (
    page.at.getTime() - moment.at.getTime() <= TOGETHER_MS &&
    moment.incident === page.incident &&
    moment.target?.kind === page.target?.kind &&
    moment.target?.name === page.target?.name
  );
}
