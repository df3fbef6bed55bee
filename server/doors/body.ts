/** Reading what is sent, never more than a door allows. */
import type { Context } from 'hono'
import { fromBase64url, readUtf8 } from '../../crypto/bytes.ts'
import { attempt } from '../../crypto/fault.ts'
import { type Json, parseJson, type Shape } from '../../crypto/json.ts'
import type { PublicRecord } from '../boards.ts'
import { readBounded } from '../bounded.ts'
import { no } from '../refusals.ts'

/** The whole body, at most `most` bytes. Refuses `too-large`. */
export async function readBytes(c: Context, most: number): Promise<Uint8Array> {
  if (Number(c.req.header('content-length') ?? 0) > most) return no('too-large')
  // It rejects where whoever sent it has hung up in the middle.
  const body = await readBounded(c.req.raw.body, most).catch(() => no('bad-request'))
  return body ?? no('too-large')
}

const JSON_MOST = 262_144

/** A JSON body of this shape. Refuses `too-large`, `bad-request`. */
export async function readJson<T>(c: Context, shape: Shape<T>, most: number = JSON_MOST): Promise<T> {
  const text = readUtf8(await readBytes(c, most)) ?? no('bad-request')
  let where = 'body'
  const found = attempt(
    () => ({ value: shape(parseJson(text, 'body') as Json, '') }),
    fault => {
      where = fault.where
    },
  )
  return found === null ? no('bad-request', where.slice(0, 100)) : found.value
}

/** A handle in a path: 22 characters of base64url. Refuses `not-found`. */
export function readHandle(text: string): Uint8Array {
  const bytes = text.length === 22 ? fromBase64url(text) : null
  return bytes ?? no('not-found')
}

export const octets = (c: Context, bytes: Uint8Array): Response =>
  c.body(bytes as Uint8Array<ArrayBuffer>, 200, { 'content-type': 'application/octet-stream' })

const recordHeaders = (name: string) => ({
  'content-type': 'application/x-ndjson; charset=utf-8',
  'content-disposition': `attachment; filename="${name}"`,
})

export function publicRecord(c: Context, { plain, gzip }: PublicRecord, name: string): Response {
  const short = /\bgzip\b/.test(c.req.header('accept-encoding') ?? '')
  return c.body((short ? gzip : plain) as Uint8Array<ArrayBuffer>, 200, {
    ...recordHeaders(name),
    ...(short ? { 'content-encoding': 'gzip' } : {}),
  })
}

export const record = (c: Context, lines: readonly string[], name: string): Response =>
  c.body(lines.join(''), 200, recordHeaders(name))
