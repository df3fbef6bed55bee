/** Letters and measures of a paper. */
import type { Run, Text } from '../../server/reports/form.ts'

export const mm = (length: number): string => `${length}mm`
export const pt = (size: number): string => `${size}pt`

export const Runs = ({ text }: { text: Text }) => (
  <>
    {text.map((run, i) => (
      <Letters key={i} run={run} />
    ))}
  </>
)

function Letters({ run: { text, bold, italic, raised } }: { run: Run }) {
  if (raised) return <sup>{text}</sup>
  const tilted = italic ? <i>{text}</i> : <span>{text}</span>
  return bold ? <b>{tilted}</b> : tilted
}
