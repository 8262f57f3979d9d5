import { pino, stdSerializers } from 'pino';

/** What stands beside a message. `incident` is the number people see, `err` an Error; keep the rest flat and small. */
export interface LogFields {
  readonly incident?: number;
  readonly err?: unknown;
  readonly [field: string]: unknown;
}

/** Writes one line. The message is static; what varies goes into the fields. */
export type Log = (fields: LogFields, message: string) => void;

/** Structured logs. A test fakes it with six functions, or takes `createLogger({ level: 'silent' })`. */
export interface Logger {
  readonly debug: Log;
  readonly info: Log;
  readonly warn: Log;
  readonly error: Log;
  readonly fatal: Log;
  /** A logger that writes these fields on every line. */
  readonly child: (fields: LogFields) => Logger;
}

export interface LoggerOptions {
  /** As `LOG_LEVEL` gives it; nothing is `info`, and so is a word that is no level, which is then said on the first line. */
  readonly level?: string | undefined;
  /** Where lines go; standard error unless given, so that what a verb prints can be piped. */
  readonly to?: { readonly write: (line: string) => void };
}

/** The levels that `LOG_LEVEL` knows, from loud to quiet. */
export const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;

const SECRET_FIELDS = ['authorization', 'cookie', 'password', 'pass', 'secret', 'token', 'apiKey'];
const REDACTED = '[redacted]';
const LONGEST_TEXT = 2_000;

/** Where a secret hides inside a text, and what is left of it. Lines are JSON, so a text ends at the quote. */
const SECRET_TEXTS: readonly (readonly [RegExp, string])[] = [
  [/\b(Bearer|Basic) +[\w.~+/=-]+/gi, `$1 ${REDACTED}`],
  [/(:\/\/[^\s"/:@]*):[^\s"/@]+@/g, `$1:${REDACTED}@`],
  [/(\/ack\/)[\w.-]+/g, `$1${REDACTED}`],
  [/(\/calendar\/)[\w.-]+/g, `$1${REDACTED}`],
  [/(\/ingest\/[\w-]+\/)[\w.~-]+/g, `$1${REDACTED}`],
];

/** Makes the logger of a process: one JSON object a line, times in UTC, secrets cut out. */
export function createLogger(options: LoggerOptions = {}): Logger {
  const asked = options.level?.trim().toLowerCase() || 'info';
  const level = LOG_LEVELS.find((known) => known === asked);
  const logger = pino(
    {
      level: level ?? 'info',
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      serializers: { err: describeError },
      redact: {
        paths: SECRET_FIELDS.flatMap((field) => [field, `*.${field}`, `*.*.${field}`]),
        censor: REDACTED,
      },
      hooks: { streamWrite: withoutSecrets },
    },
    options.to ?? pino.destination({ dest: 2, sync: true }),
  );
  if (!level) logger.warn({ asked, known: LOG_LEVELS }, 'LOG_LEVEL is not a level that exists: using info');
  return logger;
}

/** An error without the luggage that some libraries hang on it: a failed query carries whole alerts. */
function describeError(thrown: unknown): unknown {
  if (!(thrown instanceof Error)) return { message: String(thrown).slice(0, LONGEST_TEXT) };
  const { type, message, stack } = stdSerializers.err(thrown);
  const code: unknown = Reflect.get(thrown, 'code');
  return {
    type,
    message: message.slice(0, LONGEST_TEXT),
    ...(code === undefined ? {} : { code }),
    stack: stack.slice(0, 2 * LONGEST_TEXT),
  };
}

function withoutSecrets(line: string): string {
  return SECRET_TEXTS.reduce((text, [secret, left]) => text.replaceAll(secret, left), line);
}
