/** `/bien-nhan`: is the ballot of this receipt on the board? */
import { Main, Note, Other } from '../../parts.tsx'
import type { TypedReceipt } from '../screen.ts'
import { ClosingCode, Result } from './after.tsx'
import { Heading, Matter, ShortCodeField } from './in.tsx'
import type { Props } from './props.ts'

export function Asking({ screen: { typed, wrong }, words, send }: Props<'asking'>) {
  const said = words.receipt
  const field = (name: keyof TypedReceipt, label: string) => (
    <ShortCodeField
      id={name}
      value={typed[name]}
      label={label}
      hint={words.typing.hint}
      wrong={wrong === name}
      type={text => send({ type: 'type-receipt', typed: { ...typed, [name]: text } })}
    />
  )
  return (
    <form
      class="fill"
      onSubmit={event => {
        event.preventDefault()
        send({ type: 'submit' })
      }}
    >
      <h1 tabIndex={-1}>{said.title}</h1>
      <p class="soft">{said.what}</p>
      {field('leaf', words.receiptCode)}
      {field('short', words.manifestCode)}
      <div id="wrong" role="alert">
        {wrong ? <Note tone="attention">{words.typing.wrongShort}</Note> : null}
      </div>
      <div class="acts">
        <button type="submit" class="main">
          {said.check}
        </button>
      </div>
    </form>
  )
}

export const Looking = ({ screen: { tries }, words }: Props<'looking'>) => (
  <>
    <h1 tabIndex={-1}>{words.receipt.looking}</h1>
    <Matter tries={tries} words={words} />
  </>
)

export function Looked({ screen: { sought, found }, words, send }: Props<'looked'>) {
  const [line, more] = words.receipt.found[found.as]
  const ofText = 'kind' in sought.leaf && sought.leaf.kind > 0
  const hopeful = found.as === 'not-closed' || found.as === 'bad-board' || found.as === 'unknown'
  return (
    <>
      <h1 tabIndex={-1}>
        {ofText && (found.as === 'counted' || found.as === 'missing') ? words.receipt.text[found.as] : line}
      </h1>
      {found.as === 'missing' || found.as === 'bad-board' ? <Note tone="fails">{more}</Note> : <p>{more}</p>}
      {'poll' in found ? (
        <section class="sheet">
          <Heading poll={found.poll} />
        </section>
      ) : null}
      {'closingCode' in found ? <ClosingCode code={found.closingCode} words={words} /> : null}
      <div class="acts">
        {found.as === 'counted' ? <Result poll={found.poll} published={found.published} words={words} /> : null}
        {hopeful ? <Main act={() => send({ type: 'retry' })}>{words.retry}</Main> : null}
        <Other act={() => send({ type: 'back' })}>{words.receipt.another}</Other>
      </div>
    </>
  )
}
