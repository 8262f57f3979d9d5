import { respondTo, respondToSubmission } from './acknowledged.ts';
import { act } from './act.ts';
import { clientErrors, fill } from './fill.ts';
import type { Filled } from './fill.ts';
import { interact, whoAndWhere } from './interact.ts';
import type { Answered, Outgoing } from './interact.ts';
import { modalOf, showEphemeral, showMessage, showView } from './shown.ts';
import type { Shown, ShownView } from './shown.ts';
import { richText } from './rich-text.ts';
import { escaped, spoken, tellOfWords } from './speech.ts';
import { makeResponseUrl } from '../response-urls.ts';
import { directChannel, join, leave } from '../workspace/channels.ts';
import { pin, react, unpin, unreact } from '../workspace/marks.ts';
import type { Mark } from '../workspace/marks.ts';
import { messageObject } from '../workspace/message-object.ts';
import { deleteFile, edit, messageAt, post, remove, storeFile } from '../workspace/messages.ts';
import type { Channel, Ephemeral, State, User } from '../workspace/state.ts';
import { closeAll, closeTop, makeTrigger, topModal, viewObject } from '../workspace/views.ts';

/** What a person has before their eyes right after the app acknowledged what they did. */
export interface Seen {
  /** What Slack itself says when the app did not answer or the command is unknown. */
  readonly error: 'operation_timeout' | 'dispatch_failed' | 'not_a_command' | 'view_trouble' | null;
  /** What only they were shown for it so far. */
  readonly privately: readonly Shown[];
  readonly modal: ShownView | null;
  /** Errors at the fields of the modal, by block id. */
  readonly fieldErrors: Readonly<Record<string, string>>;
}

/** A message that a person points at. */
export type At = Pick<Shown, 'channel' | 'ts'>;

/** Somebody at a keyboard. Everything they do reaches the app as Slack would bring it, and is awaited until acknowledged. */
export class Person {
  readonly #out: Outgoing;
  readonly #user: User;

  constructor(out: Outgoing, user: User) {
    this.#out = out;
    this.#user = user;
  }

  get id(): string {
    return this.#user.id;
  }

