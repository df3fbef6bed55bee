import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { goodLines, join as joinLines, placeOf, poll } from './mutations/row.ts'
import { localPack, ruledPoll } from './ruled.ts'

const root = join(import.meta.dirname, '..')
const caseFile = (name: string) => join(root, 'test', 'cases', `${name}.json`)
let folder = ''
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'phieukin-test-'))
})
afterAll(() => rmSync(folder, { recursive: true }))

const script = (name: string) => join(root, 'server', 'commands', `${name}.ts`)
function run(name: 'poll' | 'verify', ...args: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [script(name), ...args], { encoding: 'utf8' })
  return { status, stdout, stderr }
}

function fileOf(name: string, content: string | Uint8Array): string {
  const file = join(folder, name)
  writeFileSync(file, content)
  return file
}

describe('npm run poll and npm run verify', () => {
  it('play a poll, write its record, and find that it holds', () => {
    const out = join(folder, 'unit.record')
    const played = run('poll', '--case', caseFile('unit-of-7'), '--out', out)
    expect(played).toMatchObject({ status: 0, stderr: '' })
    expect(existsSync(`${out}.part`)).toBe(false)
    const verified = run('verify', out)
    expect(verified).toMatchObject({ status: 0, stderr: '' })
    expect(verified.stdout.split('\n').filter(line => /^ ?\d+ {2}[✓·] {2}/.test(line))).toHaveLength(13)
    expect(verified.stdout).toContain('Hồ sơ đúng')
    expect(verified.stdout).toMatch(/Tín nhiệm cao +3\n +Tín nhiệm +2\n +Tín nhiệm thấp +2\n +Để trống +0/)
    const english = run('verify', out, '--lang', 'en')
    expect(english.stdout).toContain('The record holds')
  })

  it('say the same to machines', () => {
    const out = join(folder, 'json.record')
    const played = JSON.parse(run('poll', '--case', caseFile('unit-of-7'), '--out', out, '--json').stdout)
    const verified = JSON.parse(run('verify', out, '--json').stdout)
    expect(verified).toMatchObject({ ok: true, complete: true, closingCode: played.closingCode })
    expect(verified.checks.map((c: { status: string }) => c.status)).toEqual([...Array(12).fill('holds'), 'none'])
    expect(verified.result.unions[0].counts[0]).toEqual([3, 2, 2])
    const asked = ['--manifest', verified.manifestHash]
    expect(run('verify', out, ...asked).status).toBe(0)
    expect(run('verify', out, '--manifest', played.manifestCode).status).toBe(0)
    expect(run('verify', out, '--manifest', '0'.repeat(64)).status).toBe(1)
  })

  it('make the same record again from the same seed, and warn that it is worth nothing', () => {
    const [one, two, three] = ['1', '2', '3'].map(n => join(folder, `seed-${n}.record`))
    const warned = run('poll', '--case', caseFile('empty'), '--out', one!, '--seed', '7')
    run('poll', '--case', caseFile('empty'), '--out', two!, '--seed', '7')
    run('poll', '--case', caseFile('empty'), '--out', three!, '--seed', '8')
    expect(warned.stderr).toContain('--seed')
    expect(readFileSync(one!)).toEqual(readFileSync(two!))
    expect(readFileSync(one!)).not.toEqual(readFileSync(three!))
  })

  it('say nothing where their reader goes away', () => {
    const record = fileOf('read.record', joinLines(goodLines))
    const command = `"${process.execPath}" "${script('verify')}" "${record}" | true; echo "\${PIPESTATUS[0]}"`
    const { stdout, stderr } = spawnSync('bash', ['-c', command], { encoding: 'utf8' })
    expect({ stdout, stderr }).toEqual({ stdout: '0\n', stderr: '' })
  })

  it('verify a board that is not opened yet, and say so', () => {
    const board = fileOf('board.record', joinLines(goodLines.slice(0, placeOf('open'))))
    const { status, stdout } = run('verify', board)
    expect(status).toBe(0)
    expect(stdout).toContain('Hòm phiếu chưa mở.')
  })
})

