/** Hands bytes, or a text byte for byte as it is hashed, to the person as a file. */
export function saveFile(content: Uint8Array | string, name: string, type = 'application/octet-stream'): void {
  const part = typeof content === 'string' ? content : content.slice().buffer
  const url = URL.createObjectURL(new Blob([part], { type }))
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  window.setTimeout(() => URL.revokeObjectURL(url), 60_000)
}
