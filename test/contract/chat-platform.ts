import { describe, expect, it } from 'vitest';
import type { Message } from '../../src/chat/message.ts';
import type { Answer, ChatPlatform, RoomSpec } from '../../src/chat/platform.ts';
import type { Person } from '../../src/domain/directory.ts';

/** A platform with people on it. */
export interface PlatformRig {
  readonly platform: ChatPlatform;
  /** Two who have an account there. */
  readonly people: readonly [Person, Person];
  /** Somebody without; null where everybody has one. */
  readonly stranger: Person | null;
}

/** What cannot hold on a platform, each with the reason. */
export type PlatformSkips = Readonly<Partial<Record<'transcript' | 'topic' | 'room_names', string>>>;

/** What is asked of every chat platform, the console among them. `open` gives a fresh one that ends with the test. */
export function chatPlatformContract(
  name: string,
  open: () => Promise<PlatformRig>,
  skip: PlatformSkips = {},
): void {
  const unless = (what: keyof PlatformSkips) =>
    skip[what] === undefined ? it : it.skip.bind(it, `(skipped: ${skip[what]})`);

  describe(`${name} as a chat platform`, { timeout: 60_000 }, () => {
    it('goes by its name', async () => {
      const { platform } = await open();
      expect(platform.name).toBe(name);
    });

    it('makes one room of a key, however often it is asked', async () => {
      const { platform, people } = await open();
      const spec = roomOf(people);
      const rooms = [await platform.ensureRoom(spec), await platform.ensureRoom(spec)].map(value);
      expect(rooms[0]?.roomId).toBe(rooms[1]?.roomId);
    });

    it('gives rooms of the same name with different keys a room each', async () => {
      const { platform, people } = await open();
      const one = value(await platform.ensureRoom(roomOf(people)));
      const two = value(await platform.ensureRoom({ ...roomOf(people), key: 'incident:2' }));
      expect(two.roomId).not.toBe(one.roomId);
    });

    unless('room_names')('gives no two rooms one name', async () => {
      const { platform, people } = await open();
      const one = value(await platform.ensureRoom(roomOf(people)));
      const two = value(await platform.ensureRoom({ ...roomOf(people), key: 'incident:2' }));
      expect(two.name).not.toBe(one.name);
    });

    it('makes a room of any title', async () => {
      const { platform, people } = await open();
      for (const [i, title] of ['Größe 🔥 «x»', '決済が失敗', '!!!', 'x'.repeat(300)].entries()) {
        const room = await platform.ensureRoom({ ...roomOf(people), key: `incident:${i + 10}`, name: title });
        expect(value(room).name.length).toBeGreaterThan(0);
      }
    });

    it('says it once per key and finds it again', async () => {
      const { platform, people } = await open();
      const { roomId } = value(await platform.ensureRoom(roomOf(people)));
      expect(value(await platform.posted(roomId, 'k1'))).toBeNull();
      const first = value(await platform.post(roomId, says('Payments fail'), 'k1'));
      expect(value(await platform.post(roomId, says('Payments fail'), 'k1'))).toEqual(first);
      expect(value(await platform.posted(roomId, 'k1'))).toEqual(first);
      expect(value(await platform.posted(roomId, 'k2'))).toBeNull();
    });

    it('takes a message of every kind of block, edits and pins it', async () => {
      const { platform, people } = await open();
      const { roomId } = value(await platform.ensureRoom(roomOf(people)));
      const ref = value(await platform.post(roomId, everything(people), 'all'));
      value(await platform.edit(ref, says('It is over')));
      value(await platform.pin(ref));
      value(await platform.pin(ref));
    });

    it('takes messages that are far too long', async () => {
      const { platform, people } = await open();
      const { roomId } = value(await platform.ensureRoom(roomOf(people)));
      value(await platform.post(roomId, tooLong(), 'long'));
    });

    it('has one direct room for each person', async () => {
      const { platform, people } = await open();
      const [ana, ben] = people;
      const rooms = [
        value(await platform.directRoom(ana)).roomId,
        value(await platform.directRoom(ana)).roomId,
        value(await platform.directRoom(ben)).roomId,
      ];
      expect(rooms[0]).toBe(rooms[1]);
      expect(rooms[2]).not.toBe(rooms[0]);
      expect(people.map(platform.reaches)).toEqual([true, true]);
    });

    it('says who cannot be reached', async () => {
      const { platform, stranger } = await open();
      if (stranger === null) return;
      const room = await platform.directRoom(stranger);
      expect(room.ok ? null : room.failure.kind).toBe('unreachable');
    });

    it('finds a standing channel by its name, with or without its hash', async () => {
      const { platform } = await open();
      const one = value(await platform.channel('#incidents'));
      expect(value(await platform.channel('incidents')).roomId).toBe(one.roomId);
    });

    unless('topic')('takes a new topic and new members, twice without harm', async () => {
      const { platform, people } = await open();
      const [ana, ben] = people;
      const { roomId } = value(await platform.ensureRoom({ ...roomOf(people), members: [ana] }));
      const state = { topic: 'SEV1 · identified', members: [ana, ben], archived: false };
      value(await platform.setRoomState(roomId, state));
      value(await platform.setRoomState(roomId, state));
    });

    unless('transcript')('tells what was said in a room, oldest first, our own words too', async () => {
      const { platform, people } = await open();
      const { roomId } = value(await platform.ensureRoom(roomOf(people)));
      value(await platform.post(roomId, says('One'), '1'));
      value(await platform.post(roomId, { ...says('Two'), event: 'incident.declared' }, '2'));
      const told = value(await platform.transcript(roomId));
      // Who came in is told too where a platform says it.
      const words = told.filter(({ event }) => event !== 'room.joined');
      expect(words.map(({ text, isBot, event }) => ({ text, isBot, event }))).toEqual([
        { text: 'One', isBot: true, event: null },
        { text: 'Two', isBot: true, event: 'incident.declared' },
      ]);
    });

    it('refuses a room that is not there, and says that asking again is no use', async () => {
      const { platform } = await open();
      const answer = await platform.post('C0NOTHERE', says('Hello'), 'k');
      expect(answer.ok ? null : answer.failure.kind).toBe('permanent');
    });
  });
}