describe('a record under rules', () => {
  const statusOf = (args: readonly string[]) => {
    const { status, stdout } = run('verify', ...args, '--json')
    return { exit: status, outcome: JSON.parse(stdout).checks[12].status as string }
  }

  it('has its outcome recomputed, where the pack came with the program', () => {
    const out = join(folder, 'ruled.record')
    expect(run('poll', '--case', caseFile('so-a-2026'), '--out', out).status).toBe(0)
    expect(statusOf([out])).toEqual({ exit: 0, outcome: 'holds' })
    expect(run('verify', out).stdout).toMatch(/^13 {2}✓/m)
    const changed = readFileSync(out, 'utf8').replace('\\"numerator\\":32', '\\"numerator\\":31')
    expect(statusOf([fileOf('changed.record', changed)])).toEqual({ exit: 1, outcome: 'fails' })
  })

  it('whose pack is a local one is checked once the pack is given, and says which until then', async () => {
    const { record, packs } = await ruledPoll(localPack())
    const file = fileOf('local.record', record)
    expect(statusOf([file])).toEqual({ exit: 0, outcome: 'not-checked' })
    const { stdout } = run('verify', file)
    expect(stdout).toContain(`${packs[0]!.id} và các bộ đi kèm, SHA-256 ${packs[0]!.sha256}`)
    expect(stdout).toContain('kết luận chưa kiểm tra')
    const given = ['--rules', fileOf('local.json', localPack())]
    expect(statusOf([file, ...given])).toEqual({ exit: 0, outcome: 'holds' })
    const next = fileOf('next.json', localPack().replace('"version": 1', '"version": 2'))
    expect(statusOf([file, '--rules', next])).toEqual({ exit: 0, outcome: 'not-checked' })
    expect(statusOf([file, '--rules', next, ...given])).toEqual({ exit: 0, outcome: 'holds' })
    const altered = fileOf('altered.json', localPack().replace('"2/3"', '"3/4"'))
    expect(statusOf([file, '--rules', altered])).toEqual({ exit: 1, outcome: 'fails' })
    const lie = fileOf('lie.record', record.replace('\\"present\\":13', '\\"present\\":5'))
    expect(statusOf([lie, ...given])).toEqual({ exit: 1, outcome: 'fails' })
  })
})

describe('a record that is false', () => {
  it('cannot move the cursor over the verdict, nor hide it', () => {
    const spoofing = fileOf(
      'spoof.record',
      joinLines([...goodLines, '{"type":"\\u001b[99A\\u001b[J 13 ✓\\u001b[8m\\u202e"}']),
    )
    const { status, stdout } = run('verify', spoofing)
    expect(status).toBe(1)
    expect(stdout).toContain('99A')
    expect(stdout).toContain('SAI')
    for (const hidden of ['\u001b', '\u009b', '\u202e']) expect(stdout).not.toContain(hidden)
  })

  it('ends with 1 and one line that says where, what, expected and got', () => {
    const at = placeOf('ballot', 2)
    const record = fileOf('dropped.record', joinLines(goodLines.filter((_, i) => i !== at)))
    const { status, stdout, stderr } = run('verify', record)
    expect(status).toBe(1)
    expect(stderr).toBe('')
    expect(stdout).toMatch(
      / 5 {2}✗ {2}.*KHÔNG ĐẠT\n +dòng \d+, ballots: số lượng không khớp \(phải là 9, nhưng là 8\)\n/,
    )
    expect(stdout).toContain('Hồ sơ SAI')
    expect(stdout).not.toContain(poll.manifest.poll.title)
    const { ok, result, checks } = JSON.parse(run('verify', record, '--json').stdout)
    expect({ ok, result }).toEqual({ ok: false, result: null })
    expect(checks[4]).toMatchObject({ check: 5, status: 'fails' })
    expect(checks[4].findings[0]).toMatchObject({ code: 'wrong-count', expected: '9', got: '8' })
    expect(checks[8]).toMatchObject({ check: 9, status: 'not-reached' })
  })

  it('names the line that cannot be read', () => {
    const at = placeOf('ballot', 2)
    const record = fileOf('torn.record', joinLines(goodLines.map((line, i) => (i === at ? line.slice(0, 99) : line))))
    const { status, stdout } = run('verify', record, '--lang', 'en')
    expect(status).toBe(1)
    expect(stdout).toContain(`line ${at + 1}`)
    expect(stdout).toMatch(/ 1 {2}✗ {2}.*FAILS\n/)
  })
})

