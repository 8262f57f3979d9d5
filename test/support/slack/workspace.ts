import { Person } from './people/person.ts';
import type { Outgoing } from './people/interact.ts';
import { showMessage } from './people/shown.ts';
import type { Shown } from './people/shown.ts';
import {
  deactivate,
  issueTokens,
  renameUser,
  retireTokens,
  revoke,
  setDnd,
  welcome,
} from './workspace/administration.ts';
import { archive, deleteChannel, makeChannel } from './workspace/channels.ts';
import type { NewPerson } from './workspace/seed.ts';
import type { Channel, Restrictions, Scheduled, State, User } from './workspace/state.ts';

/** A channel as tests read it. */
export interface ShownChannel {
  readonly id: string;
  readonly name: string;
  readonly isPrivate: boolean;
  readonly archived: boolean;
  readonly topic: string;
  readonly creator: string;
  /** User ids. */
  readonly members: readonly string[];
  readonly bookmarks: readonly { readonly title: string; readonly link: string }[];
  /** Markdown of the channel's canvas. */
  readonly canvas: string | null;
}

/** The workspace from its people's and its administrator's side. */
export class Workspace {
  readonly #out: Outgoing;

  constructor(out: Outgoing) {
    this.#out = out;
  }

  get #state(): State {
    return this.#out.state;
  }

  /** Somebody of the workspace, by name or id. */
  person(nameOrId: string): Person {
    return new Person(this.#out, this.#user(nameOrId));
  }

  /** Every channel that is no direct conversation, oldest first. */
  get channels(): readonly ShownChannel[] {
    const all = [...this.#state.channels.values()].filter(
      ({ kind }) => kind === 'public' || kind === 'private',
    );
    return all.map((channel) => this.#shown(channel));
  }

  /** A channel by id or `#name`. Throws when there is none. */
  channel(where: string): ShownChannel {
    return this.#shown(this.#channel(where));
  }

  /** What was said in a channel, oldest first, system messages left out. */
  messages(where: string): readonly Shown[] {
    const channel = this.#channel(where);
    return channel.messages
      .filter(({ subtype }) => subtype === null)
      .map((message) => showMessage(channel, message));
  }

  /** What waits to be sent later, soonest first. */
  get scheduled(): readonly Pick<Scheduled, 'id' | 'channel' | 'postAt' | 'args'>[] {
    return [...this.#state.scheduled.values()].toSorted((a, b) => a.postAt - b.postAt);
  }

  /** Members of a user group, by its handle. */
  groupMembers(handle: string): readonly string[] {
    return [...this.#state.userGroups.values()].find((group) => group.handle === handle)?.users ?? [];
  }

  /** What an administrator forbids from now on. */
  restrict(restrictions: Partial<Restrictions>): void {
    Object.assign(this.#state.restrictions, restrictions);
  }

  /** From now on a page of history has at most so many messages, however many are asked for. */
  givesPagesOf(most: number): void {
    this.#state.mostOnPage = most;
  }

  /** The scopes that the app is installed with from now on. */
  grant(scopes: readonly string[]): void {
    this.#state.app.scopes = scopes;
  }

  /** A channel made by a person, with these members. */
  async makes(
    name: string,
    spec: {
      readonly by: string;
      readonly members?: readonly string[];
      readonly isPrivate?: boolean;
      readonly isShared?: boolean;
    },
  ): Promise<ShownChannel> {
    const members = [spec.by, ...(spec.members ?? [])].map((one) => this.#user(one).id);
    const channel = makeChannel(this.#state, {
      kind: spec.isPrivate === true ? 'private' : 'public',
      name,
      creator: this.#user(spec.by).id,
      members,
      isShared: spec.isShared ?? false,
    });
    await this.#out.settled();
    return this.#shown(channel);
  }

  async archives(
    where: string,
    { by, archived = true }: { readonly by: string; readonly archived?: boolean },
  ): Promise<void> {
    archive(this.#state, this.#channel(where), { by: this.#user(by).id, archived });
    await this.#out.settled();
  }

  async deletesChannel(where: string, by: string): Promise<void> {
    deleteChannel(this.#state, this.#channel(where), this.#user(by).id);
    await this.#out.settled();
  }

  async welcomes(person: NewPerson): Promise<Person> {
    const user = welcome(this.#state, person);
    await this.#out.settled();
    return new Person(this.#out, user);
  }

  async deactivates(who: string, deleted = true): Promise<void> {
    deactivate(this.#state, this.#user(who), deleted);
    await this.#out.settled();
  }

  async renames(who: string, name: string): Promise<void> {
    renameUser(this.#state, this.#user(who), name);
    await this.#out.settled();
  }

  /** Somebody is not to be disturbed from now on for so many ms; null ends it. */
  async doNotDisturb(who: string, forMs: number | null): Promise<void> {
    const now = this.#state.clock.now();
    setDnd(this.#state, this.#user(who), forMs === null ? null : { from: now, until: now + forMs });
    await this.#out.settled();
  }

  /** Takes the app's tokens away. */
  async revokes(which: 'bot' | 'app'): Promise<void> {
    revoke(this.#state, which);
    await this.#out.settled();
  }

  /** New tokens; the old ones stay good until they are revoked. */
  issuesTokens(): { readonly bot: string; readonly app: string } {
    return issueTokens(this.#state);
  }

  /** The tokens that newer ones were given out for are good no more. */
  retiresOldTokens(): void {
    retireTokens(this.#state);
  }

  #user(nameOrId: string): User {
    const all = [...this.#state.users.values()];
    const user = all.find(({ id, name }) => id === nameOrId || name === nameOrId);
    if (!user)
      throw new Error(
        `there is no ${nameOrId} in the workspace; there are ${all.map(({ name }) => name).join(', ')}`,
      );
    return user;
  }

  #channel(where: string): Channel {
    const all = [...this.#state.channels.values()];
    const channel = all.find(({ id, name }) => id === where || (name !== '' && `#${name}` === where));
    if (!channel)
      throw new Error(
        `there is no channel ${where}; there are ${all.map(({ name }) => `#${name}`).join(', ')}`,
      );
    return channel;
  }

  #shown({ id, name, kind, archived, topic, creator, members, bookmarks, canvas }: Channel): ShownChannel {
    return {
      id,
      name,
      isPrivate: kind !== 'public',
      archived,
      topic: topic.value,
      creator,
      members: [...members],
      bookmarks: bookmarks.map(({ title, link }) => ({ title, link })),
      canvas: this.#state.canvases.get(canvas ?? '')?.markdown ?? null,
    };
  }
}
