/** Reads one QR code by the camera; the decoder is loaded only when somebody asks for it. Needs a secure context. */
import { useEffect, useRef, useState } from 'preact/hooks'

const EVERY_MS = 200
const WIDEST = 720

export function Camera({ found, blocked }: { found: (text: string) => void; blocked: string }) {
  const video = useRef<HTMLVideoElement>(null)
  const [isBlocked, block] = useState(false)
  useEffect(() => {
    const over = { yes: false }
    const streams: MediaStream[] = []
    watch(video, over, streams, found).catch(() => block(true))
    return () => {
      over.yes = true
      for (const stream of streams) for (const track of stream.getTracks()) track.stop()
    }
  }, [])
  return isBlocked ? <p role="alert">{blocked}</p> : <video class="camera" ref={video} muted playsInline />
}

async function watch(
  video: { readonly current: HTMLVideoElement | null },
  over: { readonly yes: boolean },
  streams: MediaStream[],
  found: (text: string) => void,
): Promise<void> {
  const { default: decode } = await import('qr/decode.js')
  const stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: 'environment' } })
  streams.push(stream)
  const { current } = video
  // Switched off while the permission was being asked for.
  if (over.yes || current === null) {
    for (const track of stream.getTracks()) track.stop()
    return
  }
  current.srcObject = stream
  await current.play()
  const canvas = document.createElement('canvas')
  while (!over.yes) {
    const text = textIn(current, canvas, decode)
    if (text !== null) return found(text)
    await new Promise(resolve => window.setTimeout(resolve, EVERY_MS))
  }
}

type Decode = (image: { width: number; height: number; data: Uint8ClampedArray }) => string

/** Null where this frame holds no code that can be read. */
function textIn(video: HTMLVideoElement, canvas: HTMLCanvasElement, decode: Decode): string | null {
  const shrink = Math.min(1, WIDEST / Math.max(video.videoWidth, 1))
  canvas.width = Math.round(video.videoWidth * shrink)
  canvas.height = Math.round(video.videoHeight * shrink)
  const context = canvas.getContext('2d', { willReadFrequently: true })
  if (context === null || canvas.width === 0) return null
  context.drawImage(video, 0, 0, canvas.width, canvas.height)
  try {
    return decode(context.getImageData(0, 0, canvas.width, canvas.height))
  } catch {
    return null
  }
}
