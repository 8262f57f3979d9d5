/** One thing that is wrong with a body, where it is. */
export interface Problem {
  readonly path: readonly PropertyKey[];
  readonly code: string;
  readonly message: string;
}

/** A request that Discord refuses, with the code and the words it documents. */
export class Refusal extends Error {
  readonly status: number;
  readonly code: number;
  readonly errors: unknown;
  /** Set for a limit that Discord answers with 429 and a code of its own. */
  readonly retryAfterMs: number | null;

  constructor(
    said: { readonly status: number; readonly code: number; readonly message: string },
    {
      errors,
      retryAfterMs = null,
    }: { readonly errors?: unknown; readonly retryAfterMs?: number | null } = {},
  ) {
    super(said.message);
    this.status = said.status;
    this.code = said.code;
    this.errors = errors;
    this.retryAfterMs = retryAfterMs;
  }
}

const SAID = {
  0: [401, '401: Unauthorized'],
  10003: [404, 'Unknown Channel'],
  10004: [404, 'Unknown Guild'],
  10007: [404, 'Unknown Member'],
  10008: [404, 'Unknown Message'],
  10009: [404, 'Unknown Overwrite'],
  10011: [404, 'Unknown Role'],
  10013: [404, 'Unknown User'],
  10014: [400, 'Unknown Emoji'],
  10015: [404, 'Unknown Webhook'],
  10062: [404, 'Unknown interaction'],
  10063: [404, 'Unknown application command'],
  20029: [429, 'The write action you are performing on the server has hit the write rate limit'],
  20028: [429, 'The write action you are performing on the channel has hit the write rate limit'],
  30003: [400, 'Maximum number of pins reached for the channel (250)'],
  30005: [400, 'Maximum number of guild roles reached (250)'],
  30010: [400, 'Maximum number of reactions reached (20)'],
  30013: [400, 'Maximum number of guild channels reached (500)'],
  30032: [400, 'Maximum number of application commands reached (100)'],
  30046: [429, 'Maximum number of edits to messages older than 1 hour reached. Try again later'],
  30060: [400, 'Maximum number of channel permission overwrites reached (1000)'],
  40003: [429, 'You are opening direct messages too fast'],
  40005: [413, 'Request entity too large'],
  40060: [400, 'Interaction has already been acknowledged.'],
  40061: [400, 'Tag names must be unique'],
  50001: [403, 'Missing Access'],
  50003: [403, 'Cannot execute action on a DM channel'],
  50005: [403, 'Cannot edit a message authored by another user'],
  50006: [400, 'Cannot send an empty message'],
  50007: [403, 'Cannot send messages to this user'],
  50008: [400, 'Cannot send messages in a non-text channel'],
  50013: [403, 'Missing Permissions'],
  50021: [403, 'Cannot execute action on a system message'],
  50024: [400, 'Cannot execute action on this channel type'],
  50027: [401, 'Invalid Webhook Token'],
  50028: [400, 'Invalid role'],
  50035: [400, 'Invalid Form Body'],
  50083: [400, 'Thread is archived'],
  50109: [400, 'The request body contains invalid JSON.'],
  50278: [403, 'Cannot send messages to this user due to having no mutual guilds'],
  130000: [503, 'API resource is currently overloaded. Try again a little later'],
  200000: [400, 'Message was blocked by automatic moderation'],
  240000: [400, 'Message blocked by harmful links filter'],
  160002: [403, 'You cannot reply without permission to read message history'],
  160004: [400, 'A thread has already been created for this message'],
} as const satisfies Record<number, readonly [number, string]>;

/** A code of Discord's list that this Discord knows. */
export type RefusalCode = keyof typeof SAID;

/** The refusal with that code of Discord's list. */
export function refusal(code: RefusalCode, errors?: unknown): Refusal {
  const [status, message] = SAID[code];
  return new Refusal({ status, code, message }, { errors });
}

/** A limit with a code of its own, until it is over. */
export function limited(code: RefusalCode, retryAfterMs: number): Refusal {
  const [status, message] = SAID[code];
  return new Refusal({ status, code, message }, { retryAfterMs });
}

/** The refusal of a body: 50035, and a tree that says what is wrong where. */
export function invalidForm(problems: readonly Problem[]): Refusal {
  return refusal(50035, errorTree(problems));
}

function errorTree(problems: readonly Problem[]): unknown {
  const here = problems.filter(({ path }) => path.length === 0);
  if (here.length > 0) return { _errors: here.map(({ code, message }) => ({ code, message })) };
  const below = Object.groupBy(problems, ({ path }) => String(path[0]));
  return Object.fromEntries(
    Object.entries(below).map(([key, inside]) => [
      key,
      errorTree((inside ?? []).map((one) => ({ ...one, path: one.path.slice(1) }))),
    ]),
  );
}
