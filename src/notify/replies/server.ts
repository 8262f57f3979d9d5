import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import type { SMTPServer, SMTPServerDataStream, SMTPServerSession } from 'smtp-server';
import type { MailRepliesConfig } from '../../config/config.ts';
import type { Logger } from '../../lib/logger.ts';
import { readReplyAddress } from './address.ts';
import { readIncoming } from './incoming.ts';
import { settle } from './settle.ts';
import type { SettleDeps, Settled } from './settle.ts';

export interface ReplyServerDeps extends SettleDeps {
  /** Null while answers by mail are not configured. */
  readonly config: () => MailRepliesConfig | null;
  /** Signs our addresses; 16 characters or more. */
  readonly secret: string;
  readonly logger: Logger;
}

/** The listener for answers by mail. */
export interface ReplyServer {
  /** Listens as the newest configuration says, or not at all. Never throws: a port that is taken is no reason not to page. */
  readonly apply: () => Promise<void>;
  /** The port that is listened on; null while there is none. */
  readonly port: () => number | null;
  readonly close: () => Promise<void>;
  readonly health: () => { readonly ok: boolean; readonly detail: string };
}

const LARGEST_MAIL = 5 * 1024 * 1024;
const MOST_CLIENTS = 50;
const SILENCE_MS = 60_000;

/** Takes mail for addresses that we made and for nobody else, so that it relays for nobody. */
export function createReplyServer(deps: ReplyServerDeps): ReplyServer {
  let open: { readonly key: string; readonly server: SMTPServer } | null = null;
  let problem: string | null = null;
  const close = async (): Promise<void> => {
    const server = open?.server;
    open = null;
    if (server) await new Promise<void>((resolve) => server.close(resolve));
  };
  return {
    apply: async () => {
      const config = deps.config();
      const key = config && JSON.stringify(config);
      if (open && key === open.key) return;
      await close();
      problem = null;
      if (config === null || key === null) return;
      try {
        open = { key, server: await listen(config, deps) };
      } catch (err) {
        problem = `cannot listen on ${config.host}:${config.port}: ${err instanceof Error ? err.message : String(err)}`;
        deps.logger.error({ err, host: config.host, port: config.port }, 'Answers by mail cannot be taken');
      }
    },
    // A TCP server that listens has such an address.
    port: () => (open === null ? null : (open.server.server.address() as AddressInfo).port),
    close,
    health: () => {
      if (problem !== null) return { ok: false, detail: problem };
      return { ok: true, detail: open === null ? 'not configured' : 'listening' };
    },
  };
}

async function listen(config: MailRepliesConfig, deps: ReplyServerDeps): Promise<SMTPServer> {
  const claimOf = (address: string) => readReplyAddress(deps.secret, address, config.domain);
  // Loaded where it is used: most installations take no mail.
  const smtp = await import('smtp-server');
  const server = new smtp.SMTPServer({
    name: config.domain,
    banner: 'Firebell',
    logger: false,
    authOptional: true,
    disabledCommands: ['AUTH', 'STARTTLS'],
    disableReverseLookup: true,
    size: LARGEST_MAIL,
    maxClients: MOST_CLIENTS,
    socketTimeout: SILENCE_MS,
    closeTimeout: 5_000,
    onRcptTo: ({ address }, { envelope }, done) => {
      if (claimOf(address) === null) return done(smtpError(550, '5.1.1 there is no such mailbox here'));
      if (envelope.rcptTo.length > 0) return done(smtpError(452, '4.5.3 one recipient at a time'));
      done();
    },
    onData: (stream, session, done) => {
      take(stream, session, { ...deps, claimOf }).then(
        (settled) => done(settled.kind === 'taken' ? null : smtpError(550, `5.7.1 ${settled.words}`)),
        (err: unknown) => {
          deps.logger.error({ err }, 'An answer by mail could not be taken; it will be brought again');
          done(smtpError(451, '4.3.0 try again later'));
        },
      );
    },
  });
  const listening = once(server.server, 'listening');
  server.listen(config.port, config.host);
  await listening;
  server.on('error', (err) => deps.logger.warn({ err }, 'A connection for answers by mail failed'));
  return server;
}

interface Taking extends SettleDeps {
  readonly claimOf: (address: string) => ReturnType<typeof readReplyAddress>;
}

async function take(
  stream: SMTPServerDataStream,
  { envelope }: SMTPServerSession,
  deps: Taking,
): Promise<Settled> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) if (!stream.sizeExceeded) chunks.push(Buffer.from(chunk));
  if (stream.sizeExceeded) return { kind: 'refused', words: 'the mail is too large' };
  const claim = deps.claimOf(envelope.rcptTo[0]?.address ?? '');
  const mail = await readIncoming(Buffer.concat(chunks));
  if (claim === null || mail === null) return { kind: 'refused', words: 'this cannot be read as a mail' };
  const isFromNobody = envelope.mailFrom === false || envelope.mailFrom.address === '';
  return settle(claim, { mail, isFromNobody }, deps);
}

function smtpError(responseCode: number, words: string): Error {
  return Object.assign(new Error(words), { responseCode });
}
