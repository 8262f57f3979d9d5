import { setTimeout as wait } from 'node:timers/promises';
import type { Bench, Figure } from './bench.ts';
import type { Bot } from './support/bot.ts';
import { PEOPLE, SERVICES } from './support/company.ts';
import { quantile } from './support/figures.ts';
import { newAlert, post } from './support/monitor.ts';
import { Person } from './support/person.ts';
import type { Screen } from './support/person.ts';
import { KINDS } from './support/place.ts';
import type { Place } from './support/place.ts';

const ROOMS = 5;
const FOR_MS = 15_000;
/** Nobody types a command faster than in half a second. */
const THINK_MS = { least: 500, most: 1_500 };
const AT_MOST_MS = 100;

/** What is typed. What says something to the room is answered when the typist reads it there. */
const LINES: readonly { readonly text: string; readonly isSaid: boolean }[] = [
  { text: 'list', isSaid: false },
  { text: 'timeline', isSaid: false },
  { text: 'pages', isSaid: false },
  { text: 'tasks', isSaid: false },
  { text: 'whoami', isSaid: false },
  { text: 'note', isSaid: true },
  { text: 'update', isSaid: true },
  { text: 'task', isSaid: true },
  { text: 'summary', isSaid: true },
  { text: 'rename', isSaid: true },
];

/** Twenty people in five war rooms, each with the room open in the browser. */
export const typing: Bench = {
  name: 'typing',
  about: 'Slash command -> answer in the console, 20 people typing',
  run: async (places) => {
    const figures: Figure[] = [];
    for (const kind of KINDS) {
      const place = await places.fresh(kind);
      const bot = await place.start();
      try {
        figures.push(...figuresOf(place, await typeFor(bot, place)));
      } finally {
        await bot.end();
        await place.remove();
      }
    }
    return figures;
  },
};

interface Typed {
  readonly text: string;
  readonly isSaid: boolean;
  readonly ms: number;
}

async function typeFor(bot: Bot, place: Place): Promise<readonly Typed[]> {
  const rooms = await openRooms(bot, place);
  const typists = await Promise.all(
    PEOPLE.map(async (id, i) => {
      const person = await Person.signIn(bot.url, id);
      const roomId = rooms[i % rooms.length] ?? '';
      return { person, roomId, screen: await person.lookAt(roomId) };
    }),
  );
  const until = performance.now() + FOR_MS;
  const typed = await Promise.all(typists.map((typist) => typeUntil(typist, until)));
  for (const { screen } of typists) screen.close();
  return typed.flat();
}

async function openRooms(bot: Bot, { token }: Place): Promise<readonly string[]> {
  const person = await Person.signIn(bot.url, 'p1');
  for (const service of SERVICES.slice(0, ROOMS)) await post({ url: bot.url, token }, newAlert(service));
  await bot.settled();
  const pages = await Promise.all(Array.from({ length: ROOMS }, (_, i) => person.get(`/incidents/${i + 1}`)));
  return pages.map(({ text }) => {
    const room = /\/rooms\/(\d+)\/say/.exec(text)?.[1];
    if (room === undefined) throw new Error('expected the incident to have a room');
    return room;
  });
}

interface Typist {
  readonly person: Person;
  readonly roomId: string;
  readonly screen: Screen;
}

async function typeUntil(typist: Typist, until: number): Promise<readonly Typed[]> {
  const typed: Typed[] = [];
  await wait(Math.random() * THINK_MS.most);
  while (performance.now() < until) {
    const line = LINES[Math.floor(Math.random() * LINES.length)] ?? { text: 'list', isSaid: false };
    typed.push(await typeOne(typist, line));
    await wait(THINK_MS.least + Math.random() * (THINK_MS.most - THINK_MS.least));
  }
  return typed;
}

let words = 0;

async function typeOne(
  { person, roomId, screen }: Typist,
  { text, isSaid }: (typeof LINES)[number],
): Promise<Typed> {
  words += 1;
  const unique = `words-${words}-`;
  const began = performance.now();
  const { status, text: answer } = await person.type(
    roomId,
    isSaid ? `/inc ${text} ${unique}` : `/inc ${text}`,
  );
  const answered = performance.now();
  if (status !== 200 || answer.includes('trouble of its own'))
    throw new Error(`expected an answer to ${text}, got ${status}: ${answer}`);
  const seen = isSaid ? await screen.shows(unique) : answered;
  return { text, isSaid, ms: Math.max(answered, seen) - began };
}

function figuresOf({ name }: Place, typed: readonly Typed[]): readonly Figure[] {
  const msOf = (some: readonly Typed[]) => some.map(({ ms }) => ms);
  const p95 = (some: readonly Typed[]) => quantile(msOf(some), 0.95);
  return [
    {
      what: `${name}: command -> answer on the typist's screen, p95`,
      value: p95(typed),
      unit: 'ms',
      bound: { atMost: AT_MOST_MS },
    },
    { what: `${name}: the same, median`, value: quantile(msOf(typed), 0.5), unit: 'ms' },
    {
      what: `${name}: commands that ask, p95`,
      value: p95(typed.filter(({ isSaid }) => !isSaid)),
      unit: 'ms',
    },
    {
      what: `${name}: commands that change something, until the room says so, p95`,
      value: p95(typed.filter(({ isSaid }) => isSaid)),
      unit: 'ms',
    },
    { what: `${name}: commands typed`, value: (typed.length * 1000) / FOR_MS, unit: 'per s' },
  ];
}
