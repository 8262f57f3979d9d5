import { createECDH } from 'node:crypto';
import { z } from 'zod';

/** The keys by which push services know this installation (RFC 8292), as base64url: an uncompressed point, and 32 bytes. */
export const VapidKeys = z.object({ publicKey: z.string(), privateKey: z.string() });
export type VapidKeys = z.infer<typeof VapidKeys>;

/** New keys as JSON. Changing them makes every subscription useless. */
export function newVapidKeys(): string {
  const curve = createECDH('prime256v1');
  const publicKey = curve.generateKeys('base64url', 'uncompressed');
  // A private key that begins with zeros comes back shorter; push services want all 32 bytes.
  const privateKey = Buffer.concat([Buffer.alloc(32), curve.getPrivateKey()]).subarray(-32);
  return JSON.stringify({ publicKey, privateKey: privateKey.toString('base64url') } satisfies VapidKeys);
}
