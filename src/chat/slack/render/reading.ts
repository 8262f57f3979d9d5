import type { Directory } from '../../../domain/directory.ts';

/** What words are turned into Slack's with. */
export interface SlackReading {
  readonly directory: Directory;
  /** Accounts of the people who are to be notified, by their id with us. */
  readonly mentions: ReadonlyMap<string, string>;
  /** Ids of the user groups that are to be notified, by the name that people use. */
  readonly groups: ReadonlyMap<string, string>;
  /** Absolute URL of Firebell, without a slash at its end; null while it has none. */
  readonly publicUrl: string | null;
}

/** Absolute URL of an incident's page; null while Firebell has no address. */
export function incidentUrl(incident: number, { publicUrl }: Pick<SlackReading, 'publicUrl'>): string | null {
  return publicUrl === null ? null : `${publicUrl}/incidents/${incident}`;
}

/** A link that Slack may be given: to the web, or into Firebell's own pages; null for anything else. */
export function webLink(link: string, { publicUrl }: Pick<SlackReading, 'publicUrl'>): string | null {
  const absolute = /^\/(?![/\\])/.test(link) && publicUrl !== null ? `${publicUrl}${link}` : link;
  const url = URL.canParse(absolute) ? new URL(absolute) : null;
  const isWeb = url !== null && (url.protocol === 'https:' || url.protocol === 'http:');
  return isWeb && url.href.length <= 3_000 ? url.href : null;
}

/** A person's name as it is configured. */
export function nameOf(id: string, { directory }: Pick<SlackReading, 'directory'>): string {
  return directory.people.get(id)?.name ?? id;
}
