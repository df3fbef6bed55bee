/**
 * Reading a pack: each change that makes it unusable is refused with the line, and a change beside it that is as good as
 * the original is not.
 */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readPack } from '../server/rules/read.ts'
import { refusalOf, TEXTS } from './rounds.ts'

const GOOD = TEXTS.get('mien-nhiem-ND170-2025')!
const CAPPED = TEXTS.get('xep-loai-4-muc')!

/** The text with the first `old` replaced, which must be there. */
function with_(old: string, now: string, text = GOOD): string {
  if (!text.includes(old)) throw new Error(`not in the text: ${old}`)
  return text.replace(old, () => now)
}

const lineOf = (part: string, text = GOOD): number => text.slice(0, text.indexOf(part)).split('\n').length

const read = (text: string): string | null => refusalOf(() => readPack(text))

const TWO_THIRDS_UP = '"from": { "operator": ">", "fraction": "2/3" }'
const EXACTLY = '"from": { "operator": ">=", "fraction": "2/3" }'
const UP_TO = '"to": { "operator": "<", "fraction": "2/3" }'
const UP_TO_AND_WITH = '"to": { "operator": "<=", "fraction": "2/3" }'

/** Name, the text, what is said of it; then an honest twin that differs in one thing. */
const table: readonly (readonly [name: string, bad: string, says: RegExp, twin: string])[] = [
  [
    'an unknown field',
    with_('"version": 1,', '"version": 1,\n  "colour": "red",'),
    /^unknown-field at line 5, colour$/,
    with_('"version": 1,', '"version": 2,'),
  ],
  [
    'an unknown field of a band, at the line of its name',
    with_('"id": "tren-1-2",', '"id": "tren-1-2",\n      "weight":\n        2,'),
    new RegExp(`^unknown-field at line ${lineOf('"id": "tren-1-2"') + 1}, bands\\[0\\]\\.weight$`),
    with_('"id": "tren-1-2",', '"id":\n        "tren-1-2",'),
  ],
  [
    'a missing field, at the line of what should hold it',
    with_('"id": "tren-1-2",', ''),
    new RegExp(`^missing-field at line ${lineOf('"id": "tren-1-2"') - 1}, bands\\[0\\]\\.id$`),
    with_('"id": "tren-1-2",', '"id": "qua-nua",'),
  ],
  ['a missing field of the pack itself', with_('"version": 1,', ''), /^missing-field at line 1, version$/, GOOD],
  [
    'a figure without a basis',
    with_('"article": "Điều 52",', ''),
    /^missing-field at line \d+, bands\[0\]\.basis/,
    GOOD,
  ],
  [
    'a basis that names no source and does not say so',
    with_('"article": "khoản 1 Điều 53",', '"article": "khoản 1 Điều 53"').replace(
      /"article": "khoản 1 Điều 53"\s+"source": "[^"]+"/,
      '"article": "khoản 1 Điều 53"',
    ),
    /^missing-field at line \d+, scope\[0\]\.basis\.source: source \| unsourced$/,
    with_('"article": "khoản 1 Điều 53",', '"article": null,'),
  ],
  [
    'a basis that says both',
    with_('"article": "Điều 52",', '"article": "Điều 52",\n        "unsourced": "chưa thấy",'),
    new RegExp(`^unknown-field at line ${lineOf('"article": "Điều 52"') + 1}, bands\\[0\\]\\.basis\\.unsourced`),
    with_('"article": "Điều 52",', '"article": "Điều 51",'),
  ],
  [
    'a source that is empty',
    with_('"source": "http://congdoan.vn', '"source": " ", "x": "').replace(/, "x": "[^"]+"/, ''),
    /^wrong-length at line \d+, effective\.basis\.source/,
    with_('"source": "http://congdoan.vn', '"source": "https://congdoan.vn'),
  ],
  ...(['3/2', '0/1', '1/0'] as const).map(
    fraction =>
      [
        `the impossible fraction ${fraction}`,
        with_(TWO_THIRDS_UP, `"from": { "operator": ">", "fraction": "${fraction}" }`),
        new RegExp(`^out-of-range at line ${lineOf(TWO_THIRDS_UP)}, bands\\[2\\]\\.from\\.fraction: 0 < n/d ≤ 1`),
        GOOD,
      ] as const,
  ),
  [
    'a fraction that can be reduced',
    with_('"fraction": "1/2"', '"fraction": "2/4"'),
    new RegExp(`^wrong-value at line ${lineOf('"fraction": "1/2"')}, bands\\[0\\]\\.from\\.fraction: 1/2, not 2/4$`),
    with_('"fraction": "1/2"', '"fraction": "3/5"'),
  ],
  [
    'more than all',
    with_(TWO_THIRDS_UP, '"from": { "operator": ">", "fraction": "1/1" }'),
    /^out-of-range at line \d+, bands\[2\]\.from\.fraction: < 1\/1/,
    GOOD,
  ],
  [
    'bands that overlap at one point',
    with_(UP_TO, '"to": { "operator": "<=", "fraction": "2/3" }'),
    new RegExp(`^wrong-value at line ${lineOf(EXACTLY)}, bands\\[1\\]\\.from\\.operator: > 2/3, not >= 2/3$`),
    GOOD,
  ],
  [
    'bands that overlap',
    with_(EXACTLY, '"from": { "operator": ">=", "fraction": "3/5" }'),
    new RegExp(`^wrong-value at line ${lineOf(EXACTLY)}, bands\\[1\\]\\.from\\.fraction: >= 2/3, not >= 3/5$`),
    with_(EXACTLY, '"from": { "operator": ">=", "fraction": "3/5" }').replace(
      UP_TO,
      '"to": { "operator": "<", "fraction": "3/5" }',
    ),
  ],
  [
    'a gap between bands',
    with_(UP_TO, '"to": { "operator": "<", "fraction": "3/5" }'),
    new RegExp(`^wrong-value at line ${lineOf(EXACTLY)}, bands\\[1\\]\\.from\\.fraction: >= 3/5, not >= 2/3$`),
    GOOD,
  ],
  [
    'a gap of one point',
    with_(UP_TO_AND_WITH, '"to": { "operator": "<", "fraction": "3/4" }').replace(
      TWO_THIRDS_UP,
      '"from": { "operator": ">", "fraction": "3/4" }',
    ),
    /^wrong-value at line \d+, bands\[2\]\.from\.operator: >= 3\/4, not > 3\/4$/,
    with_(UP_TO_AND_WITH, '"to": { "operator": "<", "fraction": "3/4" }').replace(
      TWO_THIRDS_UP,
      '"from": { "operator": ">=", "fraction": "3/4" }',
    ),
  ],
  [
    'a band that ends before it begins',
    with_(UP_TO, '"to": { "operator": "<", "fraction": "1/3" }'),
    new RegExp(`^not-ascending at line ${lineOf(UP_TO)}, bands\\[0\\]\\.to\\.fraction: > 1/2, not 1/3$`),
    GOOD,
  ],
  [
    'a band in which nothing can lie',
    with_(UP_TO_AND_WITH, '"to": { "operator": "<", "fraction": "2/3" }'),
    new RegExp(`^not-ascending at line ${lineOf(UP_TO_AND_WITH)}, bands\\[1\\]\\.to\\.fraction`),
    GOOD,
  ],
  [
    'a last band that is not open upwards',
    with_(
      '"to": null,\n      "label": "Trên 2/3',
      '"to": { "operator": "<=", "fraction": "1/1" },\n      "label": "Trên 2/3',
    ),
    /^wrong-value at line \d+, bands\[2\]\.to: null, not <= 1\/1$/,
    GOOD,
  ],
  [
    'an open band below another',
    with_(UP_TO, '"to": null'),
    new RegExp(`^wrong-value at line ${lineOf(UP_TO)}, bands\\[0\\]\\.to: < 2/3, not null$`),
    GOOD,
  ],
  [
    'an operator that is none',
    with_('"operator": ">", "fraction": "1/2"', '"operator": "≥", "fraction": "1/2"'),
    /^wrong-value at line \d+, bands\[0\]\.from\.operator: > \| >=, not ≥$/,
    GOOD,
  ],
  [
    'a band of an option that is none',
    with_('"option": "thap"', '"option": "that"'),
    /^not-listed at line \d+, bands\[0\]\.option: cao \| tin-nhiem \| thap, not that$/,
    GOOD,
  ],
  [
    'a lowest option that is none',
    with_('"lowest": "thap"', '"lowest": "kem"'),
    new RegExp(`^not-listed at line ${lineOf('"lowest"')}, lowest: cao \\| tin-nhiem \\| thap, not kem$`),
    with_('"lowest": "thap"', '"lowest": "cao"'),
  ],
  [
    'two options of one id',
    with_('{ "id": "cao"', '{ "id": "thap"'),
    new RegExp(`^duplicate at line ${lineOf('{ "id": "thap"')}, options\\[2\\]\\.id`),
    with_('{ "id": "cao"', '{ "id": "rat-cao"'),
  ],
  [
    'two bands of one id',
    with_('"id": "dung-2-3"', '"id": "tren-1-2"'),
    new RegExp(`^duplicate at line ${lineOf('"id": "dung-2-3"')}, bands\\[1\\]\\.id`),
    with_('"id": "dung-2-3"', '"id": "hai-phan-ba"'),
  ],
  [
    'a rule of earlier years with the id of a band',
    with_('"id": "khong-hoan-thanh"', '"id": "tren-1-2"'),
    /^duplicate at line \d+, histories\[0\]\.id/,
    GOOD,
  ],
  [
    'earlier shares of an option that nobody states',
    with_(
      '{ "kind": "quality", "level": "khong" }',
      '{ "kind": "share", "option": "cao", "operator": ">", "fraction": "1/2" }',
    ),
    /^not-listed at line \d+, histories\[0\]\.counts\.option: thap, not cao$/,
    with_(
      '{ "kind": "quality", "level": "khong" }',
      '{ "kind": "share", "option": "thap", "operator": ">", "fraction": "1/2" }',
    ),
  ],
  [
    'a kind of rule that is none',
    with_('"kind": "quality"', '"kind": "quarter"'),
    /^wrong-value at line \d+, histories\[0\]\.counts\.kind: quality \| share, not quarter$/,
    GOOD,
  ],
  ...['2025-02-29', '2025-13-01', '2025-00-10', '1/7/2025', '2025-07-01T00:00', ''].map(
    day =>
      [
        `the day “${day}”`,
        with_('"from": "2025-07-01"', `"from": "${day}"`),
        new RegExp(`^wrong-value at line ${lineOf('"from": "2025-07-01"')}, effective\\.from: YYYY-MM-DD`),
        with_('"from": "2025-07-01"', '"from": "2024-02-29"'),
      ] as const,
  ),
  [
    'an end before the beginning',
    with_('"to": null,\n    "basis"', '"to": "2025-06-30",\n    "basis"'),
    new RegExp(`^not-ascending at line ${lineOf('"from": "2025-07-01"') + 1}, effective\\.to: ≥ 2025-07-01`),
    with_('"to": null,\n    "basis"', '"to": "2025-07-01",\n    "basis"'),
  ],
  ['version 0', with_('"version": 1', '"version": 0'), /^out-of-range at line 4, version/, GOOD],
  ['a version that is no number', with_('"version": 1', '"version": "1"'), /^wrong-type at line 4, version/, GOOD],
  [
    'a consequence that is no proposal',
    with_('"consequence": "xem xét miễn nhiệm"', '"consequence": "bị miễn nhiệm"'),
    /^not-allowed at line \d+, bands\[2\]\.consequence: bị miễn nhiệm$/,
    with_('"consequence": "xem xét miễn nhiệm"', '"consequence": "xem xét cho thôi giữ chức vụ"'),
  ],
  [
    'the same in capitals and with loose accents',
    with_('"consequence": "xem xét miễn nhiệm"', `"consequence": "${'Bị Miễn Nhiệm'.normalize('NFD')}"`),
    /^not-allowed at line \d+, bands\[2\]\.consequence/,
    GOOD,
  ],
  [
    'a consequence that nobody is asked to consider',
    with_('"actor": "cấp có thẩm quyền quản lý cán bộ"', '"actor": null'),
    /^wrong-value at line \d+, bands\[0\]\.actor: text, not null$/,
    GOOD,
  ],
  [
    'a label of nothing but spaces',
    with_('"label": "Tín nhiệm cao"', '"label": "  "'),
    /^wrong-length at line \d+, options/,
    GOOD,
  ],
  [
    'a control character',
    with_('"label": "Tín nhiệm cao"', '"label": "Tín\\u0000nhiệm"'),
    /^wrong-value at line/,
    GOOD,
  ],
  ['an id that is none', with_('"id": "mien-nhiem-ND170-2025"', '"id": "NĐ170"'), /^bad-id at line 3, id/, GOOD],
  ['another format', with_('rules/v1', 'rules/v2'), /^wrong-value at line 2, format/, GOOD],
  [
    'a hash that is none',
    with_('"alongside": []', '"alongside": [{ "pack": "khac", "sha256": "ab" }]'),
    /^wrong-value at line \d+, alongside\[0\]\.sha256/,
    with_('"alongside": []', `"alongside": [{ "pack": "khac", "sha256": "${'ab'.repeat(32)}" }]`),
  ],
  [
    'a pack beside itself',
    with_('"alongside": []', `"alongside": [{ "pack": "mien-nhiem-ND170-2025", "sha256": "${'ab'.repeat(32)}" }]`),
    /^duplicate at line \d+, alongside\[0\]\.pack/,
    GOOD,
  ],
  [
    'a cap whose base is none of its bases',
    with_('"base": "tot"', '"base": "tat-ca-moi-nguoi"', CAPPED),
    /^not-listed at line \d+, cap\.base: tot \| tot-tro-len \| tat-ca, not tat-ca-moi-nguoi$/,
    with_('"base": "tot"', '"base": "tat-ca"', CAPPED),
  ],
  [
    'a cap on a level that is none',
    with_('"levels": ["xuat-sac", "tot"]', '"levels": ["xuat-sac", "kha"]', CAPPED),
    /^not-listed at line \d+, cap\.bases\[1\]\.levels\[1\]/,
    with_('"levels": ["xuat-sac", "tot"]', '"levels": ["xuat-sac"]', CAPPED),
  ],
  [
    'a text that is cut off',
    GOOD.slice(0, -10),
    new RegExp(`^not-json at line ${GOOD.split('\n').length - 2}, character`),
    GOOD,
  ],
  ['a comma too many', with_('"version": 1,', '"version": 1,,'), /^not-json at line 4, character 16$/, GOOD],
  ['a number with a point', with_('"version": 1,', '"version": 1.0,'), /^not-integer at line 4, character 14/, GOOD],
  [
    'a name twice',
    with_('"version": 1,', '"version": 1,\n  "version": 2,'),
    /^duplicate-name at line 5, character \d+: version$/,
    GOOD,
  ],
  ['words after the end', `${GOOD}x`, /^left-over at line \d+, character 1$/, `${GOOD}\n\n`],
  ['nothing', '', /^not-json at line 1, character 1$/, GOOD],
  ['a list', '[]', /^wrong-type at line 1, pack: object, not array$/, GOOD],
  ['a book', `"${'x'.repeat(262_144)}"`, /^too-large at line 1, pack/, GOOD],
]