/** Each says in one line what to mend, ends with 2, and leaves nothing behind. */
const unusable: readonly (readonly [
  name: string,
  args: () => readonly ['poll' | 'verify', ...string[]],
  says: string,
])[] = [
  ['no arguments', () => ['poll'], 'Cách dùng'],
  ['an unknown option', () => ['verify', 'x', '--fast'], 'Cách dùng'],
  ['two records', () => ['verify', 'x', 'y'], 'Cách dùng'],
  ['a language that is none', () => ['verify', 'x', '--lang', 'fr'], '--lang fr'],
  ['a seed that is no number', () => ['poll', '--case', 'x', '--out', 'y', '--seed', 'x'], '--seed x'],
  ['a record that is not there', () => ['verify', join(folder, 'nowhere')], 'Không đọc được'],
  ['a folder for a record', () => ['verify', folder], 'Không đọc được'],
  ['an empty record', () => ['verify', fileOf('empty.record', '')], 'trống'],
  ['a picture for a record', () => ['verify', fileOf('x.png', Uint8Array.of(137, 80, 78, 71))], 'không phải hồ sơ'],
  [
    'a case that is not there',
    () => ['poll', '--case', join(folder, 'no'), '--out', join(folder, 'o')],
    'Không đọc được',
  ],
  ['a case that is no text', () => badCase(Uint8Array.of(0xff, 0xfe)), 'không phải văn bản UTF-8'],
  ['a case that is no JSON', () => badCase('{'), 'không phải JSON'],
  ['an unknown field', () => badCase(changed(c => ({ ...c, colour: 'red' }))), 'colour: có trường lạ'],
  [
    'an unknown field of a vote',
    () => badCase(changed(c => withVote(c, { weight: 2 }))),
    'votes[0].weight: có trường lạ',
  ],
  ['a missing field', () => badCase(changed(({ threshold: _, ...c }) => c)), 'threshold: thiếu trường'],
  ['a contest that is none', () => badCase(changed(c => withVote(c, { choices: { c9: [0] } }))), 'votes[0].choices.c9'],
  ['an option that is none', () => badCase(changed(c => withVote(c, { choices: { c1: [3] } }))), 'ngoài giới hạn'],
  ['more marks than allowed', () => badCase(changed(c => withVote(c, { choices: { c1: [0, 1] } }))), 'phải là 0…1'],
  ['a group that is none', () => badCase(changed(c => withVote(c, { group: 'others' }))), 'votes[0].group'],
  ['a vote counted zero times', () => badCase(changed(c => withVote(c, { count: 0 }))), 'votes[0].count'],
  ['more ballots than cards', () => badCase(changed(c => withVote(c, { count: 400 }))), 'số lượng không khớp'],
  [
    'a comment that is too long',
    () => badCase(changed(c => withVote(c, { comments: { k1: 'ệ'.repeat(200) } }, true))),
    'quá lớn',
  ],
  [
    'a threshold of half',
    () => badCase(changed(c => ({ ...c, trustees: 4, threshold: 2 }))),
    'threshold: ngoài giới hạn',
  ],
  ['a minimum of 2', () => badCase(changed(c => ({ ...c, minimumBallots: 2 }))), 'minimumBallots: ngoài giới hạn'],
  [
    'an id that is none',
    () => badCase(changed(c => ({ ...c, groups: [{ ...c.groups[0], id: 'Nhóm 1' }] }))),
    'mã định danh',
  ],
  ['rules that nobody wrote', () => badCase(underRules(c => ({ ...c, pack: 'khac' }))), 'rules.pack'],
  ['a history too many', () => badCase(underRules(c => stated(c, { histories: [[], [], []] }))), 'histories'],
  ['more present than convened', () => badCase(underRules(c => stated(c, ABSENT))), 'present: ngoài giới hạn'],
  [
    'other options than the rules have',
    () => badCase(ruledWith(c => ({ ...c, contests: REVERSED }))),
    'contests[0].options',
  ],
  ['a rule pack that is none', () => ['verify', aRecord(), '--rules', fileOf('none.json', '{\n "id": }')], 'dòng 2'],
  ['a rule pack that is not there', () => ['verify', aRecord(), '--rules', join(folder, 'no')], 'Không đọc được'],
  ['two groups of one id', () => badCase(changed(c => ({ ...c, groups: [c.groups[0], c.groups[0]] }))), 'bị lặp'],
  [
    'a folder that is not there',
    () => ['poll', '--case', caseFile('empty'), '--out', join(folder, 'no', 'o')],
    'Không ghi được',
  ],
]

