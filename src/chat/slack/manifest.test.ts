import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { sharedFile, WITHOUT_DATA } from '../../../test/support/shared-data.ts';
import { COMMANDS } from '../commands/registry.ts';
import { manifestOf, slackManifest } from './manifest.ts';
import type { ManifestParts } from './manifest.ts';

const USUAL: ManifestParts = {
  definitions: COMMANDS,
  commands: ['/inc', '/incident'],
  mode: 'socket',
  url: null,
};

const SCHEMA = sharedFile('slack', 'manifest.schema.2.0.0.json');
const WAYS: readonly (readonly [string, ManifestParts])[] = [
  ['socket mode', USUAL],
  ['HTTP', { ...USUAL, mode: 'http', url: 'https://firebell.acme.com' }],
  ['another name', { ...USUAL, commands: ['/fire'], url: 'https://firebell.acme.com/bell' }],
];

it('the manifest in the repository is made from the commands as they are', async () => {
  await expect(slackManifest(USUAL)).toMatchFileSnapshot('../../../manifests/slack.yaml');
});

describe('the manifest', () => {
  it.skipIf(SCHEMA === null).each(WAYS)(
    `for %s is what Slack's schema asks for${SCHEMA === null ? ` (skipped: ${WITHOUT_DATA})` : ''}`,
    (_, parts) => {
      const ajv = new Ajv({ strict: false, allErrors: true, validateFormats: false });
      const check = ajv.compile(JSON.parse(readFileSync(SCHEMA ?? '', 'utf8')));
      check(parse(slackManifest(parts)));
      expect(check.errors ?? []).toEqual([]);
    },
  );

  it('names our address in the events, the buttons and the commands only where Slack calls us', () => {
    const http = manifestOf({ ...USUAL, mode: 'http', url: 'https://firebell.acme.com' });
    expect(http.settings).toMatchObject({
      event_subscriptions: { request_url: 'https://firebell.acme.com/slack/events' },
      interactivity: { request_url: 'https://firebell.acme.com/slack/events' },
      socket_mode_enabled: false,
    });
    expect(http.features.slash_commands[0]).toMatchObject({ url: 'https://firebell.acme.com/slack/events' });
    expect(JSON.stringify(manifestOf(USUAL))).not.toContain('request_url');
  });

  it('has links unfurled that lead to us', () => {
    const parts = { ...USUAL, url: 'https://firebell.acme.com/bell' };
    expect(manifestOf(parts).features).toMatchObject({ unfurl_domains: ['firebell.acme.com'] });
    expect(manifestOf({ ...USUAL, url: 'http://localhost:8080' }).features).not.toHaveProperty(
      'unfurl_domains',
    );
  });

  it('keeps within what Slack takes, however long the words', () => {
    const { features, display_information: about } = manifestOf(USUAL);
    expect(about.description.length).toBeLessThanOrEqual(140);
    for (const { name, description } of features.shortcuts) {
      expect(name.length).toBeLessThanOrEqual(24);
      expect(description.length).toBeLessThanOrEqual(150);
    }
    for (const command of features.slash_commands) {
      expect(command.command.length).toBeLessThanOrEqual(32);
      expect(command.usage_hint.length).toBeLessThanOrEqual(1000);
    }
  });
});
