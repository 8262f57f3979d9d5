import type { z } from 'zod';

import type { World } from '../state/world.ts';
import { parseBody } from './body.ts';

/** A file that came with a request. */
export interface SentFile {
  /** What `attachments` of the body call it: the number in `files[0]`. */
  readonly key: string;
  readonly filename: string;
  readonly contentType: string;
  readonly bytes: Uint8Array;
}

/** A request that was let in. */
export interface Asked {
  readonly world: World;
  /** A piece of the path by its name; it is there, or the route would not have matched. */
  readonly param: (name: string) => string;
  readonly query: URLSearchParams;
  readonly body: unknown;
  readonly files: readonly SentFile[];
}

/** What is answered. */
export interface Answer {
  readonly status: number;
  readonly json?: unknown;
}

/** One request that Discord knows. */
export interface Route {
  readonly method: string;
  /** With `{names}` as the official description spells them. */
  readonly path: string;
  /** False where a token in the path is the key. */
  readonly needsBot: boolean;
  readonly answer: (asked: Asked) => Answer;
  /** Refuses a body that the route's schema does not take. */
  readonly check: (body: unknown) => void;
}

/** `GET /channels/{channel_id}`, with what it answers. */
export function route(line: string, answer: (asked: Asked) => Answer): Route {
  const [method = '', path = ''] = line.split(' ');
  return { method, path, needsBot: !/_token}/.test(path), answer, check: () => undefined };
}

/** A route with a body, which is read by a schema first. */
export function bodied<T>(
  line: string,
  schema: z.ZodType<T>,
  answer: (asked: Asked, body: T) => Answer,
): Route {
  return {
    ...route(line, (asked) => answer(asked, parseBody(schema, asked.body))),
    check: (body) => void parseBody(schema, body),
  };
}

/** 200 with that. */
export function ok(json: unknown): Answer {
  return { status: 200, json };
}

/** 201 with that. */
export function created(json: unknown): Answer {
  return { status: 201, json };
}

/** 204. */
export const NOTHING: Answer = { status: 204 };
