import { describe, expect, it } from 'vitest';
import { meaningOf, textOfHtml } from './reply-text.ts';

/** What we sent, as mail programs quote it. */
const QUOTED = [
  '> Payments fail',
  '>',
  '> Acknowledge: https://firebell.example.com/ack/abc',
  '> Or answer this mail: an empty answer, or ack, takes it; no says that you cannot.',
].join('\n');
const PLAIN = QUOTED.replaceAll(/^> ?/gm, '');

const ANSWERS: Readonly<Record<string, (words: string) => string>> = {
  'nothing around it': (words) => words,
  Gmail: (words) =>
    `${words}\n\nOn Mon, Aug 3, 2026 at 2:00 PM Firebell <bell@example.com> wrote:\n\n${QUOTED}\n`,
  'Gmail, its line broken': (words) =>
    `${words}\r\n\r\nOn Mon, Aug 3, 2026 at 2:00 PM Firebell via reply\r\n<ack+42.1.3.0.abc@reply.example.com> wrote:\r\n\r\n${QUOTED}\r\n`,
  'Apple Mail': (words) =>
    `${words}\n\nSent from my iPhone\n\n> On 3 Aug 2026, at 14:00, Firebell <bell@example.com> wrote:\n>\n${QUOTED}\n`,
  'German Apple Mail': (words) =>
    `${words}\n\nVon meinem iPhone gesendet\n\n> Am 03.08.2026 um 14:00 schrieb Firebell <bell@example.com>:\n> \n${QUOTED}\n`,
  'Thunderbird, below': (words) =>
    `On 03.08.2026 14:00, Firebell wrote:\n${QUOTED}\n\n${words}\n\n-- \nZoë Example\nNo 1 Acme Street\n`,
  'French Thunderbird': (words) => `${words}\n\nLe 03/08/2026 à 14:00, Firebell a écrit :\n${QUOTED}\n`,
  Outlook: (words) =>
    `${words}\n\n________________________________\nFrom: Firebell <bell@example.com>\nSent: Monday, August 3, 2026 2:00 PM\nTo: Zoë\nSubject: #42 sev1: Payments fail\n\n${PLAIN}\n`,
  'German Outlook': (words) =>
    `${words}\n\nVon: Firebell <bell@example.com>\nGesendet: Montag, 3. August 2026 14:00\nAn: Zoë\nBetreff: #42 sev1: Payments fail\n\n${PLAIN}\n`,
  'old Outlook': (words) => `${words}\n\n-----Original Message-----\nFrom: Firebell\n\n${PLAIN}\n`,
  'Outlook on a phone': (words) =>
    `${words}\n\nGet Outlook for Android<https://aka.ms/x>\n________________________________\nFrom: Firebell <bell@example.com>\n\n${PLAIN}\n`,
  Yahoo: (words) =>
    `${words}\n\nSent from Yahoo Mail on Android\n\n  On Mon, Aug 3, 2026 at 14:00, Firebell<bell@example.com> wrote:\n${QUOTED}\n`,
  'an answer within the quotation': (words) => `${QUOTED}\n${words}\n${QUOTED}\n`,
};

describe.each(Object.entries(ANSWERS))('an answer by mail: %s', (_, around) => {
  it.each([
    ['', 'acknowledge'],
    ['ack', 'acknowledge'],
    ['Ack.', 'acknowledge'],
    ['  OK!  ', 'acknowledge'],
    ['I’m on it', 'acknowledge'],
    ['no', 'decline'],
    ['NO', 'decline'],
    ['I can’t take it', 'decline'],
    ['Decline', 'decline'],
    ['escalate', 'escalate'],
    ['Escalate!', 'escalate'],
    ['no idea what this is', 'unclear'],
    ['ack? what is this', 'unclear'],
    ['Who is on call?', 'unclear'],
  ] as const)('%j means %s', (words, meaning) => {
    expect(meaningOf(around(words))).toBe(meaning);
  });
});

describe('an answer by mail', () => {
  it('counts by its first line', () => {
    expect(meaningOf('ack\nI will look at it in five minutes.\n\nZoë')).toBe('acknowledge');
    expect(meaningOf('Dear all,\n\nack')).toBe('unclear');
  });

  it('is found in HTML, what it quotes left out', () => {
    const html =
      '<html><head><style>p { color: red }</style></head><body><div dir="auto">No,&nbsp;sorry</div><div>I&#39;m out</div>' +
      '<blockquote type="cite"><p>ack</p></blockquote></body></html>';
    expect(textOfHtml(html).trim()).toMatch(/^No, sorry\s+I'm out$/);
    expect(meaningOf(textOfHtml('<div>ack<br></div><div class="gmail_quote">no</div>'))).toBe('acknowledge');
    expect(meaningOf(textOfHtml('<p>no</p><blockquote>ack</blockquote>'))).toBe('decline');
    expect(meaningOf(textOfHtml('<blockquote>ack</blockquote>'))).toBe('acknowledge');
  });

  it('takes no time over what is made to take some', () => {
    for (const text of [
      'a '.repeat(200_000),
      '<'.repeat(200_000),
      '> '.repeat(100_000),
      '1:\n'.repeat(50_000),
    ])
      expect(['acknowledge', 'unclear']).toContain(meaningOf(textOfHtml(text)));
  });
});
