import type { Person } from '../../directory.ts';
import type { Reach } from '../../forecast/play.ts';

/** True when at least one of a person's rules for what is urgent works. */
export function canBeReached(person: Person, reach: Reach): boolean {
  return person.rules.high.some(({ channel }) => reach(person, channel, false) === null);
}
