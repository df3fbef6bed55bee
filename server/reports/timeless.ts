/** Office files without a clock: the libraries date what they write, and the same facts are to give the same bytes. */
import { unzipSync, type Zippable, zipSync } from 'fflate'
import { readUtf8, utf8 } from '../../crypto/bytes.ts'

/** The first moment that a .zip can name, and the same everywhere. */
const NO_TIME = new Date(1980, 0, 1)

/** The same .docx or .xlsx, whenever it was written. */
export function timeless(file: Uint8Array): Uint8Array {
  const files: Zippable = {}
  for (const [name, bytes] of Object.entries(unzipSync(file)))
    if (!name.endsWith('/')) files[name] = [name === 'docProps/core.xml' ? undated(bytes) : bytes, { mtime: NO_TIME }]
  return zipSync(files)
}

const undated = (core: Uint8Array): Uint8Array =>
  utf8(readUtf8(core)!.replaceAll(/<dcterms:(created|modified)[^>]*>[^<]*<\/dcterms:\1>/g, ''))
