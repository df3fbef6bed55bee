/** The form into which a member keys what was counted: numbers of sheets, then line by line, then all of it once more. */
import type { ComponentChildren } from 'preact'
import { type BadCount, SHEETS } from '../../server/rules/keying.ts'
import { Main, Note, Other, Quiet } from '../parts.tsx'
import type { PaperWords } from '../words/trustee-paper.ts'
import { type Change, type Form, lineStand, nextPlace, openLines, sheetsStand } from './paper.ts'
import type { OnPaper } from './paper.tsx'
import { Acts, HandIn, Points, Title } from './screens/parts.tsx'

type Keyed = OnPaper & { readonly form: Form }

export function Keying(on: Keyed) {
  const { place } = on.form
  if (place === 'sheets') return <Sheets {...on} />
  return place === 'lines' ? <Lines {...on} /> : <Line {...on} at={place} />
}

const change = ({ send }: Keyed, one: Change): void => send({ type: 'keyed', change: one })

const badText = (paper: PaperWords, { rule, numbers }: BadCount): string => paper.bad[rule](numbers)

/** A number beside its name: many of them fit one below the other on a phone. */
function NumberRow({
  id,
  label,
  value,
  set,
  after,
}: {
  readonly id: string
  readonly label: string
  readonly value: string
  readonly set: (text: string) => void
  readonly after?: ComponentChildren
}) {
  return (
    <div class="number-row">
      <label for={id}>{label}</label>
      <input
        id={id}
        class="number"
        type="text"
        inputMode="numeric"
        autocomplete="off"
        value={value}
        onInput={event => set(event.currentTarget.value)}
      />
      {after}
    </div>
  )
}

/** What the rules say of lines; what they say of sheets stands as reasons beside the numbers. */
const Rules = ({ on }: { readonly on: Keyed }) => {
  const said = on.show.paper.validity.filter(({ layer }) => layer === 'line').map(({ text }) => text)
  return said.length === 0 ? null : (
    <Note title={on.paper.line.rules}>
      <Points of={said} />
    </Note>
  )
}

// ── numbers of sheets ───────────────────────────────────────────────────────────────────────────────────────────

function Sheets(on: Keyed) {
  const { paper, form, show } = on
  const { present } = show.paper
  const { valid, bad, unexplained, done } = sheetsStand(form, present)
  const { printed, issued, exchanged } = form.sheets
  const unused = Number(printed) - Number(issued) - Number(exchanged)
  return (
    <>
      <Title>{paper.sheets.title}</Title>
      <p class="soft">{paper.sheets.present(present)}</p>
      <div class="number-rows">
        {SHEETS.map(field => (
          <NumberRow
            key={field}
            id={`sheets-${field}`}
            label={paper.sheets.fields[field]}
            value={form.sheets[field]}
            set={text => change(on, { set: 'sheet', field, text })}
          />
        ))}
      </div>
      <h2>{paper.sheets.invalid}</h2>
      <p>{paper.sheets.invalidWhat}</p>
      <div class="number-rows">
        {form.invalid.map(({ reason, count, own }, at) =>
          own ? (
            <OwnReason key={`own-${at}`} on={on} at={at} />
          ) : (
            <NumberRow
              key={reason}
              id={`invalid-${at}`}
              label={reason}
              value={count}
              set={text => change(on, { set: 'invalid', at, text })}
            />
          ),
        )}
      </div>
      {form.invalid.some(({ own }) => own) ? <p class="soft small">{paper.sheets.ownNote}</p> : null}
      <Quiet act={() => change(on, { set: 'more-reasons' })}>{paper.sheets.more}</Quiet>
      <div aria-live="polite" class="stack">
        {bad.map(one => (
          <Note key={one.rule} tone="attention">
            {badText(paper, one)}
          </Note>
        ))}
        {unexplained ? <Note tone="attention">{paper.sheets.unexplained}</Note> : null}
        {valid === null ? <p class="soft">{paper.sheets.missing}</p> : null}
        {done && valid !== null ? (
          <Note tone="holds">
            {paper.sheets.valid(valid)} {paper.sheets.unused(unused)}
          </Note>
        ) : null}
      </div>
      <Acts {...on}>
        <Main act={() => change(on, { set: 'place', place: nextPlace(form, show.paper, -1) })} disabled={!done}>
          {paper.sheets.next}
        </Main>
      </Acts>
    </>
  )
}

/** Words of one's own, and how many. */
function OwnReason({ on, at }: { readonly on: Keyed; readonly at: number }) {
  const { paper, form } = on
  const n = form.invalid.slice(0, at + 1).filter(({ own }) => own).length
  const { reason, count } = form.invalid[at]!
  return (
    <div class="field">
      <label for={`reason-${at}`}>{paper.sheets.ownReason(n)}</label>
      <input
        id={`reason-${at}`}
        type="text"
        autocomplete="off"
        value={reason}
        onInput={event => change(on, { set: 'reason', at, text: event.currentTarget.value })}
      />
      <NumberRow
        id={`invalid-${at}`}
        label={paper.sheets.ownCount(n)}
        value={count}
        set={text => change(on, { set: 'invalid', at, text })}
      />
    </div>
  )
}