describe('a pack is refused with the line for', () => {
  for (const [name, bad, says, twin] of table)
    it(name, () => {
      expect(read(bad)).toMatch(says)
      expect(read(twin)).toBe(null)
    })
})

describe('whatever is done to a pack’s text', () => {
  it('every refusal begins with a line that the text has', () => {
    const edit = fc.record({
      at: fc.nat(GOOD.length - 1),
      drop: fc.nat(12),
      put: fc.oneof(fc.constantFrom('', '"', '{', '}', ',', '\n', '0', 'null', '"x": 1,'), fc.string({ maxLength: 4 })),
    })
    fc.assert(
      fc.property(edit, ({ at, drop, put }) => {
        const text = GOOD.slice(0, at) + put + GOOD.slice(at + drop)
        const refused = read(text)
        if (refused === null) return
        const line = Number(/ at line (\d+), /.exec(refused)?.[1])
        expect(line).toBeGreaterThanOrEqual(1)
        expect(line).toBeLessThanOrEqual(text.split('\n').length)
      }),
      { numRuns: 500 },
    )
  })

  it('spaces and line ends between its parts change where things stand, and nothing else', () => {
    const crlf = GOOD.replaceAll('\n', '\r\n')
    expect(readPack(crlf)).toEqual(readPack(GOOD))
    expect(readPack(JSON.stringify(JSON.parse(GOOD)))).toEqual(readPack(GOOD))
    expect(read(with_('"lowest": "thap"', '"lowest": "kem"').replaceAll('\n', '\r\n'))).toContain(
      `line ${lineOf('"lowest"')}, `,
    )
  })
})
