import {
  WebAPIHTTPError,
  WebAPIPlatformError,
  WebAPIRateLimitedError,
  WebAPIRequestError,
} from '@slack/web-api';
import { describe, expect, it } from 'vitest';
import { failureOf } from './failure.ts';

function said(error: string, more: object = {}) {
  return failureOf(new WebAPIPlatformError({ ok: false, error, ...more }), 'chat.postMessage');
}

describe('a no of Slack', () => {
  it('may pass and did nothing, when the rate was used up', () => {
    expect(failureOf(new WebAPIRateLimitedError(30), 'chat.update')).toMatchObject({
      kind: 'temporary',
      afterMs: 30_000,
      isAmbiguous: false,
    });
    const unnamed = failureOf(new Error('Retry header did not contain a valid timeout: rate limited'), 'x');
    expect(unnamed).toMatchObject({ kind: 'temporary', afterMs: null, isAmbiguous: false });
  });

  it('may hide that it was done, when there was no answer or none of Slack', () => {
    const answers = [
      failureOf(new WebAPIRequestError(new Error('socket hang up')), 'x'),
      failureOf(new WebAPIHTTPError(503, 'Service Unavailable', {}), 'x'),
      said('internal_error'),
      said('fatal_error'),
      said('<html>your proxy says hello</html>'),
      failureOf('something else', 'x'),
    ];
    expect(answers.map(({ kind, isAmbiguous }) => `${kind} ${isAmbiguous}`)).toEqual(
      answers.map(() => 'temporary true'),
    );
  });

  it('tells a person who cannot be reached from a call that cannot be made', () => {
    expect(said('user_disabled').kind).toBe('unreachable');
    expect(said('messages_tab_disabled').kind).toBe('unreachable');
    expect(said('is_archived').kind).toBe('permanent');
    expect(said('invalid_blocks').kind).toBe('permanent');
  });

  it('says what to do when the app itself is not let in', () => {
    expect(said('missing_scope', { needed: 'channels:manage' }).reason).toBe(
      'missing_scope: the app lacks a scope: add it under OAuth & Permissions and reinstall the app (channels:manage)',
    );
    expect(said('token_revoked').reason).toContain('install the app again');
  });
});
