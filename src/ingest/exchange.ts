/** A post of alerts as it came, whatever brought it. */
export interface IngestRequest {
  /** Of the source, as in the URL. */
  readonly name: string;
  /** The token in the path, when there is one. */
  readonly token: string | undefined;
  /** A header by its name in lower case. */
  readonly header: (name: string) => string | undefined;
  readonly headers: () => Readonly<Record<string, string>>;
  readonly query: () => Readonly<Record<string, string>>;
  /** The body, or null as soon as it has more bytes than `most`: no more than that is ever held in memory. */
  readonly body: (most: number) => Promise<Uint8Array | null>;
}

/** What a post is answered with, as JSON. */
export interface IngestAnswer {
  readonly status: 200 | 400 | 401 | 403 | 404 | 413 | 415 | 503;
  readonly body: object;
  readonly headers?: Readonly<Record<string, string>>;
}
