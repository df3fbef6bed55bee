/** After the cast: the receipt, what the board says, and what may go wrong. */
import { shortCode, toBase64url } from '../../../crypto/bytes.ts'
import { Code, Main, Note, Other, Quiet } from '../../parts.tsx'
import type { VoterWords } from '../../words/voter.ts'
import { receiptText } from '../receipt.ts'
import { wayOn } from '../refusals.ts'
import type { Own, Poll } from '../screen.ts'
import { Copied } from './ballot.tsx'
import { Envelope, Way } from './pictures.tsx'
import type { Common, Props } from './props.ts'

const ReceiptCode = ({ own, words }: { readonly own: Own; readonly words: VoterWords }) => (
  <section class="sheet centred">
    <p class="overline">{words.receiptCode}</p>
    <Code code={shortCode(own.receipt.leaf)} big />
    <p class="soft small">{words.cast.codeNote}</p>
  </section>
)

const Saved = ({ own, words }: { readonly own: Own; readonly words: VoterWords }) => (
  <Copied words={words} saved={own.saved} text={receiptText(own, words, location.origin)} />
)

export const Annulled = ({ words }: Pick<Common, 'words'>) => (
  <Note tone="attention" title={words.receipt.found.void[0]}>
    {words.receipt.found.void[1]}
  </Note>
)

export const CastScreen = ({ screen: { own, annulled }, words, send }: Props<'cast'>) => (
  <>
    <h1 tabIndex={-1}>{words.cast.title}</h1>
    <p>{words.cast.what}</p>
    <Envelope folding={false} />
    <ReceiptCode own={own} words={words} />
    {annulled ? <Annulled words={words} /> : null}
    <Saved own={own} words={words} />
    <div class="acts">
      <Main act={() => send({ type: 'save' })}>{words.cast.save}</Main>
      <Other act={() => send({ type: 'close' })}>{words.cast.close}</Other>
      <Quiet act={() => send({ type: 'why' })}>{words.arrived.why}</Quiet>
    </div>
  </>
)

export const Practised = ({ words, send }: Common) => (
  <>
    <h1 tabIndex={-1}>{words.practised.title}</h1>
    <p>{words.practised.what}</p>
    <div class="acts">
      <Main act={() => send({ type: 'go-on' })}>{words.back}</Main>
    </div>
  </>
)

export const Left = ({ screen: { cast }, words, send }: Props<'left'>) => (
  <>
    <h1 tabIndex={-1}>{words.left.title}</h1>
    <p>{words.left.what}</p>
    {cast.annulled ? <Annulled words={words} /> : null}
    <div class="acts">
      <Other act={() => send({ type: 'back' })}>{words.left.code}</Other>
      <Other act={() => send({ type: 'practise' })}>{words.practise}</Other>
      <Quiet act={() => send({ type: 'another' })}>{words.left.another}</Quiet>
    </div>
  </>
)

export const Result = ({
  poll,
  published,
  words,
}: {
  readonly poll: Poll
  readonly published: boolean
  readonly words: VoterWords
}) =>
  published ? (
    <a class="button" href={`/verify#poll=${toBase64url(poll.manifest.hash)}`}>
      {words.counted.result}
    </a>
  ) : (
    <p class="soft">{words.counted.unpublished}</p>
  )

export const ClosingCode = ({ code, words }: { readonly code: string; readonly words: VoterWords }) => (
  <section class="sheet centred">
    <p class="overline">{words.closingCode}</p>
    <Code code={code} big />
    <p class="soft small">{words.counted.compare}</p>
  </section>
)

export const Counted = ({ screen: { own, closingCode, published }, words, send }: Props<'counted'>) => (
  <>
    <h1 tabIndex={-1} aria-live="polite">
      {words.counted.title}
    </h1>
    <p>{words.receipt.found.counted[1]}</p>
    <ClosingCode code={closingCode} words={words} />
    <p class="compare">
      <span class="soft small">{words.receiptCode}</span>
      <Code code={shortCode(own.receipt.leaf)} />
    </p>
    <Saved own={own} words={words} />
    <div class="acts">
      <Result poll={own.poll} published={published} words={words} />
      <Other act={() => send({ type: 'save' })}>{words.cast.save}</Other>
      <Quiet act={() => send({ type: 'another' })}>{words.left.another}</Quiet>
    </div>
  </>
)

export const Missing = ({ screen: { own, what }, words, send }: Props<'missing'>) => (
  <>
    <h1 tabIndex={-1} aria-live="polite">
      {what === 'missing' && own.receipt.kind > 0 ? words.receipt.text.missing : words.receipt.found[what][0]}
    </h1>
    <Note tone="fails">{words.receipt.found[what][1]}</Note>
    <ReceiptCode own={own} words={words} />
    <Saved own={own} words={words} />
    <div class="acts">
      <Main act={() => send({ type: 'save' })}>{words.cast.save}</Main>
    </div>
  </>
)

export const Refused = ({ screen: { why }, words, send }: Props<'refused'>) => (
  <>
    <h1 tabIndex={-1}>{words.refused[why][0]}</h1>
    <p>{words.refused[why][1]}</p>
    <Note tone="attention">{words.refused[why][2]}</Note>
    <div class="acts">
      <Main act={() => send({ type: 'go-on' })}>{words.wayOn[wayOn(why)]}</Main>
    </div>
  </>
)

export const WhyUntraceable = ({ words, send }: Common) => (
  <>
    <h1 tabIndex={-1}>{words.arrived.why}</h1>
    <Way steps={words.why.steps} />
    <ol class="sentences">
      {words.why.sentences.map(sentence => (
        <li key={sentence}>{sentence}</li>
      ))}
    </ol>
    <h2>{words.why.limits}</h2>
    <ul class="sentences">
      {words.why.not.map(sentence => (
        <li key={sentence}>{sentence}</li>
      ))}
    </ul>
    <div class="acts">
      <Main act={() => send({ type: 'back' })}>{words.back}</Main>
    </div>
  </>
)
