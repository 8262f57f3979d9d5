const GSM =
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà';
/** These take two places (3GPP TS 23.038, section 6.2.1.1). */
const GSM_EXTENDED = '^{}\\[~]|€\f';

const COST: ReadonlyMap<string, number> = new Map([
  ...Array.from(GSM, (character) => [character, 1] as const),
  ...Array.from(GSM_EXTENDED, (character) => [character, 2] as const),
]);

/** What an SMS takes: in GSM-7 as many as 160 places, or 153 a segment; otherwise UCS-2, 70 units, or 67 a segment. */
export interface SmsSize {
  readonly encoding: 'gsm7' | 'ucs2';
  readonly units: number;
  readonly segments: number;
}

/** Measures a text as a carrier does. */
export function measureSms(text: string): SmsSize {
  let places = 0;
  for (const character of text) {
    const cost = COST.get(character);
    if (cost === undefined)
      return { encoding: 'ucs2', units: text.length, segments: segmentsOf(text.length, 70, 67) };
    places += cost;
  }
  return { encoding: 'gsm7', units: places, segments: segmentsOf(places, 160, 153) };
}

function segmentsOf(units: number, alone: number, each: number): number {
  return units <= alone ? 1 : Math.ceil(units / each);
}

/** Punctuation that would cost every other character half its room, and has a plain twin. */
const PLAIN: Readonly<Record<string, string>> = {
  '‘': "'",
  '’': "'",
  '‚': "'",
  '′': "'",
  '“': '"',
  '”': '"',
  '„': '"',
  '″': '"',
  '«': '"',
  '»': '"',
  '–': '-',
  '—': '-',
  '‑': '-',
  '−': '-',
  '…': '...',
  '•': '-',
  '·': '-',
  '→': '->',
  '←': '<-',
  '×': 'x',
  '`': "'",
  '\u00a0': ' ',
  '\u202f': ' ',
  '\u2009': ' ',
};

/** The text with plain punctuation, so that a curly quote alone does not double the number of segments. */
export function plainPunctuation(text: string): string {
  return Array.from(text, (character) => PLAIN[character] ?? character).join('');
}
