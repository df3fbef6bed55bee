/** Looks for a QR code in pictures, off the main thread. Downloaded only when the camera is asked for. */
import { decodeQR } from 'qr/decode.js'

self.onmessage = ({ data }: MessageEvent<ImageData>) => {
  let text: string | null = null
  try {
    text = decodeQR(data)
  } catch {
    // No code in this picture.
  }
  self.postMessage(text)
}
