import { z } from 'zod';

import { invalidForm, refusal } from '../../refusal.ts';
import type { Command, World } from '../../state/world.ts';
import { CommandBody } from '../bodies/command.ts';
import { NOTHING, bodied, created, ok, route } from '../route.ts';
import type { Answer, Asked } from '../route.ts';

const GLOBAL = '/applications/{application_id}/commands';
const OF_GUILD = '/applications/{application_id}/guilds/{guild_id}/commands';
const MOST = { 1: 100, 2: 15, 3: 15 } as const;
const Bodies = z.array(CommandBody);

/** The application's commands, of the guild and everywhere. */
export const commandRoutes = [GLOBAL, OF_GUILD].flatMap((base) => [
  route(`GET ${base}`, (asked) => ok(commandsAt(asked).map(commandJson(asked.world)))),
  bodied(`PUT ${base}`, Bodies, overwriteAll),
  bodied(`POST ${base}`, CommandBody, (asked, body) => {
    const known = commandsAt(asked).find((one) => one.name === body.name && one.type === (body.type ?? 1));
    const made = commandOf(asked, body, known?.id);
    setCommands(asked, [...commandsAt(asked).filter((one) => one !== known), made]);
    return (known ? ok : created)(commandJson(asked.world)(made));
  }),
  route(`GET ${base}/{command_id}`, (asked) => ok(commandJson(asked.world)(commandIn(asked)))),
  route(`DELETE ${base}/{command_id}`, (asked) => {
    const gone = commandIn(asked);
    setCommands(
      asked,
      commandsAt(asked).filter((one) => one !== gone),
    );
    return NOTHING;
  }),
]);

function guildIdOf({ param }: Asked): string | null {
  return param('guild_id') || null;
}

function commandsAt(asked: Asked): readonly Command[] {
  const { world, param } = asked;
  const guildId = guildIdOf(asked);
  if (param('application_id') !== world.application.id) throw refusal(50001);
  if (guildId !== null && guildId !== world.guild.id) throw refusal(50001);
  return world.commands.filter((one) => one.guildId === guildId);
}

function setCommands(asked: Asked, commands: readonly Command[]): void {
  checkCounts(commands);
  const elsewhere = asked.world.commands.filter((one) => one.guildId !== guildIdOf(asked));
  asked.world.commands = [...elsewhere, ...commands];
}

function checkCounts(commands: readonly Command[]): void {
  const names = new Set(commands.map(({ type, name }) => `${type} ${name}`));
  if (names.size < commands.length)
    throw invalidForm([
      {
        path: [],
        code: 'APPLICATION_COMMANDS_DUPLICATE_NAME',
        message: 'Application command names must be unique',
      },
    ]);
  for (const [type, most] of Object.entries(MOST))
    if (commands.filter((one) => String(one.type) === type).length > most) throw refusal(30032);
}

function overwriteAll(asked: Asked, bodies: readonly CommandBody[]): Answer {
  const before = commandsAt(asked);
  const made = bodies.map((body) => {
    const known = before.find((one) => one.name === body.name && one.type === (body.type ?? 1));
    return commandOf(asked, body, known?.id);
  });
  setCommands(asked, made);
  return ok(made.map(commandJson(asked.world)));
}

function commandIn(asked: Asked): Command {
  const found = commandsAt(asked).find(({ id }) => id === asked.param('command_id'));
  if (found === undefined) throw refusal(10063);
  return found;
}

/** The command as Discord keeps it; one that is registered again keeps its id. */
function commandOf(asked: Asked, body: CommandBody, id = asked.world.newId()): Command {
  const { default_member_permissions: permissions, options, ...said } = body;
  return {
    id,
    version: asked.world.newId(),
    guildId: guildIdOf(asked),
    type: body.type ?? 1,
    name: body.name,
    fields: {
      ...Object.fromEntries(Object.entries(said).filter(([, value]) => value != null)),
      type: body.type ?? 1,
      description: body.description ?? '',
      default_member_permissions: permissions == null ? null : String(permissions),
      ...(options ? { options } : {}),
    },
  };
}

function commandJson(world: World) {
  return ({ id, version, guildId, fields }: Command) => ({
    integration_types: [0],
    nsfw: false,
    ...(guildId === null ? { contexts: null, dm_permission: true } : {}),
    ...fields,
    ...(guildId === null ? {} : { guild_id: guildId }),
    id,
    version,
    application_id: world.application.id,
  });
}
