/**
 * A QR code as one path, black on white in every colour scheme, its quiet zone of four modules kept (ISO/IEC 18004).
 * Level M: a smudge or a fold costs nothing.
 */
import { create } from 'qrcode'

const QUIET = 4

export function Qr({ text, label }: { readonly text: string; readonly label: string }) {
  const { size, data } = create(text, { errorCorrectionLevel: 'M' }).modules
  const side = size + 2 * QUIET
  return (
    <svg class="qr" viewBox={`0 0 ${side} ${side}`} role="img" aria-label={label} shape-rendering="crispEdges">
      <rect width={side} height={side} fill="#fff" />
      <path d={pathOf(data, size)} fill="#000" />
    </svg>
  )
}

/** Dark modules row by row, neighbours drawn as one, so that no printer leaves hairs of light between them. */
function pathOf(data: Uint8Array, size: number): string {
  let path = ''
  for (let y = 0; y < size; y++)
    for (let x = 0; x < size; x++) {
      const start = x
      while (x < size && data[y * size + x] === 1) x++
      if (x > start) path += `M${start + QUIET} ${y + QUIET}h${x - start}v1h${start - x}z`
    }
  return path
}
