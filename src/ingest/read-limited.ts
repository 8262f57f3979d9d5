/**
 * The bytes of a request's body, or null as soon as there are more than `most`: no more than that is ever held in memory, whatever
 * the sender announces.
 */
export async function readLimited(request: Request, most: number): Promise<Uint8Array | null> {
  const announced = request.headers.get('content-length');
  if (Number(announced ?? 0) > most) return null;
  // Nobody can send more than they announced, and taking it whole costs far less than piece by piece.
  if (announced !== null) return new Uint8Array(await request.arrayBuffer());
  if (!request.body) return new Uint8Array();
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of request.body) {
    size += chunk.byteLength;
    if (size > most) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
