import type { IncomingMessage } from 'node:http';
import { refuse } from '../refusal.ts';
import type { Json } from '../workspace/state.ts';
import { isJson } from '../workspace/view-values.ts';

/** Everything that was sent. */
export async function bytesOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(Buffer.from(chunk as Uint8Array));
  return Buffer.concat(chunks);
}

/** The arguments of a call: a form, JSON, or what stands in the address. */
export function argsIn(request: IncomingMessage, url: URL, body: Buffer): Json {
  const type = (request.headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase();
  const query = Object.fromEntries(url.searchParams);
  if (body.length === 0) return query;
  if (type === 'application/json') return { ...query, ...json(body.toString('utf8')) };
  if (type === 'application/x-www-form-urlencoded')
    return { ...query, ...Object.fromEntries(new URLSearchParams(body.toString('utf8'))) };
  return refuse(type === undefined || type === '' ? 'missing_post_type' : 'invalid_post_type');
}

function json(text: string): Json {
  try {
    const read: unknown = JSON.parse(text);
    return isJson(read) ? read : refuse('json_not_object');
  } catch (error) {
    if (error instanceof SyntaxError) refuse('invalid_json');
    throw error;
  }
}

/** The token of a call: in the header, else among the arguments. */
export function tokenOf(request: IncomingMessage, args: Json): string | null {
  const header = /^Bearer (\S+)$/i.exec(request.headers.authorization ?? '')?.[1];
  const field = args['token'];
  return header ?? (typeof field === 'string' ? field : null);
}

/** The bytes of a file as it is uploaded: the one part of a multipart form, or the body itself. */
export async function uploadedBytes(contentType: string, body: Buffer): Promise<Buffer> {
  if (!contentType.startsWith('multipart/form-data')) return body;
  const form = await new Response(new Uint8Array(body), {
    headers: { 'content-type': contentType },
  }).formData();
  const parts = [...form.values()];
  const part = parts.find((one) => typeof one !== 'string') ?? parts[0];
  if (part === undefined) return Buffer.alloc(0);
  return typeof part === 'string' ? Buffer.from(part) : Buffer.from(await part.arrayBuffer());
}
