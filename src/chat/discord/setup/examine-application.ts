import { ApplicationFlags, Routes } from 'discord.js';
import { z } from 'zod';
import type { DiscordConfig } from '../../../config/config.ts';
import type { Api } from '../api.ts';
import { no, yes } from './checked.ts';
import type { Checked } from './checked.ts';

const Application = z.object({
  id: z.string(),
  flags: z.int().default(0),
  verify_key: z.string().optional(),
  interactions_endpoint_url: z.string().nullish(),
});
type Application = z.infer<typeof Application>;

/** Looks at what is set in the Developer Portal. */
export async function examineApplication(settings: DiscordConfig, house: Api): Promise<readonly Checked[]> {
  const read = await house.call({ method: 'GET', route: Routes.currentApplication() }, Application);
  if (!read.ok) return [no(`The application: ${read.failure.reason}`, 'Try again in a minute.')];
  const { id, flags } = read.value;
  if (id !== settings.application)
    return [
      no(
        `The token belongs to the application ${id}, the configuration says ${settings.application}.`,
        'Put the Application ID from General Information into chat.discord.application.',
      ),
    ];
  return [examineIntent(flags), ...examineEndpoint(read.value, settings)];
}

function examineIntent(flags: number): Checked {
  const { GatewayMessageContent, GatewayMessageContentLimited } = ApplicationFlags;
  return (flags & (GatewayMessageContent | GatewayMessageContentLimited)) !== 0
    ? yes('Message Content Intent is on: transcripts hold what people write.')
    : no(
        'Message Content Intent is off: transcripts stay empty, and pins write no notes.',
        'In the Developer Portal, under Bot, switch on Message Content Intent, and save.',
      );
}

/** Discord tells of buttons and commands in one way alone: over HTTP when an address for it is set, else over the gateway. */
function examineEndpoint(
  { interactions_endpoint_url: url, verify_key: key }: Application,
  { mode, publicKey }: DiscordConfig,
): readonly Checked[] {
  const set = url ?? '';
  if (mode === 'gateway')
    return set === ''
      ? []
      : [
          no(
            `Buttons and commands go to ${set}, so Firebell, which listens at the gateway, hears of none of them.`,
            'In the Developer Portal, under General Information, empty Interactions Endpoint URL, and save.',
          ),
        ];
  const isOther = key !== undefined && key.toLowerCase() !== publicKey?.toLowerCase();
  return [
    ...(isOther
      ? [
          no(
            'chat.discord.public_key is not that of the application: what Discord sends is turned away.',
            'Put the Public Key from General Information into chat.discord.public_key.',
          ),
        ]
      : []),
    set === ''
      ? no(
          'Discord does not know where to send buttons and commands.',
          'Start Firebell; then, in the Developer Portal, under General Information, put its public address with /discord/interactions at the end into Interactions Endpoint URL, and save.',
        )
      : yes(`Buttons and commands go to ${set}.`),
  ];
}