type Loose = {
  readonly [field: string]: unknown
  readonly groups: readonly Record<string, unknown>[]
  readonly votes: readonly Record<string, unknown>[]
}
const changed = (change: (plan: Loose) => unknown): string =>
  JSON.stringify(change(JSON.parse(readFileSync(caseFile('vinh-phuc-2023'), 'utf8'))))
const aRecord = () => fileOf('a.record', joinLines(goodLines))
const ruledCase = () => JSON.parse(readFileSync(caseFile('so-a-2026'), 'utf8'))
const ruledWith = (change: (plan: Loose) => unknown): string => JSON.stringify(change(ruledCase()))
interface LooseRules {
  readonly pack: string
  readonly statement: object
}
const underRules = (change: (rules: LooseRules) => unknown): string =>
  ruledWith(plan => ({ ...plan, rules: change(plan.rules as LooseRules) }))
const stated = (rules: LooseRules, fields: object) => ({ ...rules, statement: { ...rules.statement, ...fields } })
const ABSENT = { attendance: { convened: 60, present: 61 } }
const REVERSED = ruledCase().contests.map((one: { options: string[] }) => ({
  ...one,
  options: one.options.toReversed(),
}))
const withVote = (plan: Loose, fields: object, prompt = false) => ({
  ...plan,
  ...(prompt ? { comments: [{ id: 'k1', title: 'Ý kiến', maxBytes: 400 }] } : {}),
  votes: [{ ...plan.votes[0], ...fields }, ...plan.votes.slice(1)],
})
const badCase = (content: string | Uint8Array) =>
  ['poll', '--case', fileOf('bad.json', content), '--out', join(folder, 'bad.record')] as const

describe('unusable input ends with 2, one line and nothing written:', () => {
  for (const [name, args, says] of unusable)
    it(name, () => {
      const [command, ...rest] = args()
      const { status, stdout, stderr } = run(command, ...rest)
      expect({ status, stdout }).toEqual({ status: 2, stdout: '' })
      expect(stderr).toContain(says)
      expect(stderr.trimEnd().split('\n')).toHaveLength(1)
      expect(existsSync(join(folder, 'bad.record'))).toBe(false)
      expect(existsSync(join(folder, 'bad.record.part'))).toBe(false)
    })

  it('and the twin of all these cases, unchanged, is played', () => {
    const file = fileOf(
      'good.json',
      changed(plan => ({ ...plan, votes: [] })),
    )
    expect(run('poll', '--case', file, '--out', join(folder, 'good.record')).status).toBe(0)
  })
})

describe('a disk that is full', () => {
  it('is told in one line, and leaves nothing behind', () => {
    const out = join(folder, 'full.record')
    symlinkSync('/dev/full', `${out}.part`)
    const { status, stdout, stderr } = run('poll', '--case', caseFile('unit-of-7'), '--out', out)
    expect({ status, stdout, lines: stderr.trimEnd().split('\n').length }).toEqual({ status: 2, stdout: '', lines: 1 })
    expect(stderr).toContain('Không ghi được')
    expect([existsSync(out), existsSync(`${out}.part`)]).toEqual([false, false])
  })
})

describe('a poll that is stopped midway', () => {
  it('leaves no record, and an older one as it was', async () => {
    const out = join(folder, 'stopped.record')
    writeFileSync(out, 'older')
    const child = spawn(process.execPath, [script('poll'), '--case', caseFile('groups-many'), '--out', out])
    await new Promise(resolve => setTimeout(resolve, 2500))
    child.kill('SIGKILL')
    await once(child, 'exit')
    expect(readFileSync(out, 'utf8')).toBe('older')
  })
})
