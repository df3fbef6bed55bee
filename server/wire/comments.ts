/**
 * Comments once a poll is counted: opened by the counting team among themselves, handed to the competent authority as one
 * encrypted file (protocol, section 7). No text of theirs is on the server in clear, ever.
 *
 * /api/members/:poll/:index, Authorization: Bearer <secret>; 204 unless it says otherwise; `wrong-state` before the count,
 * once the poll is void, without prompts, and with fewer ballots than `minimumBallots`
 *     POST ./combine          { signature }        this member puts the texts together from now on; boxes that were sent to
 *                                                  another one before are thrown away
 *     POST ./envelopes        { signature }        answers every envelope with its sealed part, as bytes: for each,
 *                                                  ascending by leaf, u32 length ‖ public part ‖ u32 length ‖ sealed part
 *                                                  (length 0: there is none). `secret` under a stamp, as the record is
 *     POST ./comment-shares   { combiner, box, signature }
 *                                                  this member's shares, in a box to the one who combines: `wrong-state`
 *                                                  where that is another one meanwhile; again: the last one counts
 *     GET  ./comment-boxes    { boxes }            to the one who combines (`wrong-state` to others), by sender, null where
 *                                                  nothing has come
 *     PUT  ./comment-file     bytes                64 bytes of signature, then the texts under the key that only paper carries;
 *                                                  by who combines; again: the last one counts
 *     Signatures are of the member's own device and of this act and closing alone (crypto/act.ts): else `bad-signature`.
 *
 * /api/leader/polls/:poll, session cookie; the role `authority` alone (`not-yours`)
 *     GET  ./comments         the file, as bytes (`not-found` before there is one); `secret` under a stamp
 *
 * What the authority passes on stands in an entry of the kind `themes` (wire/leader.ts).
 */

/** In a member's view; null before the count, and where the poll has no prompts. */
export interface CommentsView {
  /** Who puts the texts together; null: nobody yet. */
  readonly combiner: number | null
  /** Whose shares are there for this combiner, by member. */
  readonly sent: readonly boolean[]
  /** The encrypted file lies ready for the authority. */
  readonly file: boolean
}
