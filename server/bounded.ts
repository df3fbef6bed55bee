/** Reads what somebody sends, never more than is allowed. */
import { concat } from '../crypto/bytes.ts'

/** All of it; null where it is longer than `most` bytes. Rejects where it breaks off. */
export async function readBounded(body: ReadableStream<Uint8Array> | null, most: number): Promise<Uint8Array | null> {
  if (body === null) return new Uint8Array()
  const parts: Uint8Array[] = []
  let length = 0
  for await (const part of body as unknown as AsyncIterable<Uint8Array>) {
    length += part.length
    if (length > most) return null
    parts.push(part)
  }
  return concat(...parts)
}
