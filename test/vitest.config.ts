import { defineConfig } from 'vitest/config'
import { BaseSequencer, type TestSpecification } from 'vitest/node'

/** Those that take a minute and more begin first, so that two workers end at about the same time. */
const LONG = [
  'cases',
  'kiosk',
  'verify',
  'crash',
  'meeting',
  'meeting-postgres',
  'meeting-workers',
  'organiser-draft',
  'results-pages',
  'forms-page',
]

class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const place = ({ moduleId }: TestSpecification): number => {
      const found = LONG.findIndex(name => moduleId.endsWith(`/${name}.test.ts`))
      return found < 0 ? LONG.length : found
    }
    return (await super.sort(files)).sort((a, b) => place(a) - place(b))
  }
}

const config = defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    testTimeout: 120_000,
    hookTimeout: 120_000,
    maxWorkers: 2,
    sequence: { sequencer: LongestFirst },
  },
})

// biome-ignore lint/style/noDefaultExport: the form in which vitest reads its configuration
export default config
