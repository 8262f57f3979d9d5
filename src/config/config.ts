import type { ProvableChannel, Verification } from '../domain/contact/contact.ts';
import type { NameRules } from '../domain/calendar/who.ts';
import type { Directory } from '../domain/directory.ts';

/** A loaded configuration: checked, complete, and unchanged until the next one replaces it as a whole. */
export interface Config {
  /** The file it came from, as it was named. */
  readonly file: string;
  /** SHA-256 of the text, in hex: equal for equal files. */
  readonly hash: string;
  /** As it was written: nothing of the environment is in it. */
  readonly text: string;
  /** Address at which people reach Firebell, without a slash at its end; null when the file names none. */
  readonly url: string | null;
  readonly directory: Directory;
  readonly notify: NotifyConfig;
  /** Name of a source, as in `/ingest/<name>` -> what it is. */
  readonly sources: ReadonlyMap<string, SourceConfig>;
  readonly chat: ChatConfig;
  /** Those that schedules come from. */
  readonly calendars: readonly CalendarConfig[];
  /** Those that holidays come from. */
  readonly holidayFeeds: readonly HolidayFeed[];
  readonly coverage: CoverageConfig;
}

/** Looking ahead. `aheadMs` is how long before a gap its owners are told; null is never. */
export interface CoverageConfig {
  readonly aheadMs: number | null;
}

/** A calendar that is read from elsewhere, again and again. */
export interface ForeignCalendar {
  /** Names it among all calendars that are kept. */
  readonly id: string;
  readonly source: CalendarSource;
  readonly refreshMs: number;
  /** IANA zone of all-day events and of times that name none. */
  readonly zone: string;
  /** When all-day events begin and end, in ms after midnight. */
  readonly dayStartsMs: number;
}

/** A calendar that the shifts of a schedule come from. */
export interface CalendarConfig extends ForeignCalendar {
  readonly schedule: string;
  readonly names: NameRules;
}

/** A calendar whose events are holidays. */
export interface HolidayFeed extends ForeignCalendar {
  /** The id under `holidays`. */
  readonly calendar: string;
}

/** An absolute path, or an address; `privateNetwork` allows those that are not on the internet. */
export type CalendarSource =
  | { readonly file: string }
  | { readonly url: string; readonly privateNetwork: boolean };

/** Ways out of the house other than chat. */
export interface NotifyConfig {
  /** Null when there is no mail server. */
  readonly email: EmailConfig | null;
  readonly webhooks: ReadonlyMap<string, WebhookConfig>;
  /** Null when pages do not go through an ntfy server. */
  readonly ntfy: NtfyConfig | null;
  /** Null when pages do not go through Pushover. */
  readonly pushover: PushoverConfig | null;
  /** Null when SMS and calls are not configured. */
  readonly twilio: TwilioConfig | null;
  readonly webPush: WebPushConfig;
  /** Whether addresses on a channel have to be proven by a code before they are used. */
  readonly verification: Readonly<Record<ProvableChannel, Verification>>;
}

/** Messages to browsers. `services` are origins beside the known ones, `contact` is a `mailto:` or `https:` URL. */
export interface WebPushConfig {
  readonly services: readonly string[];
  readonly contact: string;
}

/** `token` is the application's, `url` where the API answers. */
export interface PushoverConfig {
  readonly token: string;
  readonly url: string;
}

/** The ntfy server; a null token publishes as everybody may. */
export interface NtfyConfig {
  readonly url: string;
  readonly token: string | null;
}

/** How mail leaves the house. */
export interface EmailConfig {
  readonly server: { readonly url: string } | MailServerConfig;
  readonly from: string;
  /** Null when nobody listens for answers. */
  readonly replies: MailRepliesConfig | null;
}

/** Where answers to pages arrive: at addresses of `domain`, by SMTP on `host` and `port`; 0 takes any free one. */
export interface MailRepliesConfig {
  readonly domain: string;
  readonly host: string;
  readonly port: number;
}

/** `secure` is TLS from the first byte. */
export interface MailServerConfig {
  readonly host: string;
  readonly port: number;
  readonly secure: boolean;
  readonly user: string | null;
  readonly pass: string | null;
}

/** How SMS and calls leave the house. */
export interface TwilioConfig {
  readonly accountSid: string;
  /** What Twilio signs with. */
  readonly authToken: string;
  /** Name and password for Twilio's API: of the account, or of an API key. */
  readonly user: string;
  readonly password: string;
  /** Our number in E.164; null when only a messaging service is named, and nobody can be called. */
  readonly from: string | null;
  readonly messagingService: string | null;
  /** Where Twilio reaches us, without a slash at its end. */
  readonly callbackUrl: string;
  /** Without a slash at its end. */
  readonly apiUrl: string;
}

/** A null secret leaves the calls unsigned. */
export interface WebhookConfig {
  readonly url: string;
  readonly secret: string | null;
}

/** `type` names a definition in the registry of alert sources. */
export interface SourceConfig {
  readonly name: string;
  readonly type: string;
}

/** `home` is where rooms are opened and people are paged; `sandbox` lets anyone on this machine be anyone in the console. */
export interface ChatConfig {
  readonly home: 'console' | 'slack' | 'discord';
  readonly signIn: 'sandbox' | 'token';
  /** Null where Firebell is in no workspace of Slack. */
  /** Resolved incidents are closed after so long without a word; null is never. */
  readonly closeAfterMs: number | null;
  /** How many bytes of the files that people post are kept; null keeps none. */
  readonly files: { readonly each: number; readonly room: number } | null;
  readonly slack: SlackConfig | null;
  /** Null where Firebell is in no server of Discord. */
  readonly discord: DiscordConfig | null;
}

/** A workspace of Slack. In the mode `socket` there is an app token, in the mode `http` a signing secret. */
export interface SlackConfig {
  readonly botToken: string;
  readonly appToken: string | null;
  readonly signingSecret: string | null;
  readonly mode: 'socket' | 'http';
  readonly sockets: number;
  /** With their slash. */
  readonly commands: readonly string[];
  /** Handle of a user group -> the schedules whose people it names. */
  readonly userGroups: ReadonlyMap<string, readonly string[]>;
  /** Null is never. */
  readonly archiveAfterMs: number | null;
  /** Null is off. */
  readonly silenceAlarmMs: number | null;
  /** With a slash at its end. */
  readonly apiUrl: string;
}

/** A server of Discord; ids are its own. */
export interface DiscordConfig {
  readonly token: string;
  readonly guild: string;
  readonly application: string;
  /** Checks what Discord sends over HTTP; in the mode `http` there is one. */
  readonly publicKey: string | null;
  /** `gateway` hears everything over a connection of ours; over `http` only buttons, forms and commands come. */
  readonly mode: 'gateway' | 'http';
  /** Category in which rooms are opened; when it is full, another one of the name. */
  readonly category: string;
  /** Category into which rooms are moved when they are closed. */
  readonly archive: string;
  /** Forum in which incidents of these severities are posts; null is only where a channel cannot be had. */
  readonly forum: { readonly name: string; readonly severities: readonly string[] } | null;
  /** Severities that get a voice channel; null is the worst one. */
  readonly voice: readonly string[] | null;
  readonly onCallRoles: readonly { readonly schedule: string; readonly role: string }[];
  /** Roles that see private rooms too. */
  readonly privateRoles: readonly string[];
  /** Without a slash at its end. */
  readonly apiUrl: string;
}
