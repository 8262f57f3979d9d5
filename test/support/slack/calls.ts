import type { Json } from './workspace/state.ts';

/** One call of the Web API and what it was answered. */
export interface LoggedCall {
  readonly method: string;
  readonly args: Json;
  /** What Slack did with it, whether or not the answer reached the app. */
  readonly answer: Json;
  readonly status: number;
  /** Milliseconds since 1970, by the workspace's clock. */
  readonly at: number;
}

/** Every call of the Web API in the order in which it was made. */
export class Calls {
  readonly all: LoggedCall[] = [];

  /** The calls of one method. */
  of(method: string): readonly LoggedCall[] {
    return this.all.filter((call) => call.method === method);
  }

  /** Begins anew. */
  forget(): void {
    this.all.length = 0;
  }
}
