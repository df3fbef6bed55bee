/** What a phone takes out of a closed poll's record. */
import { toBase64url } from '../../crypto/bytes.ts'
import { chunksOf, RecordReader } from '../../crypto/record.ts'

/** Names are base64url. */
export async function boardOf(record: string) {
  const lines = new RecordReader(chunksOf(record))
  await lines.take('manifest')
  while (await lines.take('tokens'));
  const cards: string[] = []
  for (let line = await lines.take('redemption'); line; line = await lines.take('redemption'))
    cards.push(toBase64url(line.token))
  while (await lines.take('void'));
  const closing = await lines.take('closing')
  if (closing === null) throw new Error('the record has no closing statement')
  const list: Uint8Array[] = []
  for (let line = await lines.take('ballot'); line; line = await lines.take('ballot')) list.push(line.bytes)
  return { cards, closing, board: { ballots: list, comments: [] }, ballots: list.map(toBase64url) }
}
