/**
 * Reads a QR code with the camera into the page's one `<video>`, picture by picture; no picture leaves the phone. Needs a
 * secure context.
 */

const LONGER_SIDE = 800

export const hasCamera = (): boolean => window.isSecureContext && navigator.mediaDevices?.getUserMedia !== undefined

/** The text of the first code seen; null where there is no camera. Ends once `current` is false. */
export async function scan(
  current: () => boolean,
  facingMode: 'environment' | 'user' = 'environment',
): Promise<string | null> {
  const video = document.querySelector('video')!
  let stream: MediaStream
  try {
    stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode } })
  } catch {
    return null
  }
  const worker = new Worker(new URL('./camera.worker.ts', import.meta.url), { type: 'module' })
  try {
    video.srcObject = stream
    await video.play()
    const context = document.createElement('canvas').getContext('2d', { willReadFrequently: true })!
    let text: string | null = null
    while (current() && text === null) text = await read(worker, pictureOf(video, context))
    return text
  } catch {
    return null
  } finally {
    worker.terminate()
    for (const track of stream.getTracks()) track.stop()
  }
}

function pictureOf(video: HTMLVideoElement, context: CanvasRenderingContext2D): ImageData {
  const { videoWidth, videoHeight } = video
  const { canvas } = context
  const scale = Math.min(1, LONGER_SIDE / Math.max(videoWidth, videoHeight))
  canvas.width = Math.round(videoWidth * scale)
  canvas.height = Math.round(videoHeight * scale)
  context.drawImage(video, 0, 0, canvas.width, canvas.height)
  return context.getImageData(0, 0, canvas.width, canvas.height)
}

/** Rejects where the worker cannot run. */
const read = (worker: Worker, picture: ImageData): Promise<string | null> =>
  new Promise((resolve, reject) => {
    worker.onmessage = ({ data }: MessageEvent<string | null>) => resolve(data)
    worker.onerror = reject
    worker.postMessage(picture)
  })
