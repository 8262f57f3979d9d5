import { once } from 'node:events';
import type { AddressInfo, Socket } from 'node:net';
import { SMTPServer } from 'smtp-server';
import type { SMTPServerSession } from 'smtp-server';
import { readMail } from './mail.ts';
import type { ReadMail } from './mail.ts';

export type MailStage = 'connect' | 'auth' | 'mail' | 'rcpt' | 'data';

/** How the server behaves from now on. */
export type MailMood =
  | { readonly kind: 'takes_it' }
  | { readonly kind: 'says'; readonly at: MailStage; readonly code: number; readonly words: string }
  | { readonly kind: 'is_silent'; readonly at: MailStage }
  | { readonly kind: 'hangs_up'; readonly at: MailStage };

export interface TakenMail extends ReadMail {
  readonly from: string;
  readonly to: readonly string[];
  readonly raw: string;
}

/** A real SMTP server on this machine that behaves as told. */
export interface MailServer {
  readonly port: number;
  readonly be: (mood: MailMood) => void;
  readonly taken: readonly TakenMail[];
  /** Resolves when a client hangs in a silence. */
  readonly hangs: () => Promise<void>;
  readonly close: () => Promise<void>;
}

type Done = (error?: Error | null) => void;

export interface MailServerOptions {
  /** Clients have to log in, with this password; null lets everybody in. */
  readonly password?: string | null;
  /** Offers STARTTLS, with a certificate that nobody vouches for. */
  readonly tls?: boolean;
}

/** Starts the server on a free port of the loopback. */
export async function startMailServer({
  password = null,
  tls = false,
}: MailServerOptions = {}): Promise<MailServer> {
  let mood: MailMood = { kind: 'takes_it' };
  const taken: TakenMail[] = [];
  const sockets = new Set<Socket>();
  const silence = Promise.withResolvers<void>();
  const behave = (at: MailStage, done: Done): void => {
    if (mood.kind === 'takes_it' || mood.at !== at) return done();
    if (mood.kind === 'says') return done(Object.assign(new Error(mood.words), { responseCode: mood.code }));
    if (mood.kind === 'is_silent') return silence.resolve();
    for (const socket of sockets) socket.destroy();
  };
  const server = new SMTPServer({
    hideSTARTTLS: !tls,
    authOptional: password === null,
    allowInsecureAuth: true,
    disabledCommands: [...(password === null ? ['AUTH'] : []), ...(tls ? [] : ['STARTTLS'])],
    disableReverseLookup: true,
    closeTimeout: 50,
    onConnect: (_session, done: Done) => behave('connect', done),
    onAuth: ({ password: given }, _session, done) => {
      if (given !== password)
        return done(Object.assign(new Error('5.7.8 wrong password'), { responseCode: 535 }));
      behave('auth', (error) => done(error, { user: 'bell' }));
    },
    onMailFrom: (_address, _session, done: Done) => behave('mail', done),
    onRcptTo: (_address, _session, done: Done) => behave('rcpt', done),
    onData: (stream, session, done: Done) => {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () =>
        behave('data', (error) => {
          if (!error) taken.push(takenMail(Buffer.concat(chunks).toString('utf8'), session));
          done(error);
        }),
      );
    },
  });
  server.on('error', () => undefined);
  server.server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return {
    // A TCP server that listens has such an address.
    port: (server.server.address() as AddressInfo).port,
    be: (next) => {
      mood = next;
    },
    taken,
    hangs: () => silence.promise,
    close: async () => {
      const closed = new Promise<void>((resolve) => server.close(resolve));
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}

function takenMail(raw: string, { envelope }: SMTPServerSession): TakenMail {
  return {
    ...readMail(raw),
    raw,
    from: envelope.mailFrom === false ? '' : envelope.mailFrom.address,
    to: envelope.rcptTo.map(({ address }) => address),
  };
}
