/** Of the draft: the address that phones will use, tried from another one; Wi-Fi; where the result goes. */
import type { Disclosure } from '../../../server/wire.ts'
import { Note } from '../../parts.tsx'
import { Qr } from '../../qr.tsx'
import { isAddress, isLocal } from '../draft.ts'
import type { Part } from './lines.tsx'
import { Field, NumberField } from './parts.tsx'

export function Address(part: Part) {
  const { draft, shown, set } = part
  const { view } = shown.state
  const words = shown.words.draft
  // Whoever is not at this machine cannot reach it as localhost.
  const addresses = view.addresses.filter(address => view.rehearsal || !isLocal(address))
  const known = addresses.includes(draft.address)
  // On paper only the counting team comes here with phones, and nothing is printed that could not be changed.
  const onPaper = draft.medium === 'paper'
  return (
    <fieldset>
      <legend>{words.address}</legend>
      <p class="soft small">{onPaper ? words.addressOnPaper : words.addressNote}</p>
      <div class="stack" role="radiogroup" aria-label={words.address}>
        {addresses.map((address, i) => (
          <label class="tick" key={address} for={`f-address${i}`}>
            <input
              type="radio"
              name="address"
              id={`f-address${i}`}
              checked={draft.address === address}
              onChange={() => set({ address })}
            />
            <span class="address">{address}</span>
          </label>
        ))}
        <label class="tick" for="f-address-other">
          <input
            type="radio"
            name="address"
            id="f-address-other"
            checked={!known}
            onChange={() => set({ address: 'https://' })}
          />
          <span>{words.otherAddress}</span>
        </label>
      </div>
      {known ? null : (
        <Field id="f-address" label={words.otherAddress} value={draft.address} set={address => set({ address })} />
      )}
      {view.rehearsal || onPaper || !isAddress(draft.address) ? null : <Try {...part} />}
      <details>
        <summary>{onPaper ? words.disclosure : words.more}</summary>
        {onPaper ? null : <Wifi {...part} />}
        <div class="field">
          <label for="f-disclosure">{words.disclosure}</label>
          <select
            id="f-disclosure"
            value={draft.disclosure}
            onChange={event => set({ disclosure: event.currentTarget.value as Disclosure })}
          >
            {(['meeting', 'authority', 'public'] as const).map(one => (
              <option key={one} value={one}>
                {words.disclosures[one]}
              </option>
            ))}
          </select>
        </div>
        {onPaper ? null : (
          <NumberField
            id="f-minimum"
            label={words.minimum}
            note={words.minimumNote}
            value={draft.minimumBallots}
            set={minimumBallots => set({ minimumBallots })}
          />
        )}
      </details>
    </fieldset>
  )
}

function Try({ draft, shown }: Part) {
  const { view, edit } = shown.state
  const words = shown.words.draft
  // What was reached is the address as it was saved.
  const tried = view.tried && view.draft.address === draft.address && edit?.phase !== 'saving'
  if (tried) return <Note tone="holds">{words.tried}</Note>
  const link = `${draft.address}/thu#${view.nonce}`
  return (
    <div class="qr-line" id="f-try" tabIndex={-1}>
      <Qr text={link} label={words.tryTitle} />
      <div class="stack">
        <h2 class="minor">{words.tryTitle}</h2>
        <p>{words.tryText}</p>
        <p class="soft small" role="status">
          {words.notTried}
        </p>
      </div>
    </div>
  )
}

function Wifi({ draft, shown, set }: Part) {
  const words = shown.words.draft
  const wifi = draft.wifi ?? { name: '', password: '' }
  const change = (next: typeof wifi) => set({ wifi: next.name === '' && next.password === '' ? null : next })
  return (
    <>
      <Field id="f-wifi" label={words.wifiName} value={wifi.name} set={name => change({ ...wifi, name })} />
      <Field
        id="f-wifi-password"
        label={words.wifiPassword}
        value={wifi.password}
        set={password => change({ ...wifi, password })}
      />
    </>
  )
}
