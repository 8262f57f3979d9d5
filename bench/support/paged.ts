import { setTimeout as wait } from 'node:timers/promises';
import { PEOPLE, SERVICES } from './company.ts';
import { newAlert, post } from './monitor.ts';
import type { Intake } from './monitor.ts';
import { Person } from './person.ts';
import type { Screen } from './person.ts';

/** A monitor, and the responders whom its alerts page, each with the direct room open in the browser. */
export interface Pager {
  /** Posts an alert that opens an incident; answers how many ms later its page was in the browser. Each is the next one's turn, so that nobody's pages wait for each other. */
  readonly page: () => Promise<number>;
  readonly close: () => void;
}

/** Longer than further pages of one person wait for each other. */
const APART_MS = 3_500;

/** Has the first people of the company paged once each, so that there are direct rooms, and opens those. */
export async function paged(intake: Intake, count = 1): Promise<Pager> {
  const desks: Desk[] = [];
  for (let i = 0; i < count; i += 1) desks.push(await deskOf(i, intake));
  if (count > 1) await wait(APART_MS);
  let turn = 0;
  return {
    page: async () => {
      const desk = desks[turn % count];
      if (!desk) throw new Error(`expected ${count} desks`);
      turn += 1;
      const alert = newAlert(desk.service);
      const posted = performance.now();
      const [seen] = await Promise.all([desk.screen.shows(alert.dedup_key), post(intake, alert)]);
      return seen - posted;
    },
    close: () => {
      for (const { screen } of desks) screen.close();
    },
  };
}

interface Desk {
  readonly service: string;
  readonly screen: Screen;
}

async function deskOf(i: number, intake: Intake): Promise<Desk> {
  const [id = '', service = ''] = [PEOPLE[i], SERVICES[i]];
  const person = await Person.signIn(intake.url, id);
  await post(intake, newAlert(service));
  for (;;) {
    const room = await person.directRoom();
    if (room !== null) return { service, screen: await person.lookAt(room) };
    await wait(10);
  }
}
