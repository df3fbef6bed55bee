/**
 * Tinos, with the measures of Times: what official papers are set in, the same on every machine. A browser prints with
 * another font rather than wait for one.
 */
import '@fontsource/tinos/latin-400.css'
import '@fontsource/tinos/latin-400-italic.css'
import '@fontsource/tinos/latin-700.css'
import '@fontsource/tinos/latin-700-italic.css'
import '@fontsource/tinos/latin-ext-400.css'
import '@fontsource/tinos/latin-ext-400-italic.css'
import '@fontsource/tinos/latin-ext-700.css'
import '@fontsource/tinos/latin-ext-700-italic.css'
import '@fontsource/tinos/vietnamese-400.css'
import '@fontsource/tinos/vietnamese-400-italic.css'
import '@fontsource/tinos/vietnamese-700.css'
import '@fontsource/tinos/vietnamese-700-italic.css'

const FACES = ['400', '700', 'italic 400', 'italic 700'] as const
/** Letters of each file that the font comes in. */
const LETTERS = 'aăơệ'

/** Once every face is there, or will not come. */
export async function officialFont(): Promise<void> {
  await Promise.allSettled(FACES.map(face => document.fonts.load(`${face} 12pt Tinos`, LETTERS)))
}
