import { randomBytes } from 'node:crypto';

import type { World } from '../state/world.ts';
import type { Interaction } from './interaction.ts';
import { interactionJson } from './payload.ts';
import { postInteraction } from './endpoint.ts';

/** What a person does with the application. */
export type Doing = Pick<Interaction, 'type' | 'userId' | 'channelId' | 'data' | 'commandName' | 'message'>;

/** Tells the application what a person did: by the gateway, or at its endpoint when it has one. */
export function startInteraction(world: World, doing: Doing): Interaction {
  const interaction: Interaction = {
    ...doing,
    id: world.newId(),
    token: randomBytes(48).toString('base64url'),
    createdAt: world.clock.now(),
    callback: null,
    original: null,
    followUps: [],
    isSettled: false,
    watchers: new Set(),
  };
  world.interactions.set(interaction.id, interaction);
  world.tokens.set(interaction.token, interaction);
  const json = interactionJson(world, interaction);
  if (world.application.interactionsUrl === null)
    world.tell({ name: 'INTERACTION_CREATE', intents: 0, data: () => json });
  else void postInteraction(world, interaction, json);
  return interaction;
}
