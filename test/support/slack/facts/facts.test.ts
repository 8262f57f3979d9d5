import { describe, expect, it } from 'vitest';
import { WITHOUT_DATA } from '../../shared-data.ts';
import { METHODS } from '../web-api/registry.ts';
import { COMMON_ERRORS, copiedFacts, officialFacts } from './facts.ts';

const official = officialFacts();

/** Not in the machine-readable reference, or said there of every method alike. */
const ELSEWHERE = ['internal_error', 'invalid_arguments', 'invalid_auth', 'invalid_json', 'json_not_object'];

describe('what the emulator knows of the Web API', () => {
  it('covers every method that it speaks', () => {
    const spoken = [...METHODS.keys(), 'apps.connections.open'];

    expect([...copiedFacts().keys()].toSorted()).toEqual(spoken.toSorted());
  });

  describe.skipIf(official === null)(
    official === null ? WITHOUT_DATA : 'beside the official reference',
    () => {
      it('is a faithful copy', () => {
        for (const [method, facts] of copiedFacts())
          if (method !== 'dnd.teamInfo') expect(facts, method).toEqual(official?.methods.get(method));
      });

      it('answers with no error of its own invention', () => {
        const known = [...(official?.errors ?? []), ...ELSEWHERE];

        expect(COMMON_ERRORS.filter((error) => !known.includes(error))).toEqual([]);
      });
    },
  );
});
