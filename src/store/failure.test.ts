import { expect, it } from 'vitest';
import { fateOf, isConnectionFailure } from './failure.ts';

function failure(code: string, cause?: Error): Error {
  return Object.assign(new Error('it failed', cause && { cause }), { code });
}

it('tells a database that is away from one that said no', () => {
  expect(
    ['ECONNREFUSED', 'CONNECTION_CLOSED', 'CONNECT_TIMEOUT', '57P01', '08006', '53300'].map((code) =>
      isConnectionFailure(failure(code)),
    ),
  ).not.toContain(false);
  expect(
    ['23505', '40P01', '22P05', 'ENOENT', 'ERR_ASSERTION'].map((code) => isConnectionFailure(failure(code))),
  ).not.toContain(true);
});

it('is not led astray by the words of a bug of our own', () => {
  expect(
    isConnectionFailure(new Error('expected the connection to have a timeout, found a terminated socket')),
  ).toBe(false);
});

it('finds the reason under what it was wrapped in', () => {
  expect(isConnectionFailure(new Error('Failed query', { cause: failure('ECONNRESET') }))).toBe(true);
});

it('repeats what surely was not committed, and never a commit of unknown outcome', () => {
  expect(fateOf(failure('40P01'), true)).toBe('try_again');
  expect(fateOf(failure('ECONNRESET'), false)).toBe('away');
  expect(fateOf(failure('ECONNRESET'), true)).toBe('unknown');
  expect(fateOf(failure('23505'), false)).toBe('refused');
  expect(fateOf(new Error('a bug'), false)).toBe('refused');
});
