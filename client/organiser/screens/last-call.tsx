/** The last call: who still holds a ballot, and the cards handed out that two members have to agree on. */
import type { Asked, MemberView } from '../../../server/wire.ts'
import { Note } from '../../parts.tsx'
import type { Shown } from './parts.tsx'

export function LastCall(shown: Shown & { readonly team: MemberView }) {
  const { words, team } = shown
  const { lastCall, turnout, asked } = team
  const { vote } = words
  return (
    <section class="last-call">
      <h2>{vote.lastCall}</h2>
      {lastCall ? (
        <>
          <p class="clock" role="timer">
            {vote.seconds(lastCall)}
          </p>
          <p>{vote.lastCallText}</p>
        </>
      ) : (
        <p>{vote.lastCallOver}</p>
      )}
      {turnout === null ? null : (
        <table>
          <tbody>
            <tr>
              <th scope="row">{vote.redeemed}</th>
              <td class="figure">{turnout.redeemed}</td>
            </tr>
            <tr>
              <th scope="row">{vote.cast}</th>
              <td class="figure">{turnout.cast}</td>
            </tr>
            <tr>
              <th scope="row">{vote.notCast}</th>
              <td class="figure">
                <strong>{turnout.redeemed - turnout.cast}</strong>
              </td>
            </tr>
          </tbody>
        </table>
      )}
      {asked === null || asked.signed.length === 0 ? null : <HandedOut {...shown} signed={asked.signed} />}
    </section>
  )
}

/** Group by group: sums alone could agree by chance. */
function HandedOut({
  state,
  words: { vote },
  team: { names },
  signed,
}: Shown & { readonly team: MemberView; readonly signed: Asked['signed'] }) {
  const groups = state.facts.manifest?.groups ?? []
  const differ = new Set(signed.map(({ handedOut }) => handedOut.join())).size > 1
  return (
    <>
      <table>
        <caption>{vote.numbers}</caption>
        <thead>
          <tr>
            <td />
            {signed.map(({ index }) => (
              <th scope="col" class="figure" key={index}>
                {vote.numberBy(names[index - 1] ?? '')}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {groups.length < 2
            ? null
            : groups.map(({ id, label }, g) => (
                <tr key={id}>
                  <th scope="row">{label}</th>
                  {signed.map(({ index, handedOut }) => (
                    <td class="figure" key={index}>
                      {handedOut[g]}
                    </td>
                  ))}
                </tr>
              ))}
          <tr>
            <th scope="row">{groups.length < 2 ? vote.numbers : vote.numbersSum}</th>
            {signed.map(({ index, handedOut }) => (
              <td class="figure" key={index}>
                {handedOut.reduce((sum, n) => sum + n, 0)}
              </td>
            ))}
          </tr>
        </tbody>
      </table>
      {differ ? <Note tone="fails">{vote.numbersDiffer}</Note> : null}
    </>
  )
}
