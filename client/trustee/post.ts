/** Each message to its door. */
import * as api from '../api.ts'
import type { Message } from './make.ts'
import { claimOf, keptDevice } from './paper-kept.ts'

/** `attempt` goes with what belongs to a ceremony; a server that is at another one refuses it. */
export function post(link: api.Link, message: Message, attempt: number): Promise<api.Answer<null>> {
  switch (message.to) {
    case 'commit':
      return api.sendCommit(link, attempt, message.commitment)
    case 'reveal':
      return api.sendReveal(link, attempt, message.package)
    case 'boxes':
      return api.sendBoxes(link, attempt, message.boxes)
    case 'confirm':
      return api.sendConfirm(link, attempt, message.confirmation, message.rehearsal)
    case 'stop':
      return api.sendStop(link, attempt, message.code, message.where)
    case 'pin':
      return api.sendPin(link, message.pin)
    case 'sheet':
      return api.sendSheet(link)
    case 'act':
      return api.sendAct(link, message.act, keptDevice(link))
    case 'open':
      return api.sendOpen(link, message.signature)
    case 'shares':
      return api.sendShares(link, message.shares)
    case 'result':
      return api.sendResult(link, message.text, message.signature)
    case 'claim':
      return api.sendClaim(link, claimOf(link))
    case 'keying':
      return api.sendKeying(link, message.keying, keptDevice(link))
  }
}