// ── one line ────────────────────────────────────────────────────────────────────────────────────────────────────

function Line(on: Keyed & { readonly at: number }) {
  const { paper, form, show, at } = on
  const { contests, present } = show.paper
  const contest = contests[at]!
  const { valid } = sheetsStand(form, present)
  const { counts, empty } = form.lines[at]!
  const more = (what: number | 'empty', label: string) =>
    form.tally ? (
      <button
        type="button"
        class="one-more"
        aria-label={paper.line.oneMore(label)}
        onClick={() => change(on, { set: 'one-more', line: at, what })}
      >
        +1
      </button>
    ) : null
  const next = nextPlace(form, show.paper, at)
  return (
    <>
      <div>
        <p class="overline">{paper.line.overline(at + 1, contests.length)}</p>
        <Title>{contest.title}</Title>
      </div>
      {contest.max > 1 ? <p class="soft">{paper.line.several(contest.max)}</p> : null}
      {form.tally ? <p class="soft">{paper.line.tallyWhat}</p> : null}
      <div class="number-rows">
        {contest.options.map(({ id, label }, what) => (
          <NumberRow
            key={id}
            id={`line-${at}-${id}`}
            label={label}
            value={counts[what]!}
            set={text => change(on, { set: 'line', line: at, what, text })}
            after={more(what, label)}
          />
        ))}
        <NumberRow
          id={`line-${at}-empty`}
          label={paper.line.empty}
          value={empty}
          set={text => change(on, { set: 'line', line: at, what: 'empty', text })}
          after={more('empty', paper.line.empty)}
        />
      </div>
      <p class="soft small">{paper.line.emptyWhat}</p>
      <Running on={on} at={at} valid={valid} />
      <Rules on={on} />
      <Quiet act={() => change(on, { set: 'tally', on: !form.tally })}>
        {form.tally ? paper.line.tallyOff : paper.line.tally}
      </Quiet>
      <Acts {...on}>
        <Main act={() => change(on, { set: 'place', place: next })}>
          {next === 'lines' ? paper.line.review : paper.line.next}
        </Main>
        <Other act={() => change(on, { set: 'place', place: 'lines' })}>{paper.line.all}</Other>
      </Acts>
    </>
  )
}

/** How far the line is, and whether it can be. */
function Running({ on, at, valid }: { readonly on: Keyed; readonly at: number; readonly valid: number | null }) {
  const { paper, form, show } = on
  const contest = show.paper.contests[at]!
  const { sum, bad, done, whole, empty } = lineStand(form, at, contest, valid)
  if (valid === null || empty) return <div aria-live="polite" />
  const one = contest.max === 1
  return (
    <div aria-live="polite" class="stack">
      {one ? (
        <p>
          {paper.line.sum(sum, valid)} {sum < valid ? paper.line.left(valid - sum) : null}
          {sum > valid ? paper.line.over(sum - valid) : null}
        </p>
      ) : null}
      {done ? <Note tone="holds">{paper.line.fits}</Note> : null}
      {whole && bad !== null ? <Note tone="attention">{badText(paper, bad)}</Note> : null}
    </div>
  )
}

// ── all lines ───────────────────────────────────────────────────────────────────────────────────────────────────

function Lines(on: Keyed) {
  const { paper, form, show } = on
  const { contests, present, differences } = show.paper
  const { valid, done: sheetsDone } = sheetsStand(form, present)
  const left = openLines(form, show.paper)
  const differing = new Set(differences.flatMap(one => one.differences.map(({ line }) => line)))
  const said = (at: number): string => {
    const { empty, whole, done } = lineStand(form, at, contests[at]!, valid)
    return empty ? paper.lines.none : done ? paper.lines.fits : whole ? paper.lines.bad : paper.lines.open
  }
  const ready = sheetsDone && left.length === 0
  const row = (key: string, label: string, state: string, place: Form['place'], differs: boolean) => (
    <li key={key}>
      <button type="button" onClick={() => change(on, { set: 'place', place })}>
        <span>{label}</span>
        <span class="soft small">{differs ? `${state} · ${paper.lines.differs}` : state}</span>
      </button>
    </li>
  )
  return (
    <>
      <Title>{paper.lines.title}</Title>
      <p role="status">{paper.lines.done(contests.length - left.length, contests.length)}</p>
      <ol class="line-list">
        {row(
          'sheets',
          paper.lines.sheets,
          sheetsDone && valid !== null ? paper.sheets.valid(valid) : paper.lines.open,
          'sheets',
          differing.has(null),
        )}
        {contests.map(({ id, title }, at) => row(id, `${at + 1}. ${title}`, said(at), at, differing.has(at)))}
      </ol>
      <p class="soft small">{ready ? paper.lines.last : paper.lines.notYet}</p>
      <Acts {...on}>
        <HandIn {...on} disabled={!ready}>
          {paper.lines.send}
        </HandIn>
      </Acts>
    </>
  )
}
