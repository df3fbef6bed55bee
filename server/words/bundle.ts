/**
 * What `npm run bundle` says, and what people read who get the folder that it makes: Vietnamese first, English second. In
 * a file of its own, since only the machine that bundles needs it.
 */
import type { Language } from '../words.ts'

/** What a folder's own page is about. */
interface About {
  readonly version: string
  readonly platform: string
  /** The file to start it by. */
  readonly start: string
  /** How it is called in a terminal that stands in the folder. */
  readonly call: string
  /** How a variable is set there for what is started next, `PORT=8081` for instance. */
  readonly setting: string
  /** Lines that recheck the folder; the first prints its hash, the others nothing where all is well. */
  readonly recheck: readonly string[]
}

interface BundleWords {
  readonly building: string
  readonly fetching: string
  readonly made: (folder: string, megabytes: number) => string
  /** Below the hashes. */
  readonly compare: string
  /** `said`: the code that npm gave. */
  readonly unreachable: (said: string) => string
  readonly altered: (name: string) => string
  readonly holdsData: (folder: string) => string
  /** Where a double click opened the window, which would close at once. */
  readonly stopped: string
  readonly usage: string
  /** Of the start file in the folder. */
  readonly usageInside: (commands: readonly string[]) => string
  readonly readme: (about: About) => string
}

const indented = (lines: readonly string[]): string => lines.map(line => `    ${line}`).join('\n')

const vi: BundleWords = {
  building: 'Đang dựng các trang…',
  fetching: 'Đang lấy các gói và đối chiếu với package-lock.json…',
  made: (folder, megabytes) => `${folder} (${megabytes} MB)`,
  compare:
    'Ghi mã SHA-256 ra giấy, giao riêng với USB. Người nhận kiểm tra theo README.txt trong thư mục trước khi chạy.',
  unreachable: said =>
    `Không lấy được các gói (${said}). Máy đóng gói cần mạng tới kho gói của npm, hoặc các gói đã có sẵn trong bộ nhớ đệm của npm. Chưa thư mục nào bị thay đổi.`,
  altered: name => `Gói ${name} không khớp với package-lock.json. Không dùng gói này; chưa thư mục nào bị thay đổi.`,
  holdsData: folder =>
    `Trong ${folder} có dữ liệu (data). Hãy chuyển dữ liệu đó đi nơi khác hoặc chọn thư mục khác bằng --out.`,
  stopped: 'Phiếu Kín đã dừng. Xin đọc dòng báo ở trên, rồi nhấn một phím để đóng cửa sổ.',
  usage: 'Cách dùng: npm run bundle -- [--platform linux-x64|linux-arm64|win-x64]… [--out THƯ_MỤC] [--lang vi|en]',
  usageInside: commands => `Cách dùng: phieukin [${commands.join('|')}] …; không ghi gì là start.`,
  readme: ({ version, platform, start, call, setting, recheck }) => `PHIẾU KÍN ${version} – ${platform}

Chạy được ngay: không phải cài đặt, không cần Internet.

TRƯỚC KHI CHẠY

1. Chép cả thư mục này vào ổ đĩa của máy sẽ dùng, tốt nhất là ổ đĩa đã mã hóa. Không
   chạy thẳng từ USB: dữ liệu sẽ nằm trên USB và ai cầm USB cũng đọc được.
2. Kiểm tra thư mục. Mở cửa sổ lệnh (trên Windows: PowerShell) trong thư mục này và gõ:

${indented(recheck)}

   Lệnh đầu phải in đúng mã SHA-256 được giao riêng trên giấy. Các lệnh sau không được in gì.

CHẠY

Mở tệp ${start} (bấm đúp; nếu máy hỏi thì chọn chạy như chương trình), hoặc gõ trong cửa
sổ lệnh: ${call}
Màn hình in địa chỉ cho điện thoại trong cùng mạng và đường dẫn đặt mật khẩu cho người tổ
chức. Nếu tường lửa hỏi, hãy cho phép trong mạng riêng. Nhấn Ctrl+C để dừng; nếu Windows
hỏi thêm thì gõ Y.

Dữ liệu nằm trong thư mục data, bên cạnh tệp ${start}. Không sao chép thư mục data trong
khi hòm phiếu đang mở.

LỆNH KHÁC

    ${call} verify HỒ_SƠ
    ${call} reset-organiser

Chỗ nào thông báo ghi "npm start" hay "npm run verify --" thì ở đây gõ ${call} hay
${call} verify. Đặt cổng khác: ${setting}

Thư mục licences là giấy phép của mọi phần mềm có trong này.
`,
}

const en: BundleWords = {
  building: 'Building the pages…',
  fetching: 'Fetching packages and holding them to package-lock.json…',
  made: (folder, megabytes) => `${folder} (${megabytes} MB)`,
  compare:
    'Write the SHA-256 on paper and hand it over apart from the USB stick. Whoever receives it checks first, as README.txt in the folder says.',
  unreachable: said =>
    `The packages cannot be fetched (${said}). The machine that bundles needs the npm registry, or the packages in npm's cache. No folder was changed.`,
  altered: name => `The package ${name} is not the one in package-lock.json. Do not use it; no folder was changed.`,
  holdsData: folder => `There are data in ${folder}. Move them elsewhere, or choose another folder with --out.`,
  stopped: 'Phiếu Kín has stopped. Please read the line above, then press a key to close this window.',
  usage: 'Usage: npm run bundle -- [--platform linux-x64|linux-arm64|win-x64]… [--out FOLDER] [--lang vi|en]',
  usageInside: commands => `Usage: phieukin [${commands.join('|')}] …; start where nothing is named.`,
  readme: ({ version, platform, start, call, setting, recheck }) => `PHIẾU KÍN ${version} – ${platform}, in English

Runs as it is: nothing to install, no Internet.

BEFORE STARTING

1. Copy this whole folder to the disk of the machine that will be used, an encrypted one
   at best. Do not run it from the USB stick: the data would lie there, for anybody who
   holds it.
2. Check the folder. Open a terminal (on Windows: PowerShell) in it and type:

${indented(recheck)}

   The first must print the SHA-256 that you were given on paper. The others must print
   nothing.

STARTING

Open ${start} (double click; choose to run it as a program if asked), or type in a
terminal: ${call} --lang en
It prints the address for phones in the same network, and the organiser's link for setting
a password. If a firewall asks, allow private networks. Ctrl+C stops; where Windows asks
again, type Y.

Data lie in the folder data beside ${start}. Do not copy it while a box is open.

OTHER COMMANDS

    ${call} verify RECORD
    ${call} reset-organiser

Where a message says "npm start" or "npm run verify --", type ${call} or
${call} verify here. For another port: ${setting}

The folder licences holds the licences of everything inside.
`,
}

export const BUNDLE: { readonly [L in Language]: BundleWords } = { vi, en }
