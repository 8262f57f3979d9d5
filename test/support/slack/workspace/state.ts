import type { SlackClock } from '../clock.ts';

/** Anything that goes over the wire as JSON. */
export type Json = Readonly<Record<string, unknown>>;

export interface User {
  readonly id: string;
  /** Their own workspace: another one than ours for people of a shared channel. */
  readonly teamId: string;
  name: string;
  realName: string;
  displayName: string;
  readonly email: string | null;
  readonly tz: string;
  /** Deactivated. */
  deleted: boolean;
  readonly isBot: boolean;
  readonly isAdmin: boolean;
  /** `guest` may be in several channels, `single` in one only. */
  readonly guest: 'no' | 'guest' | 'single';
  dnd: { readonly from: number; readonly until: number } | null;
  presence: 'active' | 'away';
  updated: number;
}

export interface Reaction {
  readonly name: string;
  readonly users: string[];
}

export interface FileShare {
  readonly channel: string;
  readonly ts: string;
  readonly threadTs: string | null;
}

export interface StoredFile {
  readonly id: string;
  readonly name: string;
  title: string;
  readonly user: string;
  readonly mimetype: string;
  readonly created: number;
  content: Buffer;
  readonly shares: FileShare[];
  deleted: boolean;
  /** Where it is, when it is not in Slack. */
  readonly externalUrl: string | null;
  /** Messages tell nothing of it but its id, as in channels shared with other companies. */
  readonly isHidden: boolean;
}

export interface Message {
  readonly ts: string;
  /** The author: a person, the app's bot user, or the one whose doing a system message tells. */
  readonly user: string;
  readonly isApp: boolean;
  readonly subtype: string | null;
  text: string;
  blocks: readonly Json[] | null;
  attachments: readonly Json[] | null;
  metadata: { readonly event_type: string; readonly event_payload: Json } | null;
  readonly threadTs: string | null;
  readonly isBroadcast: boolean;
  edited: { readonly user: string; readonly ts: string } | null;
  readonly reactions: Reaction[];
  readonly files: readonly string[];
  /** What else the author gave it: `username`, `icon_emoji`, or what a system message tells (`topic`, `inviter`). */
  readonly more: Json;
  readonly clientMsgId: string | null;
}

export interface Pin {
  readonly ts: string;
  readonly by: string;
  readonly at: number;
}

export interface Bookmark {
  readonly id: string;
  title: string;
  link: string;
  emoji: string;
  readonly at: number;
  updated: number;
}

export type ChannelKind = 'public' | 'private' | 'im' | 'mpim';

export interface Channel {
  readonly id: string;
  readonly kind: ChannelKind;
  name: string;
  readonly previousNames: string[];
  readonly creator: string;
  readonly created: number;
  readonly isGeneral: boolean;
  /** Shared with other workspaces. */
  readonly isShared: boolean;
  topic: Told;
  purpose: Told;
  readonly members: Set<string>;
  archived: boolean;
  /** Oldest first. */
  readonly messages: Message[];
  readonly pins: Pin[];
  readonly bookmarks: Bookmark[];
  canvas: string | null;
  updated: number;
}

/** A topic or purpose. */
export interface Told {
  readonly value: string;
  readonly creator: string;
  readonly last_set: number;
}

export interface UserGroup {
  readonly id: string;
  name: string;
  handle: string;
  description: string;
  channels: readonly string[];
  users: readonly string[];
  readonly createdBy: string;
  updatedBy: string;
  readonly created: number;
  updated: number;
  disabledAt: number;
}

export interface Canvas {
  readonly id: string;
  title: string;
  markdown: string;
  readonly channel: string | null;
}

export interface Scheduled {
  readonly id: string;
  readonly channel: string;
  /** Seconds since 1970. */
  readonly postAt: number;
  readonly created: number;
  readonly args: Json;
  readonly callOff: () => void;
}

/** A modal that a person has in front of them, or somebody's Home. */
export interface View {
  readonly id: string;
  readonly user: string;
  readonly type: 'modal' | 'home';
  /** As the app gave it, with the block ids that Slack fills in. */
  body: Json;
  hash: string;
  readonly rootId: string;
  readonly previousId: string | null;
}

/** What only one person sees. */
export interface Ephemeral {
  readonly user: string;
  readonly channel: string;
  readonly ts: string;
  readonly threadTs: string | null;
  readonly text: string;
  readonly blocks: readonly Json[] | null;
}

export interface Trigger {
  readonly user: string;
  readonly until: number;
  /** The view it came from, for `views.push`. */
  readonly viewId: string | null;
  used: boolean;
}

export interface ResponseUrl {
  readonly user: string;
  readonly channel: string;
  /** The message that the interaction came from. */
  readonly ts: string | null;
  readonly until: number;
  uses: number;
}

/** The app as it is installed. */
export interface InstalledApp {
  readonly id: string;
  readonly botId: string;
  readonly botUser: string;
  readonly name: string;
  scopes: readonly string[];
  readonly signingSecret: string;
  readonly verificationToken: string;
  botTokens: readonly string[];
  appTokens: readonly string[];
  /** Tokens that were valid once. */
  readonly revoked: Set<string>;
}

export interface Team {
  readonly id: string;
  readonly name: string;
  readonly domain: string;
  /** A free one has no user groups and no canvases outside channels. */
  readonly plan: 'free' | 'paid';
}

/** What an administrator has forbidden. */
export interface Restrictions {
  /** People and apps may not make channels. */
  channels: boolean;
  /** Apps may not change user groups. */
  userGroups: boolean;
  /** The app's Messages tab is switched off. */
  messagesTab: boolean;
}

/** Everything that is in the workspace. */
export interface State {
  readonly clock: SlackClock;
  readonly team: Team;
  readonly app: InstalledApp;
  readonly restrictions: Restrictions;
  /** A page of history has at most so many messages. */
  mostOnPage: number;
  readonly users: Map<string, User>;
  readonly channels: Map<string, Channel>;
  readonly userGroups: Map<string, UserGroup>;
  readonly files: Map<string, StoredFile>;
  readonly canvases: Map<string, Canvas>;
  readonly scheduled: Map<string, Scheduled>;
  /** Modals by id; a person's stack is what `previousId` links. */
  readonly views: Map<string, View>;
  /** The top of each person's stack of modals. */
  readonly openViews: Map<string, string>;
  /** The Home of each person. */
  readonly homes: Map<string, View>;
  readonly ephemerals: Ephemeral[];
  readonly triggers: Map<string, Trigger>;
  readonly responseUrls: Map<string, ResponseUrl>;
  /** Tells the app of what happened; answers once it was acknowledged or given up for now. */
  readonly tell: (event: Json & { readonly type: string }, channel?: Channel) => void;
  /** Says that something changed, to whoever waits for something to be seen. */
  readonly changed: () => void;
  readonly nextId: (prefix: string) => string;
  readonly nextTs: () => string;
  /** Where this server is reached: `http://127.0.0.1:1234`. */
  readonly url: () => string;
}
