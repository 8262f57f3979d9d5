/** A scope of the bot token, and what fails without it. */
export interface Need {
  readonly scope: string;
  readonly what: string;
  /** An administrator may decline it: the rest works without. */
  readonly isOptional: boolean;
}

/** Every scope that Firebell uses. The manifest asks for them, the doctor looks for them. */
export const NEEDS: readonly Need[] = [
  need('commands', 'slash commands and shortcuts'),
  need('chat:write', 'everything that Firebell says'),
  need('chat:write.public', 'announcements in channels that Firebell is not in'),
  need('channels:manage', 'opening, naming and archiving rooms, and inviting people'),
  need('channels:read', 'finding the rooms again'),
  need('channels:join', 'announcing in channels that exist already'),
  need('channels:history', 'the transcript of rooms'),
  need('groups:write', 'private rooms'),
  need('groups:read', 'finding private rooms again'),
  need('groups:history', 'the transcript of private rooms'),
  need('im:write', 'pages by direct message'),
  need('im:read', 'pages by direct message'),
  need('im:history', 'finding a page again that may have been sent, and commands in direct messages'),
  need('app_mentions:read', 'commands by mention'),
  need('users:read', 'names in the transcript, and who is deactivated'),
  need('users:read.email', 'knowing people by their mail address'),
  need('dnd:read', 'paging on at once when somebody is in Do Not Disturb'),
  need('pins:read', 'pins that go to the timeline'),
  need('pins:write', 'the pinned card'),
  need('bookmarks:read', 'bookmarks of rooms'),
  need('bookmarks:write', 'bookmarks of rooms'),
  need('reactions:read', 'reactions that go to the timeline'),
  need('files:read', 'files that people post in rooms, kept with the transcript'),
  need('files:write', 'postmortems as documents'),
  need('metadata.message:read', 'finding our own messages again, so that nothing is said twice'),
  need('links:read', 'previews of links to incidents'),
  need('links:write', 'previews of links to incidents'),
  need('usergroups:read', 'the user groups of who is on call'),
  optional('usergroups:write', 'keeping user groups to who is on call'),
  optional('canvases:read', 'the running summary as a canvas'),
  optional('canvases:write', 'the running summary as a canvas'),
];

/** The events that the app subscribes to. */
export const EVENTS: readonly string[] = [
  'app_home_opened',
  'app_mention',
  'app_uninstalled',
  'channel_archive',
  'channel_deleted',
  'channel_rename',
  'channel_unarchive',
  'dnd_updated_user',
  'file_deleted',
  'group_archive',
  'group_deleted',
  'group_rename',
  'group_unarchive',
  'link_shared',
  'member_joined_channel',
  'member_left_channel',
  'message.channels',
  'message.groups',
  'message.im',
  'pin_added',
  'pin_removed',
  'reaction_added',
  'reaction_removed',
  'tokens_revoked',
  'user_change',
];

function need(scope: string, what: string): Need {
  return { scope, what, isOptional: false };
}

function optional(scope: string, what: string): Need {
  return { scope, what, isOptional: true };
}
