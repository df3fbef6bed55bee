/**
 * The printed page as such: margins, the number above the text from the second page on, the line at every foot. They
 * belong to the paper that is shown, so their rules are written when it is; a browser that knows no margin boxes prints
 * the paper without number and foot.
 */
import type { Form } from '../../server/reports/form.ts'

const FAMILY = 'font-family: Tinos, "Times New Roman", serif;'
let written = 0

export function layOut({ layout: { margins, page }, running }: Form): void {
  const sheet = document.styleSheets[0]!
  for (; written > 0; written--) sheet.deleteRule(sheet.cssRules.length - 1)
  const { top, right, bottom, left } = margins
  const foot = `content: ${JSON.stringify(running)}; font-size: 9pt; font-style: italic; white-space: nowrap; ${FAMILY}`
  const rules = [
    `@page {
      size: 210mm 297mm; margin: ${top}mm ${right}mm ${bottom}mm ${left}mm;
      @top-center { content: counter(page); font-size: ${page}pt; ${FAMILY} }
      @bottom-center { ${foot} }
    }`,
    '@page :first { @top-center { content: none } }',
  ]
  for (const rule of rules) sheet.insertRule(rule, sheet.cssRules.length)
  written = rules.length
}
