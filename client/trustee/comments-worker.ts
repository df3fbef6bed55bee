/** Opens comments beside the page, so that the page stays quick. */
import '../older.ts'
import { rng } from '../rng.ts'
import { type CommentsOrder, type CommentsSaid, workComments } from './comments-work.ts'

const say = (said: CommentsSaid): void => postMessage(said)

addEventListener('message', ({ data }: MessageEvent<CommentsOrder>) => {
  try {
    say({ end: workComments(data, rng, (step, done, of) => say({ step, done, of })) })
  } catch (error) {
    say({ broken: String(error) })
  }
})
