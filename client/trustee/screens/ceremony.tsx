/** From the open link to the signed manifest. */
import type { Manifest } from '../../../crypto/manifest.ts'
import { redeemAtOf } from '../../../server/rules/redeem-at.ts'
import { paperOf } from '../../paper.ts'
import { Main, Note } from '../../parts.tsx'
import { FINDINGS } from '../../words/findings.ts'
import type { Language } from '../../words/language.ts'
import { missingIn } from '../wire.ts'
import { Act, Acts, Facts, namedIn, namesOf, type On, Points, ReadAloud, Roster, Steps, Title } from './parts.tsx'

export function Arrived(on: On<'arrived'>) {
  const { screen, words } = on
  const { view, warnings } = screen
  return (
    <>
      <Title>{words.arrived.title}</Title>
      <p class="soft">
        {view.title}
        <br />
        {view.unit}
      </p>
      <div>
        <p class="overline">{words.arrived.you}</p>
        <h2>{view.names[view.index - 1]}</h2>
      </div>
      <p>{words.arrived.what(view.threshold, view.names.length)}</p>
      {warnings.map(warning => (
        <Note key={warning} tone="attention" title={words.warning}>
          {words.warnings[warning]}
        </Note>
      ))}
      <Points of={words.arrived.points} />
      <Acts {...on}>
        <Act {...on} press={{ press: 'begin' }}>
          {words.arrived.begin}
        </Act>
      </Acts>
    </>
  )
}

export function NotBegun(on: On<'not-begun'>) {
  const { screen, words } = on
  const { view, warnings } = screen
  return (
    <>
      <Title>{words.notBegun.title}</Title>
      <p class="soft">{view.title}</p>
      <div>
        <p class="overline">{words.arrived.you}</p>
        <h2>{view.names[view.index - 1]}</h2>
      </div>
      <p>{words.notBegun.what}</p>
      {warnings.map(warning => (
        <Note key={warning} tone="attention" title={words.warning}>
          {words.warnings[warning]}
        </Note>
      ))}
      <Acts {...on} />
    </>
  )
}

export function Elsewhere(on: On<'elsewhere'>) {
  const { screen, words } = on
  const { view } = screen
  return (
    <>
      <Title>{words.elsewhere.title}</Title>
      <p>{words.elsewhere.what(view.names[view.index - 1] ?? '')}</p>
      <Note tone="attention">{words.elsewhere.now}</Note>
      <Acts {...on} />
    </>
  )
}

export function Restarted(on: On<'restarted'>) {
  const { words } = on
  return (
    <>
      <Title>{words.restarted.title}</Title>
      <p>{words.restarted.what}</p>
      <Note tone="attention">{words.restarted.now}</Note>
      <Acts {...on}>
        <Act {...on} press={{ press: 'forget' }}>
          {words.restarted.forget}
        </Act>
      </Acts>
    </>
  )
}

const STEPS = ['commit', 'reveal', 'boxes', 'confirm', 'check'] as const

export function Ceremony(on: On<'ceremony'>) {
  const { screen, words, show } = on
  return (
    <>
      <Title>{words.ceremony.title}</Title>
      <div aria-live="polite">
        <Steps of={STEPS.map(step => words.ceremony.steps[step])} at={STEPS.indexOf(show.step)} />
      </div>
      <Roster view={screen.view} words={words} missing={show.missing} />
      <p class="soft small">{words.ceremony.keepOpen}</p>
      {screen.warnings.map(warning => (
        <Note key={warning} tone="attention">
          {words.warnings[warning]}
        </Note>
      ))}
      <Acts {...on} />
    </>
  )
}

export function Stopped(on: On<'stopped'> & { readonly language: Language }) {
  const { screen, words, show, language } = on
  const { view } = screen
  const { fault, by } = show
  return (
    <>
      <Title>{words.stopped.title}</Title>
      <Note tone="fails">
        <p>{culprit()}</p>
      </Note>
      <p>{words.stopped.foundBy(namesOf(view, [by]))}</p>
      <p>{words.stopped.now}</p>
      <p class="soft small">
        {FINDINGS[language].faults[fault.code]} ({fault.code}, {fault.where})
      </p>
      <Acts {...on} />
    </>
  )

  function culprit(): string {
    if (fault.where.startsWith('manifest')) return words.stopped.manifest
    const named = namedIn(fault.where)
    const [from, to] = named
    if (from === undefined) return words.stopped.server
    return fault.where.startsWith('share of') && to !== undefined
      ? words.stopped.between(namesOf(view, [from]), namesOf(view, [to]))
      : words.stopped.sender(namesOf(view, named))
  }
}

export function OtherManifest(on: On<'other-manifest'>) {
  const { words } = on
  return (
    <>
      <Title>{words.otherManifest.title}</Title>
      <Note tone="fails">{words.otherManifest.what}</Note>
      <p>{words.otherManifest.now}</p>
      <Acts {...on} />
    </>
  )
}

export function Made(on: On<'made'>) {
  const { words, show } = on
  return (
    <>
      <Title>{words.made.title}</Title>
      <ReadAloud name={words.ceremonyCode} hash={show.ceremonyHash} />
      <p>{words.made.same}</p>
      <p>{words.made.next}</p>
      <Acts {...on} />
    </>
  )
}

/** What the poll is, for whoever signs it. */
function PollFacts({ manifest, words }: { readonly manifest: Manifest } & Pick<On<'pin'>, 'words'>) {
  const { unit, contests, address } = paperOf(manifest)
  const redeemAt = redeemAtOf(manifest.text)
  const subjects = [
    ...new Set(contests.map(({ subject }) => [subject.name, subject.position].filter(Boolean).join(', '))),
  ]
  const { threshold, trustees, groups, publication } = manifest
  const cards = groups.reduce((sum, { tokens }) => sum + tokens, 0)
  const { pin } = words
  return (
    <Facts
      of={[
        ...(unit ? [[pin.unit, unit] as const] : []),
        [pin.subjects, subjects.join('\n')],
        [pin.cards, cards],
        [pin.opening, pin.openingOf(threshold, trustees.length)],
        ...(groups.length > 1 ? [[pin.minimum, pin.minimumOf(publication.minimumBallots)] as const] : []),
        ...(redeemAt === null ? [] : [[pin.castAt, address] as const, [pin.redeemAt, redeemAt] as const]),
      ]}
    />
  )
}

export function Pin(on: On<'pin'>) {
  const { screen, words, show } = on
  const { manifest } = show
  const missing = missingIn(screen.view.pins)
  return (
    <>
      <Title>{words.pin.title}</Title>
      <ReadAloud name={words.manifestCode} hash={manifest.hash} />
      <p>{words.pin.same}</p>
      <h2>{manifest.poll.title}</h2>
      <PollFacts manifest={manifest} words={words} />
      <p class="soft small">{words.pin.missing(namesOf(screen.view, missing))}</p>
      <p class="soft small">{words.pin.once}</p>
      <Acts {...on}>
        <Act {...on} press={{ press: 'pin' }}>
          {words.pin.pin}
        </Act>
      </Acts>
    </>
  )
}

export const MovedAway = ({ words }: Pick<On<'pin'>, 'words'>) => (
  <>
    <Title>{words.moved.title}</Title>
    <p>{words.moved.what}</p>
    <div class="acts">
      <Main act={() => location.reload()}>{words.moved.here}</Main>
    </div>
  </>
)
