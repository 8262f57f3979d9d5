import { expect, it, onTestFinished } from 'vitest';
import { startSlack } from '../../../../test/support/slack/emulator.ts';
import { createLogger } from '../../../lib/logger.ts';
import { openSocket } from './socket.ts';

it('gives a connection up that is there and says nothing', { timeout: 30_000 }, async () => {
  const slack = await startSlack();
  onTestFinished(() => slack.stop());
  const socket = await openSocket({
    config: { appToken: slack.tokens.app, apiUrl: slack.apiUrl },
    hear: () => Promise.resolve(),
    logger: createLogger({ level: 'silent' }),
    pongMs: 500,
  });
  slack.sockets.goHalfOpen();

  expect(await socket.over).toBe('gone');
  await socket.close();
});