  get #state(): State {
    return this.#out.state;
  }

  /** Everything that only they were shown, oldest first. */
  get privately(): readonly Shown[] {
    return this.#ownEphemerals().map((one) => showEphemeral(this.#state, one));
  }

  /** Their direct messages with the app, oldest first. */
  get directMessages(): readonly Shown[] {
    const channel = directChannel(this.#state, [this.#state.app.botUser, this.id]);
    return channel.messages.map((message) => showMessage(channel, message));
  }

  get modal(): ShownView | null {
    return modalOf(this.#state, this.id);
  }

  get home(): ShownView | null {
    const view = this.#state.homes.get(this.id);
    return view ? showView(view) : null;
  }

  /** Says something, as typed: `@name` and `#channel` become mentions. */
  async says(
    where: string,
    typed: string,
    how: {
      readonly thread?: string;
      readonly files?: readonly NewFile[];
      readonly alsoToChannel?: boolean;
    } = {},
  ): Promise<Shown> {
    const channel = this.#channel(where);
    if (channel.archived) throw new Error(`#${channel.name} is archived: nobody can write in it`);
    const files = (how.files ?? []).map(({ content, ...file }) =>
      storeFile(this.#state, { ...file, content: Buffer.from(content), user: this.id }),
    );
    const text = spoken(this.#state, typed);
    const message = post(this.#state, channel, {
      user: this.id,
      text,
      blocks: richText(text),
      threadTs: how.thread ?? null,
      isBroadcast: how.alsoToChannel ?? false,
      files: files.map(({ id }) => id),
    });
    tellOfWords(this.#state, { channel, message, unfurlDomains: this.#out.unfurlDomains });
    await this.#out.settled();
    return showMessage(channel, message);
  }

  /** Types into the message box: a slash command goes to the app, anything else is said. */
  async types(line: string, where: { readonly channel: string; readonly thread?: string }): Promise<Seen> {
    const [, command = '', rest = ''] = /^(\/\S+)\s*(.*)$/s.exec(line) ?? [];
    const known = this.#out.commands.find((one) => one.command === command);
    if (command === '') {
      await this.says(where.channel, line, where.thread === undefined ? {} : { thread: where.thread });
      return this.#seen(0);
    }
    // Slack offers no commands of apps in threads.
    if (!known || where.thread !== undefined) return this.#seen(0, { error: 'not_a_command' });
    const channel = this.#channel(where.channel);
    const { team, app } = this.#state;
    const before = this.#ownEphemerals().length;
    const answered = await interact(this.#out, 'slash_commands', {
      token: app.verificationToken,
      team_id: team.id,
      team_domain: team.domain,
      channel_id: channel.id,
      channel_name: channelName(channel),
      user_id: this.id,
      user_name: this.#user.name,
      command,
      text: known.shouldEscape === true ? escaped(this.#state, rest) : rest,
      api_app_id: app.id,
      is_enterprise_install: 'false',
      response_url: makeResponseUrl(this.#state, 'commands', { user: this.id, channel: channel.id }),
      trigger_id: makeTrigger(this.#state, this.id),
    });
    respondTo(this.#state, { user: this.id, channel: channel.id, answered });
    return this.#seen(before, answered);
  }

  /** Clicks a button or chooses in a menu: of a message, of the modal in front of them, or of their Home. */
  async clicks(
    where: At | 'modal' | 'home',
    actionId: string,
    choice?: string | readonly string[],
  ): Promise<Seen> {
    const before = this.#ownEphemerals().length;
    const answered = await act(this.#out, {
      user: this.id,
      where,
      actionId,
      ...(choice === undefined ? {} : { choice }),
    });
    return this.#seen(before, answered);
  }

  /** Fills the modal in front of them and sends it. What Slack itself finds missing never reaches the app. */
  async submits(filled: Filled = {}): Promise<Seen> {
    const view = topModal(this.#state, this.id);
    if (!view) throw new Error(`${this.#user.name} has no modal in front of them`);
    const before = this.#ownEphemerals().length;
    const values = fill(view.body, filled);
    const missing = clientErrors(view.body, values);
    if (Object.keys(missing).length > 0) return this.#seen(before, { fieldErrors: missing });
    const answered = await interact(this.#out, 'interactive', {
      type: 'view_submission',
      ...whoAndWhere(this.#state, this.id),
      trigger_id: makeTrigger(this.#state, this.id, view.id),
      view: viewObject(this.#state, view, values),
      response_urls: [],
    });
    if (answered.error !== null) return this.#seen(before, answered);
    return this.#seen(before, respondToSubmission(this.#state, view.id, answered.ack));
  }

  /** Closes the modal in front of them, or all of them. */
  async closes(all = false): Promise<void> {
    const view = topModal(this.#state, this.id);
    if (!view) return;
    const isCleared = all || view.body['clear_on_close'] === true;
    const shown = viewObject(this.#state, view);
    if (isCleared) closeAll(this.#state, this.id);
    else closeTop(this.#state, this.id);
    if (view.body['notify_on_close'] !== true) return;
    await interact(this.#out, 'interactive', {
      type: 'view_closed',
      ...whoAndWhere(this.#state, this.id),
      view: shown,
      is_cleared: isCleared,
      response_urls: [],
    });
  }

  /** Uses a shortcut: from the menu, or on a message. */
  async uses(callbackId: string, message?: At): Promise<Seen> {
    const type = message === undefined ? 'global' : 'message';
    if (!this.#out.shortcuts.some((one) => one.callbackId === callbackId && one.type === type))
      throw new Error(`the app has no ${type} shortcut ${callbackId}`);
    const before = this.#ownEphemerals().length;
    const common = {
      ...whoAndWhere(this.#state, this.id),
      callback_id: callbackId,
      trigger_id: makeTrigger(this.#state, this.id),
      action_ts: this.#state.nextTs(),
    };
    if (message === undefined)
      return this.#seen(before, await interact(this.#out, 'interactive', { type: 'shortcut', ...common }));
    const { channel, message: on } = this.#mark(message);
    const answered = await interact(this.#out, 'interactive', {
      type: 'message_action',
      ...common,
      channel: { id: channel.id, name: channelName(channel) },
      message_ts: on.ts,
      message: messageObject(this.#state, channel, on),
      response_url: makeResponseUrl(this.#state, 'app', { user: this.id, channel: channel.id, ts: on.ts }),
    });
    return this.#seen(before, answered);
  }

  /** Opens the app's Home, or the Messages tab beside it. */
  async opensHome(tab: 'home' | 'messages' = 'home'): Promise<ShownView | null> {
    const channel = directChannel(this.#state, [this.#state.app.botUser, this.id]);
    const view = this.#state.homes.get(this.id);
    this.#state.tell({
      type: 'app_home_opened',
      user: this.id,
      channel: channel.id,
      tab,
      ...(view ? { view: viewObject(this.#state, view) } : {}),
      event_ts: this.#state.nextTs(),
    });
    await this.#out.settled();
    return this.home;
  }

  async edits(message: At, typed: string): Promise<void> {
    const { channel, message: own } = this.#mark(message);
    const text = spoken(this.#state, typed);
    edit(this.#state, { channel, message: own, by: this.id }, { text, blocks: richText(text) });
    await this.#out.settled();
  }

  async deletes(message: At): Promise<void> {
    const { channel, message: own } = this.#mark(message);
    remove(this.#state, channel, own);
    await this.#out.settled();
  }

  /** Deletes a file that they posted. */
  async deletesFile(name: string): Promise<void> {
    const file = [...this.#state.files.values()].find((one) => one.name === name && one.user === this.id);
    if (!file || file.deleted) throw new Error(`${this.#user.name} has posted no file ${name}`);
    deleteFile(this.#state, file);
    await this.#out.settled();
  }

  async pins(message: At): Promise<void> {
    pin(this.#state, this.#mark(message));
    await this.#out.settled();
  }

  async unpins(message: At): Promise<void> {
    unpin(this.#state, this.#mark(message));
    await this.#out.settled();
  }

  /** Reacts with an emoji, named without colons. */
  async reacts(message: At, emoji: string): Promise<void> {
    react(this.#state, this.#mark(message), emoji);
    await this.#out.settled();
  }

  async unreacts(message: At, emoji: string): Promise<void> {
    unreact(this.#state, this.#mark(message), emoji);
    await this.#out.settled();
  }

  async joins(where: string): Promise<void> {
    join(this.#state, this.#channel(where), this.id, null);
    await this.#out.settled();
  }

  async leaves(where: string): Promise<void> {
    leave(this.#state, this.#channel(where), this.id);
    await this.#out.settled();
  }

  #seen(before: number, more: Partial<Pick<Seen, 'error' | 'fieldErrors'>> | Answered = {}): Seen {
    const { error = null } = more;
    const fieldErrors = 'fieldErrors' in more ? (more.fieldErrors ?? {}) : {};
    const shown = this.#ownEphemerals().slice(before);
    const privately = shown.map((one) => showEphemeral(this.#state, one));
    return { error, fieldErrors, privately, modal: this.modal };
  }

  #ownEphemerals(): readonly Ephemeral[] {
    return this.#state.ephemerals.filter(({ user }) => user === this.id);
  }

  #mark(at: At): Mark {
    const channel = this.#channel(at.channel);
    const message = messageAt(channel, at.ts);
    if (!message) throw new Error(`there is no message ${at.ts} in ${at.channel}`);
    return { channel, message, by: this.id };
  }

  /** A channel that they can write in, by id, by `#name`, or `@app` for their direct messages with the app. */
  #channel(where: string): Channel {
    if (where === '@app') return directChannel(this.#state, [this.#state.app.botUser, this.id]);
    const all = [...this.#state.channels.values()];
    const channel = all.find(({ id, name }) => id === where || (name !== '' && `#${name}` === where));
    if (!channel) throw new Error(`there is no channel ${where}`);
    return channel;
  }
}

/** A file that somebody drops into the message box. */
export interface NewFile {
  readonly name: string;
  readonly content: string | Uint8Array;
  readonly mimetype?: string;
  /** Where it is, when it is only linked from elsewhere. */
  readonly externalUrl?: string;
  /** Its message tells nothing of it, as in channels shared with other companies. */
  readonly isHidden?: boolean;
}

/** How interactions name a conversation. */
function channelName({ kind, name }: Channel): string {
  if (kind === 'im') return 'directmessage';
  return kind === 'private' ? 'privategroup' : name;
}
