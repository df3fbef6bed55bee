/** How a refusal and whatever else is thrown become answers; the same in every role. */
import { Away, DiskFull } from './db.ts'
import { No, RETRY_AFTER_SECONDS, STATUS } from './refusals.ts'
import type { Refusal, Refused } from './wire.ts'

type Headers = Readonly<Record<string, string>>

export function refusal(headers: Headers, refused: Refusal, where?: string): Response {
  const retryAfterSeconds = RETRY_AFTER_SECONDS[refused]
  const body: Refused = {
    refused,
    ...(where === undefined ? {} : { where }),
    ...(retryAfterSeconds === undefined ? {} : { retryAfterSeconds }),
  }
  return new Response(JSON.stringify(body), {
    status: STATUS[refused],
    headers: {
      ...headers,
      'content-type': 'application/json; charset=utf-8',
      'cache-control': 'no-store',
      ...(retryAfterSeconds === undefined ? {} : { 'retry-after': String(retryAfterSeconds) }),
    },
  })
}

/** Logs what is nobody's mistake; of who asked, nothing. */
export function failure(headers: Headers, log: (line: string) => void, error: Error): Response {
  if (error instanceof No) return refusal(headers, error.refusal, error.where)
  if (error instanceof DiskFull) {
    log(`disk: ${error.message}`)
    return refusal(headers, 'disk-full')
  }
  if (error instanceof Away) {
    log(`database: ${error.message}`)
    return refusal(headers, 'away')
  }
  log(`bug: ${error.stack ?? error}`)
  return refusal(headers, 'failed')
}
