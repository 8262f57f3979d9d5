import { describe, expect, it } from 'vitest';
import { freshFolder } from '../support/database.ts';
import { CONFIG, tokenFor } from '../support/survival/company.ts';
import { startClock } from '../support/survival/fast-clock.ts';
import { eventually, liveBot } from '../support/survival/living-bot.ts';
import type { LivingBot } from '../support/survival/living-bot.ts';

const MORNING = new Date('2026-08-03T12:00:00Z');

async function aBot(): Promise<LivingBot> {
  const dataDir = await freshFolder();
  const clock = startClock(MORNING, 1);
  return liveBot(clock, { DATA_DIR: dataDir, CONFIG }, await tokenFor({ dataDir }, 'generic', clock));
}

const deep = `${'{"a":'.repeat(50_000)}1${'}'.repeat(50_000)}`;
const tenMegabytes = JSON.stringify({ title: 'x'.repeat(10 * 1024 * 1024) });

const REFUSED: readonly (readonly [what: string, body: string | Uint8Array, status: number])[] = [
  ['nothing', '', 400],
  ['half of a JSON object', '{"title": "half', 400],
  ['JSON that nests 50,000 levels deep', deep, 400],
  ['a list of nothing', '[]', 400],
  ['numbers instead of alerts', '[1, null, true]', 400],
  ['binary rubbish', new Uint8Array([0x7b, 0xff, 0xfe, 0x00, 0x81]), 400],
];

const TAKEN: readonly (readonly [what: string, body: string | Uint8Array])[] = [
  [
    'a prototype that it would like to have',
    '{"title":"p","__proto__":{"isAdmin":true},"constructor":{"prototype":{"x":1}}}',
  ],
  [
    'NUL, lone surrogates and a right-to-left override',
    '{"title":"a\\u0000b\\ud800c\\u202ed","dedup_key":"\\ud800"}',
  ],
  [
    'bytes that are no UTF-8',
    Buffer.concat([Buffer.from('{"title":"caf'), Buffer.from([0xe9, 0xff]), Buffer.from('"}')]),
  ],
  ['a number beyond all measure', '{"title":"n","value":1e999,"id":12345678901234567890}'],
  ['a time that no calendar has', '{"title":"t","starts_at":"+275761-09-13T00:00:00Z"}'],
  ['a title of 200,000 characters', JSON.stringify({ title: 'long '.repeat(40_000) })],
];

describe('what hostile senders send, over real HTTP', () => {
  it(
    'is refused with the reason, or taken; and the bot is as well as before',
    { timeout: 120_000 },
    async () => {
      const bot = await aBot();
      for (const [what, body, status] of REFUSED) {
        const answer = await bot.post(body);
        expect([what, answer.status]).toEqual([what, status]);
        expect(answer.text).toMatch(/"error":"[^"]+/);
      }
      // The answer comes while the sender is still sending, and not every sender listens then.
      expect([413, null]).toContain((await bot.post(tenMegabytes)).status);
      for (const [what, body] of TAKEN) expect([what, (await bot.post(body)).status]).toEqual([what, 200]);

      expect((await fetch(`${bot.url}/readyz`)).status).toBe(200);
      const browser = bot.browser('ana');
      expect((await browser.openIncidents()).length).toBe(TAKEN.length);
      for (const id of await browser.openIncidents())
        expect((await browser.get(`/incidents/${id}/timeline`))?.status).toBe(200);
      expect((await browser.post('/ask', { command: 'x'.repeat(200_000) }))?.status).toBe(413);
      expect((await browser.post('/ask', { command: '\0 note \ud800 <b>' }))?.status).toBe(200);
    },
  );
});

const MARKUP = [
  '<script>alert(1)</script>',
  '<img src=x onerror=alert(2)>',
  '"><svg/onload=alert(3)>',
  '[click](javascript:alert(4))',
  '<javascript:alert(5)|click>',
  '@channel @here @everyone <!here> <!channel> <@U123> <@ana>',
  '&lt;b&gt; &amp; {{7*7}} ${7*7}',
  '```\n# heading\n```',
];

describe('markup and mentions in alerts', () => {
  it('are words in every page of the console, and nothing else', { timeout: 120_000 }, async () => {
    const bot = await aBot();
    for (const [i, text] of MARKUP.entries()) {
      const alert = {
        title: text,
        description: text,
        dedup_key: `m${i}`,
        labels: { place: text, [text]: text },
        links: [text],
      };
      expect((await bot.post(alert)).status).toBe(200);
    }
    const browser = bot.browser('ana');
    const incidents = await eventually('all incidents with their rooms', async () => {
      const open = await browser.openIncidents();
      const pages = await Promise.all(open.map((id) => browser.get(`/incidents/${id}`)));
      return open.length === MARKUP.length && pages.every((page) => page?.text.includes('id="details"'))
        ? open
        : null;
    });
    const paths = [
      '/',
      '/incidents',
      ...incidents.flatMap((id) => [
        `/incidents/${id}`,
        `/incidents/${id}/timeline`,
        `/incidents/${id}/pages`,
      ]),
    ];
    for (const path of paths) {
      const page = (await browser.get(path))?.text ?? '';
      expect([path, unasked(page)]).toEqual([path, []]);
    }
    const overview = (await browser.get('/'))?.text ?? '';
    expect(overview).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
  });
});

/** Everything in a page that could run, load or lead somewhere, and is not ours. */
function unasked(page: string): readonly string[] {
  const tags = [...page.matchAll(/<(script|img|svg|iframe|object|embed|a|form)\b[^>]*>/gi)].map(
    ([tag]) => tag,
  );
  return [
    ...tags.filter((tag) => /^<(img|svg|iframe|object|embed)/i.test(tag)),
    ...tags.filter((tag) => /^<script/i.test(tag) && !/ src="\/console-assets\//.test(tag)),
    ...tags.filter((tag) =>
      /\son\w+=|javascript:/i.test(
        tag.replaceAll(/"[^"]*"/g, (value) => (/^"javascript:/i.test(value) ? value : '""')),
      ),
    ),
    ...[...page.matchAll(/<[^>]*class="[^"]*mention[^"]*"[^>]*>[^<]*/g)]
      .map(([tag]) => tag)
      .filter((tag) => /channel|here|everyone|U123/.test(tag)),
  ];
}
