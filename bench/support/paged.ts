import { setTimeout as wait } from 'node:timers/promises';
import { PEOPLE, SERVICES } from './company.ts';
import { newAlert, post } from './monitor.ts';
import type { Intake } from './monitor.ts';
import { Person } from './person.ts';

/** A monitor, and the responder whom its alerts page, with the direct room open in the browser. */
export interface Pager {
  /** Posts an alert that opens an incident; answers how many ms later its page was in the browser. */
  readonly page: () => Promise<number>;
  readonly close: () => void;
}

const [PERSON = '', SERVICE = ''] = [PEOPLE[0], SERVICES[0]];

/** Has the first person of the company paged once, so that there is a direct room, and opens it. */
export async function paged(intake: Intake): Promise<Pager> {
  const person = await Person.signIn(intake.url, PERSON);
  const screen = await person.lookAt(await firstPage(person, intake));
  return {
    page: async () => {
      const alert = newAlert(SERVICE);
      const posted = performance.now();
      const [seen] = await Promise.all([screen.shows(alert.dedup_key), post(intake, alert)]);
      return seen - posted;
    },
    close: screen.close,
  };
}

async function firstPage(person: Person, intake: Intake): Promise<string> {
  await post(intake, newAlert(SERVICE));
  for (;;) {
    const room = await person.directRoom();
    if (room !== null) return room;
    await wait(10);
  }
}
