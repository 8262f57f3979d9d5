/** What to mask: group `v` is the value, the rest stays so that people see what it was. */
export interface SecretPattern {
  readonly kind: string;
  readonly pattern: RegExp;
}

const KEY = String.raw`[\w.-]{0,40}(?:pass(?:word|wd|phrase|code)?|passwd|pwd|psw|secret|token|api[_-]?key|access[_-]?key|account[_-]?key|private[_-]?key|signing[_-]?key|encryption[_-]?key|client[_-]?secret|credentials?|otp|pin)`;

/** Credentials. Ordered: whole blocks first, then vendor shapes, then keys with a value. */
export const SECRETS: readonly SecretPattern[] = [
  {
    kind: 'private key',
    pattern:
      /(?<v>-----BEGIN [A-Z0-9 ]*(?:PRIVATE KEY|PGP MESSAGE|CERTIFICATE)[\s\S]*?(?:-----END [A-Z0-9 ]+-----|$))/g,
  },
  { kind: 'jwt', pattern: /(?<v>\beyJ[\w-]{5,}\.[\w-]{5,}(?:\.[\w-]*)?)/g },
  { kind: 'slack token', pattern: /(?<v>\bx(?:ox[a-z]|app)-[\w-]{8,})/g },
  { kind: 'webhook', pattern: /hooks\.slack\.com\/(?:services|workflows|triggers)\/(?<v>[\w/-]{8,})/g },
  { kind: 'webhook', pattern: /discord(?:app)?\.com\/api\/webhooks\/(?<v>[\w/-]{8,})/g },
  { kind: 'github token', pattern: /(?<v>\b(?:gh[pousr]_|github_pat_)\w{8,})/g },
  {
    kind: 'vendor token',
    pattern:
      /(?<v>\b(?=[\w.-]*\d)(?:glpat-|gldt-|glrt-|npm_|pypi-|dop_v1_|hv[sbr]\.|SG\.|sk-(?:ant-|proj-)?|sk_(?:live|test)_|rk_(?:live|test)_|pk_live_|whsec_|shp(?:at|ss|ca)_|dapi|lin_api_|ntn_|figd_|rubygems_|AIza|ya29\.|AGE-SECRET-KEY-|sq0[a-z]{3}-|NRAK-|glsa_|tskey-|xkeysib-)[\w.-]{8,})/g,
  },
  { kind: 'aws key', pattern: /(?<v>\b(?:AKIA|ASIA|AROA|AIDA|ABIA|ACCA)[A-Z0-9]{12,})/g },
  { kind: 'bot token', pattern: /(?<v>\b[MNO][\w-]{22,27}\.[\w-]{6}\.[\w-]{25,})/g },
  { kind: 'bot token', pattern: /(?<v>\b\d{8,10}:AA[\w-]{30,})/g },
  { kind: 'password', pattern: /\b[a-z][\w+.-]*:\/\/[^\s:/@]*:(?<v>[^\s/]+)@(?=[\w.[-])/gi },
  { kind: 'authorization', pattern: /\b(?:bearer|basic|digest|token)\s+(?<v>(?=\S*\d)[\w+/.=~-]{12,})/gi },
  { kind: 'password', pattern: /(?:\s|^)(?:-u|--user)[ =]?['"]?[\w.-]+:(?<v>[^\s'"]+)/g },
  {
    kind: 'password',
    pattern:
      /\b(?:mysql\w*|mariadb|sshpass|redis-cli|mongo\w*)\b[^\n]*?\s-[pa] ?(?<v>'[^']*'|"[^"]*"|[^\s'"-]\S*)/g,
  },
  {
    kind: 'password',
    pattern: /--(?:password|passwd|pass|pwd|token|secret|api-key)[ =](?<v>'[^']*'|"[^"]*"|\S+)/gi,
  },
  {
    kind: 'secret',
    pattern: new RegExp(
      String.raw`\b${KEY}["'\x60*_]*\s*(?::=|=>|=|:)[\s*]*(?<v>"[^"\n]+"|'[^'\n]+'|\x60[^\x60\n]+\x60|[^\s"'\x60]{3,})`,
      'gi',
    ),
  },
  {
    kind: 'secret',
    pattern: new RegExp(
      String.raw`\b(?:${KEY}|pw)\b(?:\s+(?:for|to|of|on)\s+[^\n:=]{1,40}?)?(?:\s+(?:is|was|now|still)|\s*[:=])(?:\s+(?:now|still))?\s*["'\x60]?(?<v>(?=\S*[\d!@#$%^*_+~])[^\s"'\x60]{4,})`,
      'gi',
    ),
  },
  {
    kind: 'secret',
    pattern: /\b(?:password|passwd|passphrase|passcode|pw|otp)\s+["'`]?(?<v>(?=\S*\d)[^\s"'`]{4,})/gi,
  },
  { kind: 'secret', pattern: /\b(?:pin|access code|door code)\s+(?<v>\d{4,8})\b/gi },
  {
    kind: 'secret',
    pattern: /\b(?:log ?in|sign ?in|auth(?:enticate)?)\s+(?:with|as)\s+[\w.@-]+\s*[/:]\s*(?<v>\S{4,})/gi,
  },
  // Long, mixed case and digits: nobody types that by hand. Paths, hosts and lower-case hashes stay.
  {
    kind: 'token',
    pattern: /(?<![\w/.+-])(?<v>(?=[\w+/-]*[a-z])(?=[\w+/-]*[A-Z])(?=[\w+-]*\d)[\w+-]{24,}={0,2})(?![\w/])/g,
  },
];

/** What tells who a person is. */
export const PERSONAL: readonly SecretPattern[] = [
  {
    kind: 'e-mail',
    pattern:
      /(?<v>(?<![\w.+-])(?!git@)[\p{L}\d._%+-]+(?:@|\s?\[at\]\s?|\s?\(at\)\s?)[\p{L}\d-]+(?:(?:\.|\s?\[dot\]\s?|\s?\(dot\)\s?)[\p{L}\d-]+)+)/gu,
  },
  { kind: 'iban', pattern: /(?<v>\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){3,7}(?: ?[A-Z0-9]{1,3})?\b)/g },
  {
    kind: 'card',
    pattern: /(?<v>\b[3-6]\d{3}[ -]\d{4}[ -]\d{4}[ -]\d{2,4}\b|(?<![\d@#&:])[3-6]\d{15}(?!\d))/g,
  },
  { kind: 'ssn', pattern: /(?<v>(?<![\d-])\d{3}-\d{2}-\d{4}(?![\d-]))/g },
  { kind: 'phone', pattern: /(?<v>(?<![\w.])\+\(?\d[\d ()./\u00a0-]{6,}\d)/g },
  {
    kind: 'phone',
    pattern: /(?<v>(?<![\w.:/+-])\(?0\d{2,5}\)?[ /-]{1,3}\d{2,}(?:[ /-]?\d{2,})*)(?![\w.:])/g,
  },
  { kind: 'phone', pattern: /(?<v>(?<![\w.:/+-])(?:1[ .-])?\(?\d{3}\)?[ .-]\d{3}[ .-]\d{4})(?![\w-])/g },
  {
    kind: 'phone',
    pattern:
      /\b(?:phone|tel(?:ephone)?|mobile|cell|whats ?app|(?:call|reach|text|ring) (?:me|us|him|her|them)(?: (?:at|on|under))?)\b[ .:#]*(?<v>\d[\d ()./-]{4,}\d)/gi,
  },
  {
    kind: 'id',
    pattern:
      /\b(?:sid|student|account|acct|customer|patient|member|employee|passport|matric\w*|license|licence|tax|national|insurance|policy)(?:[ _-]?(?:id|no|nr|number|num))?\b[ .:=#]*(?:is\s+)?(?<v>[A-Z]{0,3}[ -]?\d[\d-]{3,}[A-Z]?)(?![\w.])/gi,
  },
];
