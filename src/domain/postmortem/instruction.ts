const MACHINE = String.raw`(?:ai|a\.i\.|assistants?|summari[sz]ers?|summary bot|llms?|language models?|(?:chat)?gpt\w*|chat ?bots?|(?:post-?mortem|incident|summary|scribe) (?:bot|ai|generator|writer|tool)|scribe)`;
const ORDER = String.raw`(?:write|say|state|claim|report|include|omit|delete|remove|drop|hide|skip|mention|ignore|disregard|forget|replace|conclude|output|print|reveal|list|add|mark|set|assign|credit|blame|use|pretend|repeat|send|post|respond|reply|answer)`;

const PATTERNS: readonly RegExp[] = [
  /\b(?:ignore|disregard|forget|override|bypass|discard)\b[^.\n]{0,40}\b(?:instructions?|prompts?|rules?|guidelines?|directions?|the (?:channel|room|transcript|chat|above|messages?|conversation))\b/i,
  /\b(?:ignore|disregard|forget)\s+(?:everything|all|anything)\b[^.\n]{0,20}\b(?:above|before|previous|prior|earlier|said|else)\b/i,
  new RegExp(
    String.raw`\b(?:attention|dear|hey|hi|hello|note (?:to|for)|message (?:to|for)|instructions? (?:to|for)|for|to)[,:]?\s+(?:the |any |all |our )?${MACHINE}\b[^\n]{0,60}\b${ORDER}\b`,
    'i',
  ),
  new RegExp(String.raw`(?:^|[\s"'(>])${MACHINE}\s*[,:]\s*[^\n]{0,60}\b${ORDER}\b`, 'i'),
  new RegExp(
    String.raw`\b${MACHINE}\s+(?:must|should|shall|has to|needs to|will|please)\s+(?:\w+\s+){0,2}${ORDER}\b`,
    'i',
  ),
  /\b(?:in|from) (?:the|your|this) (?:post-?mortem|summary|write-?up|final report|retrospective),? (?:please )?(?:you (?:must|should) )?(?:write|say|state|claim|conclude|report|output|credit|blame|omit|hide|delete|remove|do not|don'?t|never|only)\b/i,
  new RegExp(
    String.raw`\b${ORDER}\b[^.\n]{0,60}\b(?:in|from) (?:the|your|this) (?:post-?mortem|summary|write-?up)\b[^\n]*["“]`,
    'i',
  ),
  /\b(?:do not|don'?t|never)\s+(?:mention|include|report|list|cite|quote)\b[^.\n]{0,60}\b(?:in (?:the|your|this) (?:post-?mortem|summary|report|draft|timeline|write-?up)|(?:post-?mortem|summary))\b/i,
  /\b(?:when|while|if|before|after) (?:you(?:'re| are)? )?(?:summari[sz](?:e|ing)|generat(?:e|ing)|draft(?:ing)?|writing) (?:this|the|a) (?:channel|chat|incident|post-?mortem|summary|report|transcript|conversation|room)\b/i,
  /\b(?:system|developer|hidden) (?:prompt|message|instructions?|override)\b|\bnew instructions?\s*:|\byou are (?:now|no longer) (?:an?|the|in)\b|\b(?:from now on|henceforth),? you\b/i,
  /<\|[\w ]+\|>|\[\/?INST\]|<\/?(?:system|instructions?|prompt)>|^\s*#{0,3}\s*(?:system|assistant)\s*:/im,
];

const LOOKALIKES: Readonly<Record<string, string>> = {
  а: 'a',
  е: 'e',
  о: 'o',
  р: 'p',
  с: 'c',
  у: 'y',
  х: 'x',
  і: 'i',
  ѕ: 's',
};

/** Tells whether a text reads like an instruction to a machine. Such a message stays in the room for people and says nothing in the draft. */
export function readsLikeInstruction(text: string): boolean {
  const folded = text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\u0430-\u0456\u0455]/g, (letter) => LOOKALIKES[letter] ?? letter)
    .replace(/[*_`~]+/g, '')
    .replace(/[ \t]+/g, ' ');
  return PATTERNS.some((pattern) => pattern.test(folded));
}

/** The phrases an instruction wants to see written, so that a message that repeats one can be withheld too. */
export function phrasesOf(instruction: string): readonly string[] {
  const quoted = [...instruction.matchAll(/["“”«»]([^"“”«»]{12,})["“”«»]/g)].map(
    ([, phrase]) => phrase ?? '',
  );
  return quoted
    .map((phrase) => phrase.toLowerCase().trim())
    .filter((phrase) => phrase.split(/\s+/).length >= 3);
}
