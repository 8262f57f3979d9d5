import { PermissionFlagsBits } from 'discord.js';
import type { DiscordConfig } from '../../../config/config.ts';
import type { Directory } from '../../../domain/directory.ts';
import type { Role } from '../shapes.ts';
import { no, yes } from './checked.ts';
import type { Checked } from './checked.ts';
import type { Standing } from './examine-places.ts';
import { missingIn } from './permissions.ts';

/** Looks at what Firebell may do in the server, and at each role that the configuration names. */
export function examineRoles(
  roles: readonly Role[],
  { guild, onCallRoles, privateRoles }: DiscordConfig,
  { directory, standing }: { readonly directory: Directory; readonly standing: Standing },
): readonly Checked[] {
  const missing = missingIn(standing.permissions);
  const ours = roles.filter(({ id }) => standing.roles.includes(id));
  const top = Math.max(0, ...ours.map(({ position }) => position));
  const permissions =
    missing.length === 0
      ? [yes('Firebell has every permission that it needs.')]
      : missing.map(({ name, why }) =>
          no(
            `The permission ${name} is missing: it is needed ${why}.`,
            `Server Settings, Roles, Firebell, Permissions: switch on ${name}.`,
          ),
        );
  return [
    ...permissions,
    ...onCallRoles.map(({ role }) => examineGiven(role, { roles, top, guild })),
    ...privateRoles.map((id) => foundRole(id, roles)),
    ...groupsOf(directory).map((name) => examineMentioned(name, roles, standing)),
  ];
}

interface Seen {
  readonly roles: readonly Role[];
  /** The position of Firebell's highest role. */
  readonly top: number;
  readonly guild: string;
}

function foundRole(id: string, roles: readonly Role[]): Checked {
  const role = roles.find((one) => one.id === id);
  return role === undefined
    ? no(`There is no role ${id}.`, 'Server Settings, Roles, the three dots of the role, Copy Role ID.')
    : yes(`The role ${role.name} is there.`);
}

function examineGiven(id: string, { roles, top, guild }: Seen): Checked {
  const role = roles.find((one) => one.id === id);
  if (role === undefined) return foundRole(id, roles);
  if (role.managed === true || id === guild)
    return no(
      `The role ${role.name} is given by Discord itself, so Firebell can give it to nobody.`,
      'Server Settings, Roles, Create Role; its three dots, Copy Role ID; put that into chat.discord.on_call_roles.',
    );
  if (role.position < top) return foundRole(id, roles);
  return no(
    `The role ${role.name} stands above that of Firebell, which cannot give it to anybody.`,
    `Server Settings, Roles: drag the role of Firebell above ${role.name}.`,
  );
}

/** Roles that policies mention in the room. */
function groupsOf({ policies, lastResort }: Directory): readonly string[] {
  const steps = [...policies.values()].flatMap((policy) => policy.steps);
  const targets = [...steps, lastResort].flatMap((step) => step.targets);
  return [...new Set(targets.flatMap(({ kind, id }) => (kind === 'user_group' ? [id] : [])))];
}

/** Discord shows a mention of a role that Firebell may not mention, and notifies nobody. */
function examineMentioned(name: string, roles: readonly Role[], { permissions }: Standing): Checked {
  const wanted = name.replace(/^@/, '').toLowerCase();
  const role = roles.find((one) => one.id === wanted || one.name.toLowerCase() === wanted);
  if (role === undefined)
    return no(
      `There is no role ${name}, which a policy mentions.`,
      'Server Settings, Roles, Create Role; or correct the name in the policy.',
    );
  const mayAll =
    (permissions & (PermissionFlagsBits.MentionEveryone | PermissionFlagsBits.Administrator)) !== 0n;
  return mayAll || role.mentionable === true
    ? yes(`The role ${role.name} can be mentioned.`)
    : no(
        `The role ${role.name} cannot be mentioned by Firebell: its members would not be notified.`,
        `Server Settings, Roles, ${role.name}: switch on Allow anyone to @mention this role.`,
      );
}
