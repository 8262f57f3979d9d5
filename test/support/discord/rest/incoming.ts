import type { IncomingMessage } from 'node:http';

import { refusal } from '../refusal.ts';
import type { SentFile } from './route.ts';

/** What a request carries. */
export interface Carried {
  readonly body: unknown;
  readonly files: readonly SentFile[];
}

/** Reads JSON, or a form with `payload_json` and `files[n]`; refuses with 50109 what is neither. */
export async function readBody(request: IncomingMessage): Promise<Carried> {
  const bytes = await bytesOf(request);
  const contentType = request.headers['content-type'] ?? '';
  if (bytes.length === 0) return { body: undefined, files: [] };
  if (!contentType.startsWith('multipart/form-data'))
    return { body: parse(bytes.toString('utf8')), files: [] };
  const form = await new Response(new Uint8Array(bytes), {
    headers: { 'content-type': contentType },
  }).formData();
  const files: SentFile[] = [];
  for (const [name, value] of form) if (value instanceof File) files.push(await fileOf(name, value));
  const json = form.get('payload_json');
  return { body: typeof json === 'string' ? parse(json) : {}, files };
}

async function fileOf(name: string, file: File): Promise<SentFile> {
  return {
    key: /\[(\w+)]/.exec(name)?.[1] ?? '0',
    filename: file.name,
    contentType: file.type || 'application/octet-stream',
    bytes: new Uint8Array(await file.arrayBuffer()),
  };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw refusal(50109);
  }
}

async function bytesOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  // What a stream of bytes gives is bytes.
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
