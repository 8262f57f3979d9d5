/** A request that came, and what was answered. */
export interface Call {
  readonly method: string;
  /** Without `/api/v10`, decoded. */
  readonly path: string;
  readonly query: string;
  readonly body: unknown;
  readonly at: Date;
  readonly reason: string | null;
  readonly userAgent: string | null;
  readonly files: readonly string[];
  /** Null while nothing is answered, and for good when nothing ever is. */
  status: number | null;
  answer: unknown;
}

/** A call as a line of a log. */
export function callLine({ method, path }: Pick<Call, 'method' | 'path'>): string {
  return `${method} ${path}`;
}