function value<T>(answer: Answer<T>): T {
  if (answer.ok) return answer.value;
  throw new Error(`the platform refused: ${answer.failure.kind}, ${answer.failure.reason}`);
}

function roomOf(members: readonly Person[]): RoomSpec {
  return {
    key: 'incident:1',
    name: 'inc-1-payments-fail',
    topic: 'SEV1 · triage',
    isPrivate: false,
    members,
  };
}

function says(plain: string): Message {
  return { blocks: [{ kind: 'text', line: [plain] }], tone: 'calm', plain, notify: [] };
}

function everything([ana]: PlatformRig['people']): Message {
  return {
    tone: 'danger',
    plain: 'Everything at once',
    notify: [ana.id],
    blocks: [
      { kind: 'heading', text: 'Payments <!channel> fail' },
      {
        kind: 'text',
        line: [
          'a ',
          { bold: 'b' },
          { code: 'c`d' },
          { person: ana.id },
          { incident: 1 },
          { time: new Date(0) },
          { link: 'https://example.com/?a=1&b=2', label: 'there' },
          { link: 'javascript:alert(1)', label: 'nowhere' },
        ],
      },
      { kind: 'context', line: ['small ', { bold: 'print' }] },
      { kind: 'facts', facts: [{ label: 'Service', value: ['Checkout'] }] },
      { kind: 'list', items: [['one'], ['two']] },
      { kind: 'quote', text: 'quoted\ntwice' },
      { kind: 'code', text: 'rm -rf /tmp/x' },
      { kind: 'document', title: 'Draft', markdown: '# Draft\n\n- a\n' },
      {
        kind: 'buttons',
        buttons: [
          { action: 'acknowledge', value: '1', label: 'Acknowledge', style: 'primary' },
          { action: 'acknowledge', value: '2', label: 'Acknowledge too', style: 'danger' },
        ],
      },
    ],
  };
}

function tooLong(): Message {
  const text = 'word '.repeat(3_000);
  return {
    tone: 'warning',
    plain: text,
    notify: [],
    blocks: [
      { kind: 'heading', text },
      ...Array.from({ length: 70 }, () => ({ kind: 'text' as const, line: [text] })),
      { kind: 'document', title: text, markdown: text.repeat(3) },
      {
        kind: 'buttons',
        buttons: Array.from({ length: 30 }, (_, i) => ({
          action: 'acknowledge',
          value: String(i),
          label: `Button ${i} ${text}`,
          style: 'plain' as const,
        })),
      },
    ],
  };
}
