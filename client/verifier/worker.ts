/**
 * Verifies off the main thread, so that the page itself shows at once. Started with the page; it works without a network
 * from then on.
 */
import '../older.ts'
import { serve } from './work.ts'

serve()
