import { describe, expect, it } from 'vitest';
import { createLogger } from './logger.ts';
import type { Logger, LoggerOptions } from './logger.ts';

function listen(options: Omit<LoggerOptions, 'to'> = {}): { log: Logger; lines: string[] } {
  const lines: string[] = [];
  return { log: createLogger({ ...options, to: { write: (line) => lines.push(line) } }), lines };
}

const parsed = (lines: readonly string[]): unknown[] => lines.map((line) => JSON.parse(line) as unknown);

describe('the logger', () => {
  it('writes one JSON object a line, with the incident and what a child adds', () => {
    const { log, lines } = listen();
    log.child({ room: 'notify' }).info({ incident: 42 }, 'page sent');
    expect(parsed(lines)).toEqual([
      { level: 'info', time: expect.stringMatching(/Z$/), room: 'notify', incident: 42, msg: 'page sent' },
    ]);
    expect(lines[0]).toMatch(/\n$/);
  });

  it('is as loud as it was told', () => {
    const { log, lines } = listen({ level: ' WARN ' });
    log.info({}, 'quiet');
    log.warn({}, 'loud');
    expect(parsed(lines)).toEqual([expect.objectContaining({ msg: 'loud' })]);
  });

  it('says so and goes on at info when the level does not exist', () => {
    const { log, lines } = listen({ level: 'chatty' });
    log.info({}, 'still here');
    expect(parsed(lines)).toEqual([
      expect.objectContaining({ level: 'warn', asked: 'chatty' }),
      expect.objectContaining({ msg: 'still here' }),
    ]);
  });

  it('is silent when told to be', () => {
    const { log, lines } = listen({ level: 'silent' });
    log.fatal({}, 'nobody hears');
    expect(lines).toEqual([]);
  });

  it('keeps secrets out of fields, headers, URLs and errors', () => {
    const { log, lines } = listen();
    log.warn(
      {
        token: 'hunter2',
        request: { headers: { authorization: 'Bearer hunter2' }, url: '/ingest/prom/hunter2' },
        smtp: { user: 'bell', pass: 'hunter2' },
        url: 'https://x.test/ack/hunter2.abc-_.def',
        feed: '/calendar/hunter2_-.ics',
        err: new Error('cannot reach smtp://bell:hunter2@mail.test with Authorization: Basic hunter2=='),
      },
      'broken',
    );
    expect(lines.join('')).not.toContain('hunter2');
    expect(parsed(lines)).toEqual([
      expect.objectContaining({
        url: 'https://x.test/ack/[redacted]',
        feed: '/calendar/[redacted]',
        smtp: { user: 'bell', pass: '[redacted]' },
      }),
    ]);
  });

  it('tells what an error is and where it comes from, without what libraries hang on it', () => {
    const { log, lines } = listen();
    const refused = Object.assign(new Error('x'.repeat(100_000), { cause: new Error('the socket') }), {
      code: 'E1',
      params: ['a whole alert'],
    });
    log.error({ err: refused }, 'failed');
    log.error({ err: 'only a word' }, 'failed');
    expect(lines.join('').length).toBeLessThan(8_000);
    expect(parsed(lines)).toEqual([
      expect.objectContaining({
        err: {
          type: 'Error',
          message: expect.stringContaining('xxx'),
          code: 'E1',
          stack: expect.any(String),
        },
      }),
      expect.objectContaining({ err: { message: 'only a word' } }),
    ]);
  });

  it('keeps a hostile text on its own line', () => {
    const { log, lines } = listen();
    log.info({ title: 'x"}\n{"level":"fatal","msg":"forged"' }, 'received');
    expect(lines).toHaveLength(1);
    expect(lines[0]?.trimEnd()).not.toContain('\n');
  });
});
