import { LogLevel } from '@slack/web-api';
import type { Logger as SdkLogger } from '@slack/web-api';
import type { Logger } from '../../lib/logger.ts';

/** The SDK's own lines in our log. What it calls an error is a warning here: what came of it is said by us. */
export function createSdkLogger(logger: Logger): SdkLogger {
  const about = logger.child({ from: 'slack sdk' });
  const line = (parts: readonly unknown[]): { readonly said: string } => ({
    said: parts.map((part) => (part instanceof Error ? part.message : String(part))).join(' '),
  });
  return {
    debug: (...parts) => about.debug(line(parts), 'Slack SDK'),
    info: (...parts) => about.debug(line(parts), 'Slack SDK'),
    warn: (...parts) => about.warn(line(parts), 'Slack SDK'),
    error: (...parts) => about.warn(line(parts), 'Slack SDK'),
    setLevel: () => undefined,
    getLevel: () => LogLevel.DEBUG,
    setName: () => undefined,
  };
}
