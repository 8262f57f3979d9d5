/** What Slack says no with: the `error` of the answer and what stands beside it. */
export class Refusal extends Error {
  readonly error: string;
  readonly more: Readonly<Record<string, unknown>>;

  constructor(error: string, more: Readonly<Record<string, unknown>> = {}) {
    super(error);
    this.error = error;
    this.more = more;
  }
}

/** Refuses with this error. */
export function refuse(error: string, more?: Readonly<Record<string, unknown>>): never {
  throw new Refusal(error, more);
}

/** Refuses arguments, with the reasons as Slack words them. */
export function refuseArguments(...messages: readonly string[]): never {
  refuse('invalid_arguments', { response_metadata: { messages: messages.map((one) => `[ERROR] ${one}`) } });
}
