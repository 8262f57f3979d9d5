import { POSTS, WORDS } from './lexicon.ts';
import type { Line } from './sanitise.ts';

/** Tells whether a bot posted an alert that burns. */
export function isFiring(line: Line): boolean {
  return (
    line.bot &&
    line.event === undefined &&
    !isCleared(line) &&
    !isDeploy(line) &&
    !POSTS.chore.test(line.text) &&
    POSTS.firing.test(line.text)
  );
}

/** Tells whether a bot posted that an alert is over. */
export function isCleared(line: Line): boolean {
  return (
    line.bot && line.event === undefined && POSTS.cleared.test(line.text) && !POSTS.chore.test(line.text)
  );
}

/** Tells whether a bot posted a deploy, a rollback or a change of configuration in production. */
export function isDeploy(line: Line): boolean {
  const { text } = line;
  if (!line.bot || line.event !== undefined || POSTS.chore.test(text) || POSTS.cleared.test(text))
    return false;
  const onlyElsewhere = POSTS.nonProd.test(text) && !/\bprod/i.test(text);
  return (
    !onlyElsewhere &&
    POSTS.deploy.test(text) &&
    POSTS.outcome.test(text) &&
    !/^\[?(?:firing|alert|critical)/i.test(text)
  );
}

/** Tells whether a line asks and says nothing else. */
export function isQuestion(text: string): boolean {
  if (!text.includes('?'))
    return (
      /^(?:(?:ok|so|and|but|hey|hi|well|hmm),? )*(?:does|do|did|is|are|has|have|can|could|should|would|who|what|why|how|when|where|any(?:one|body)?)\b[^.!:]*$/i.test(
        text,
      ) &&
      /\b(?:any(?:one|body)|you|someone|we|i)\b/i.test(text) &&
      !/,.*\b(?:is|are|was|were|can'?t)\b/.test(text)
    );
  const sentences = text.split(/(?<=[.!?])\s+/).filter(Boolean);
  if ((sentences.at(-1) ?? '').trim().endsWith('?')) return true;
  // A question with a statement after it that can stand alone is a statement.
  const rest = sentences.filter((sentence) => !sentence.endsWith('?')).join(' ');
  return rest.split(/\s+/).length < 5;
}

/** Tells whether a line is about something else than this incident in production, or about nothing. */
export function isAside(text: string): boolean {
  return (
    isOffTopic(text) || WORDS.elsewhere.test(text) || WORDS.memory.test(text) || WORDS.logistics.test(text)
  );
}

/** Tells whether a line is about life outside the incident. Peaks at lunch and cat pictures may matter where a cause is told. */
export function isOffTopic(text: string): boolean {
  return WORDS.offTopic.test(text) && !(WORDS.cause.test(text) && WORDS.finding.test(text));
}

/** Tells whether a line says what people outside suffer. */
export function saysImpact(text: string): boolean {
  return (WORDS.impact.test(text) && WORDS.symptom.test(text)) || WORDS.reach.test(text);
}

/** Tells whether somebody says without a doubt that it works again. */
export function saysRecovered(line: Line): boolean {
  const { text } = line;
  if (line.bot || isQuestion(text) || isAside(text)) return false;
  return (
    WORDS.recovered.test(text) &&
    !WORDS.relapse.test(text) &&
    !WORDS.hedge.test(text) &&
    !/\b(?:not|isn'?t|aren'?t|until|once|when|if|before|wait)\b/i.test(text.slice(0, 80))
  );
}

const COMMON = new Set(
  'the and for with that this from have has was were are not but you your our its out all can now per who how why what when where after before into over than then them they there their been being will would could should about again still just only some more most very much such here down fail failed failing error errors issue problem incident alert firing resolved prod sev1 sev2 sev3 sev4 high low service services check'.split(
    ' ',
  ),
);

/** The words of a text that can tie it to another one: lower case, three letters and more, no common ones. */
export function wordsOf(text: string): readonly string[] {
  return (text.toLowerCase().match(/\p{L}[\p{L}\d_-]{2,}/gu) ?? []).filter((word) => !COMMON.has(word));
}
