/** How mail leaves the house. Read again before every mail, so that a reload of the configuration takes effect at once. */
export interface MailSettings {
  /** Either one URL, `smtp://user:pass@host:587` or `smtps://…:465`, or its parts. */
  readonly server: MailServer | { readonly url: string };
  /** `Firebell <bell@example.com>` or the address alone. */
  readonly from: string;
  readonly timeouts: MailTimeouts;
}

export interface MailServer {
  readonly host: string;
  readonly port: number;
  /** TLS from the first byte, as on port 465; otherwise STARTTLS when the server offers it. */
  readonly secure: boolean;
  readonly user: string | null;
  readonly pass: string | null;
}

/** All in ms. Whatever is hit first makes the attempt a `retry`. */
export interface MailTimeouts {
  /** Until the connection stands. */
  readonly connectMs: number;
  /** Longest silence of the server, its greeting included. */
  readonly silenceMs: number;
  /** For the whole of one attempt, waiting for a free connection included. */
  readonly totalMs: number;
}

/** Short enough that a slow server costs a page no more than 20 seconds. */
export const MAIL_TIMEOUTS: MailTimeouts = { connectMs: 8_000, silenceMs: 12_000, totalMs: 20_000 };

/** A configured webhook: where it is, and the secret that its calls are signed with. */
export interface WebhookTarget {
  readonly url: string;
  readonly secret: string | null;
}

/** Webhooks as the configuration names them. */
export interface WebhookSettings {
  /** Name, as policy targets and people's `webhook` handles use it, -> target. */
  readonly targets: ReadonlyMap<string, WebhookTarget>;
  /** Signs calls to people whose handle is a URL rather than a name; null sends those unsigned. */
  readonly secret: string | null;
}
