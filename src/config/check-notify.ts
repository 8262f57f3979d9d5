import type { CheckContext } from './check-context.ts';
import { fault, type Finding } from './problem.ts';
import type { ConfigFile } from './schema.ts';

/** Ways out of the house that need something which stands elsewhere in the file. */
export function checkNotify(
  { notify, url }: Partial<ConfigFile>,
  { isWhole }: CheckContext,
): readonly Finding[] {
  const twilio = notify?.twilio;
  const isReachable = twilio?.callback_url !== undefined || url !== undefined;
  if (twilio === undefined || isReachable || !isWhole('url')) return [];
  return [
    fault(
      ['notify', 'twilio'],
      'needs to know where Twilio reaches Firebell, for replies and pressed keys. Add `url` at the top of the file, or `callback_url` here.',
    ),
  ];
}
