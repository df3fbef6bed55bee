/** Every sentence of the counting team's page. */
import type { Trouble } from '../../trustee/state.ts'
import type { CeremonyStep } from '../../trustee/turn.ts'
import { vi as comments } from '../trustee-comments.ts'

/** What goes wrong on the way, with what to do. Everything else is `failed`. */
type Told =
  | 'offline'
  | 'too-many'
  | 'disk-full'
  | 'away'
  | 'peer-away'
  | 'peer-refuses'
  | 'failed'
  | 'wrong-state'
  | 'other-device'
  | 'not-asked'
  | 'too-early'
  | 'bad-numbers'
  | 'bad-signature'
  | 'bad-share'
  | 'secret'
  | 'bad-count'

interface Asked {
  readonly title: string
  readonly what: string
  readonly before: readonly string[]
}

export const vi = {
  pageTitle: 'Tổ kiểm phiếu',
  otherLanguage: 'English',
  rehearsal: 'DIỄN TẬP',
  role: 'Tổ kiểm phiếu',
  manifestCode: 'Mã hồ sơ gốc',
  closingCode: 'Mã đóng hòm',
  ceremonyCode: 'Mã niêm phong',
  busy: 'Đang làm…',
  trouble: {
    offline: 'Mất mạng. Máy đang thử lại, chưa mất gì.',
    'too-many': 'Máy chủ đang bận. Máy sẽ tự thử lại.',
    'disk-full': 'Máy chủ hết chỗ ghi. Hãy báo người tổ chức; máy đang thử lại.',
    away: 'Kho dữ liệu của máy chủ đang khởi động lại. Máy đang thử lại.',
    'peer-away':
      'Máy đổi thẻ không trả lời, hoặc trả lời sai. Chữ ký đã giữ; việc này tự làm tiếp khi máy đó trả lời. Hãy báo người tổ chức.',
    'peer-refuses': 'Máy đổi thẻ từ chối việc này; thử lại không giúp được. Hãy báo người tổ chức.',
    failed: 'Máy chủ đang trục trặc. Máy đang thử lại.',
    'wrong-state': 'Lúc này không làm được việc vừa bấm. Trang đã tự cập nhật.',
    'other-device': 'Máy chủ đã có lời khác của bạn, gửi từ một máy khác. Hãy báo cả tổ.',
    'not-asked': 'Người tổ chức đã rút đề nghị.',
    'too-early': 'Lần gọi cuối chưa hết. Hãy đợi rồi ký.',
    'bad-numbers':
      'Số thẻ không khớp: không được ít hơn số thẻ đã nhận phiếu, không nhiều hơn số thẻ đã in trừ thẻ đã hủy, không nhiều hơn số người có mặt mà người tổ chức đã khai. Hãy đếm lại.',
    'bad-signature': 'Máy chủ không nhận chữ ký của máy này. Hãy báo người tổ chức.',
    secret: 'Cuộc này đã đóng dấu mật nên máy chủ không đưa hồ sơ và phong bì ra. Góp ý phải mở trước khi đóng dấu.',
    'bad-share': 'Máy chủ không nhận phần mở của máy này. Hãy báo người tổ chức.',
    'bad-count':
      'Máy chủ không nhận vì các số không khớp nhau hoặc nhiều hơn số người có mặt đã khai. Trang đã tự cập nhật; hãy xem lại chỗ được báo.',
  } satisfies { readonly [T in Told]: string } as { readonly [T in Trouble]?: string } & { readonly failed: string },
  unreadable: {
    title: 'Đường dẫn không đọc được',
    what: 'Đường dẫn riêng đã bị cắt mất một phần khi gửi.',
    now: 'Hãy quét lại mã QR trên màn hình của người tổ chức, hoặc xin gửi lại nguyên vẹn.',
  },
  badLink: {
    title: 'Đường dẫn không đúng',
    what: 'Máy chủ không nhận đường dẫn này. Có thể cuộc bỏ phiếu đã bị xóa.',
    now: 'Hãy hỏi người tổ chức.',
  },
  moved: {
    title: 'Trang đang mở ở cửa sổ khác',
    what: 'Mỗi thành viên chỉ dùng một cửa sổ. Cửa sổ mở sau cùng đang làm tiếp.',
    here: 'Dùng cửa sổ này',
  },
  reaching: 'Đang kết nối…',
  warnings: {
    messenger:
      'Trang đang mở trong ứng dụng nhắn tin. Ứng dụng này xóa dữ liệu khi đóng trang, và phần chìa khóa sẽ mất. Hãy mở bằng Chrome hoặc Safari: bấm dấu ba chấm, chọn “Mở bằng trình duyệt”.',
    forgets:
      'Trình duyệt này không lưu được gì, có thể vì đang ở chế độ ẩn danh. Hãy mở bằng cửa sổ thường. Nếu vẫn dùng, đừng đóng trang cho đến khi mở hòm xong.',
  },
  warning: 'Đổi trình duyệt trước khi bắt đầu',
  arrived: {
    title: 'Niêm phong hòm phiếu',
    you: 'Bạn là',
    what: (t: number, n: number) =>
      t === n
        ? `Điện thoại này sẽ giữ một phần chìa khóa của hòm phiếu. Phải đủ cả ${n} thành viên mới mở được.`
        : `Điện thoại này sẽ giữ một phần chìa khóa của hòm phiếu. Cần ${t} trong ${n} thành viên mới mở được; ít hơn thì không ai xem được gì.`,
    points: [
      'Dùng điện thoại của chính bạn, và dùng lại chính máy này khi đóng và mở hòm.',
      'Không dùng cửa sổ ẩn danh.',
      'Để trang mở cho đến khi niêm phong xong. Khi đủ người, việc này mất chưa đến một phút.',
    ] as readonly string[],
    begin: 'Bắt đầu niêm phong',
  },
  notBegun: {
    title: 'Chưa bắt đầu niêm phong',
    what: 'Người tổ chức chưa mở việc niêm phong. Cứ để trang này mở, trang sẽ tự đổi.',
  },
  elsewhere: {
    title: 'Đã mở trên máy khác',
    what: (name: string) =>
      `Phần chìa khóa của ${name} đã được tạo trên một máy hoặc một trình duyệt khác. Hãy dùng tiếp máy đó.`,
    now: 'Nếu không phải bạn mở, hoặc máy đó đã mất, hãy báo người tổ chức bấm “Làm lại từ đầu việc niêm phong”.',
  },
  restarted: {
    title: 'Niêm phong lại từ đầu',
    what: 'Máy chủ báo rằng người tổ chức đã làm lại việc niêm phong. Phần chìa khóa trong máy này và phiếu dự phòng cũ sẽ không dùng được nữa.',
    now: 'Chỉ bấm khi người tổ chức đã nói trước cả tổ rằng phải làm lại. Sau đó hủy phiếu dự phòng cũ.',
    forget: 'Bỏ chìa khóa cũ',
  },
  ceremony: {
    title: 'Đang niêm phong',
    keepOpen: 'Máy tự làm, không phải bấm gì. Để trang mở; nếu lỡ đóng, mở lại đường dẫn là máy làm tiếp.',
    steps: {
      commit: 'Mỗi máy tạo phần chìa khóa và cam kết',
      reveal: 'Các máy trao phần công khai và kiểm lẫn nhau',
      boxes: 'Mỗi máy gửi từng máy khác một phần, trong phong bì kín',
      confirm: 'Ghép chìa khóa và ký xác nhận',
      check: 'Mở thử, với mọi cách chọn đủ người',
    } as { readonly [S in CeremonyStep]: string },
    team: 'Tổ kiểm phiếu',
    done: 'xong',
    waited: 'còn chờ',
    absent: 'chưa mở trang',
  },
  stopped: {
    title: 'Phải dừng niêm phong',
    sender: (names: string) => `Máy của ${names} gửi dữ liệu không đúng.`,
    between: (from: string, to: string) =>
      `Phần chìa khóa mà máy của ${from} gửi cho máy của ${to} không đúng. Lỗi ở một trong hai máy.`,
    server: 'Dữ liệu mà máy chủ đưa cho máy này không khớp với trước đó.',
    manifest: 'Hồ sơ gốc mà máy chủ đưa ra không phải của lần niêm phong này.',
    foundBy: (name: string) => `Máy của ${name} phát hiện.`,
    now: 'Chưa thẻ nào được phát nên không mất gì. Ghi lại điều này, rồi người tổ chức bấm “Làm lại từ đầu việc niêm phong”. Máy bị nêu tên nên thay bằng máy khác.',
  },
  otherManifest: {
    title: 'Hồ sơ gốc đã bị đổi',
    what: 'Máy chủ đưa ra một hồ sơ gốc khác với bản mà máy này đã ký. Máy này chỉ mở bản đã ký, và sẽ không ký gì thêm.',
    now: 'Hãy dừng cuộc bỏ phiếu, báo cả tổ và lập biên bản.',
  },
  made: {
    title: 'Hòm phiếu đã niêm phong',
    same: 'Mã này phải giống nhau trên máy của mọi thành viên.',
    next: 'Đang chờ người tổ chức làm thẻ. Khi xong, mã hồ sơ gốc sẽ hiện ở đây để cả tổ đọc to.',
  },
  pin: {
    title: 'Đọc to mã hồ sơ gốc',
    same: 'Từng người đọc mã trên máy mình. Mã phải giống nhau trên mọi máy và trên màn hình của người tổ chức.',
    unit: 'Đơn vị',
    subjects: 'Người được lấy phiếu',
    cards: 'Số thẻ',
    opening: 'Mở hòm',
    openingOf: (t: number, n: number) => `${t} trong ${n} thành viên`,
    minimum: 'Không mở riêng nhóm dưới',
    minimumOf: (n: number) => `${n} phiếu`,
    castAt: 'Máy giữ hòm phiếu',
    redeemAt: 'Máy đổi thẻ lấy phiếu',
    once: 'Ký xong, máy này chỉ mở cuộc này và không mở cuộc nào khác.',
    pin: 'Mã khớp – ký chốt',
    missing: (names: string) => `Chưa ký chốt: ${names}`,
  },
  sheet: {
    title: 'Phiếu dự phòng',
    what: 'Nếu điện thoại này mất hoặc hỏng, tờ giấy này thay cho nó. Ai có tờ giấy là có phần chìa khóa của bạn.',
    points: [
      'In ra, hoặc chép tay 40 nhóm ký tự bên dưới.',
      'Bỏ vào phong bì, dán kín, ký giáp lai. Tổ trưởng cất giữ.',
      'Không chụp ảnh, không gửi qua tin nhắn.',
    ] as readonly string[],
    paper: 'PHIẾU DỰ PHÒNG',
    paperOf: 'Tổ kiểm phiếu',
    qr: 'Mã QR của phiếu dự phòng',
    groups: 'Mã gõ tay, 40 nhóm',
    paperUse:
      'Dùng khi điện thoại của thành viên mất hoặc hỏng: mở đường dẫn riêng trên máy khác, quét mã QR hoặc gõ 40 nhóm ký tự. Mã gõ tay không chứa mã hồ sơ gốc; mã hiện trên máy phải giống mã in ở trên.',
    paperSecret: 'Bí mật. Giữ trong phong bì niêm phong.',
    print: 'In phiếu',
    written: 'Đã in hoặc chép xong',
    backTitle: 'Đọc lại từ tờ giấy',
    back: 'Gõ ba nhóm này từ tờ giấy, để chắc rằng giấy ghi đúng.',
    group: (place: number) => `Nhóm ${place}`,
    wrong: 'Chưa đúng. Xem lại nhóm này trên giấy.',
    kept: 'Giấy đúng – cất vào phong bì',
    again: 'Xem lại phiếu dự phòng',
  },
  sealed: {
    title: 'Sẵn sàng',
    what: 'Hòm phiếu đã niêm phong, máy này đã ký chốt. Khi có việc, trang này sẽ báo.',
    pins: (names: string) => `Chưa ký chốt: ${names}`,
    sheets: (names: string) => `Chưa xong phiếu dự phòng: ${names}`,
    all: 'Cả tổ đã ký chốt và có phiếu dự phòng.',
    cardTitle: 'Kiểm một thẻ trước khi phát',
    card: 'Rút ngẫu nhiên một thẻ trong các thẻ đã in, gõ mã hồ sơ gốc in trên thẻ. Cũng có thể quét thẻ bằng máy ảnh của điện thoại: trang phiếu phải hiện đúng mã này, và đừng bấm “Nhận phiếu”.',
    cardCode: 'Mã hồ sơ gốc in trên thẻ',
    compare: 'So mã',
    scan: 'Quét thẻ bằng máy ảnh',
    same: 'Đúng thẻ của cuộc này. Thẻ đã rút thử thì để riêng, không phát.',
    other: 'KHÔNG phải thẻ của cuộc này. Không phát thẻ nào, báo người tổ chức và cả tổ.',
    unread: 'Chưa đọc được. Mã có 12 ký tự, ba nhóm bốn.',
  },
  camera: {
    title: 'Đưa mã QR vào khung',
    stop: 'Thôi quét',
  },
  open: {
    title: 'Đang bỏ phiếu',
    what: 'Bây giờ bạn không phải làm gì. Khi đóng hòm, trang này hỏi số thẻ đã phát.',
    count: 'Ghi lại số thẻ phát ra, số thẻ trả lại và số thẻ hủy, để hai thành viên nhập độc lập khi đóng hòm.',
  },
  asked: {
    open: {
      title: 'Cho phép nhận phiếu?',
      what: 'Người tổ chức đề nghị mở cuộc bỏ phiếu. Từ lúc đó thẻ dùng được.',
      before: ['Thẻ đã được xáo và rút bằng tay.', 'Một thẻ rút thử đã được kiểm.', 'Số người có mặt đã đủ.'],
    },
    close: {
      title: 'Đóng hòm phiếu',
      what: 'Người tổ chức đề nghị đóng hòm. Sau khi hai thành viên ký cùng một số, hòm đóng hẳn.',
      before: [],
    },
    void: {
      title: 'Hủy cuộc bỏ phiếu?',
      what: 'Người tổ chức đề nghị hủy. Phiếu đã bỏ vẫn niêm phong và giữ trong hồ sơ, thẻ đã phát hết giá trị. Muốn bỏ phiếu lại phải niêm phong lại và in thẻ mới.',
      before: [],
    },
    publish: {
      title: 'Công khai kết quả?',
      what: 'Người tổ chức đề nghị công khai toàn bộ hồ sơ kiểm phiếu, cả kết quả, để ai cũng kiểm lại được. Trong hồ sơ không có tên ai và không có phiếu nào mở riêng.',
      before: [],
    },
  } as { readonly open: Asked; readonly close: Asked; readonly void: Asked; readonly publish: Asked },
  reason: 'Lý do',
  before: 'Trước khi ký',
  agree: 'Ký đồng ý',
  disagree: 'Không đồng ý thì không bấm gì, và nói với người tổ chức.',
  signed: { title: 'Đã ký', what: 'Chữ ký đã gửi. Trang sẽ tự đổi.' },
  close: {
    lastCall: (minutes: number, seconds: string) => `Lần gọi cuối, còn ${minutes}:${seconds}`,
    lastCallOver: 'Lần gọi cuối đã hết.',
    redeemed: 'Thẻ đã nhận phiếu',
    cast: 'Phiếu đã bỏ vào hòm',
    waiting: 'Đã nhận, chưa bỏ',
    remind: (n: number) => `Còn ${n} người đã nhận phiếu mà chưa bỏ. Hãy nhắc trong phòng.`,
    handedOut: 'Số thẻ đã phát',
    handedOutOf: (group: string) => `Số thẻ đã phát: ${group}`,
    how: 'Bằng số thẻ phát cho người dự, trừ thẻ trả lại và thẻ đã hủy. Lấy từ danh sách phát thẻ, không chép số trên màn hình. Hai thành viên nhập độc lập.',
    wrong: (most: number) => `Ghi một số từ 0 đến ${most}.`,
    said: (name: string, numbers: string) => `${name} đã ký với số ${numbers}.`,
    saidFirst: (name: string) => `${name} đã ký. Số ấy hiện ra sau khi bạn ký.`,
    differ: 'Hai số khác nhau nên hòm chưa đóng. Hãy đếm lại thẻ; ai sai thì nhập lại và ký lại.',
    alone: 'Cần thêm một thành viên nữa ký cùng số này.',
    sign: 'Ký đóng hòm',
    signAgain: 'Nhập lại và ký lại',
    wait: 'Ký được khi lần gọi cuối đã hết',
  },
  board: {
    title: 'Máy đang tự kiểm hòm phiếu',
    what: 'Trước khi mở, máy này tự kiểm chín mục, không tin vào máy chủ.',
    loading: 'Đang tải hồ sơ…',
    lines: (done: number, of: number) => `Đã kiểm ${done} trong ${of} dòng của hồ sơ.`,
    failsTitle: 'Không mở hòm',
    fails: 'Hồ sơ mà máy chủ đưa ra không đạt. Máy này không ký mở.',
    line: (n: number) => `dòng ${n}`,
    more: (n: number) => `và ${n} chỗ khác`,
    now: 'Giữ nguyên mọi thứ, đọc to mục không đạt và ghi vào biên bản.',
    again: 'Kiểm lại từ đầu',
  },
  opens: {
    title: 'Đọc to mã đóng hòm',
    same: 'Mã phải giống nhau trên máy của mọi thành viên và trên điện thoại của người ghi phiếu. So các số với những gì đã diễn ra trong phòng, ghi mã vào biên bản.',
    ballots: 'Phiếu trong hòm',
    redeemed: 'Thẻ đã nhận phiếu',
    handedOut: 'Thẻ đã phát',
    voided: 'Thẻ đã hủy',
    holds: 'Máy này đã tự kiểm: chín mục đều đạt.',
    once: 'Ký xong, máy này không mở hòm nào khác.',
    sign: 'Mã khớp – ký mở hòm',
    typeTitle: 'Nhập mã đóng hòm',
    type: 'Máy này được khôi phục từ phiếu dự phòng nên không tự biết hòm nào là đúng. Gõ mã đóng hòm ghi trong biên bản, hoặc do các thành viên khác đọc.',
    typed: 'Mã đóng hòm',
    wrong: 'Mã này không phải của hòm mà máy chủ đưa ra. Gõ lại; nếu vẫn vậy thì đừng ký, hỏi các thành viên khác.',
    signTyped: 'Ký mở hòm',
  },
  otherClosing: {
    title: 'Hòm đã bị đổi',
    what: 'Máy này đã ký mở một hòm khác. Mỗi máy chỉ mở một hòm, nên sẽ không ký gì thêm.',
    now: 'Hãy dừng việc mở hòm, báo cả tổ và lập biên bản.',
  },
  opening: {
    title: 'Đang mở hòm',
    what: 'Chỉ mở các tổng, không mở phiếu nào riêng lẻ. Để trang mở.',
    steps: {
      openings: 'Thu chữ ký mở hòm',
      shares: 'Mỗi máy gửi phần mở của mình',
      results: 'Tính và ký kết quả',
    },
    needs: (n: number, names: string) => `Còn cần ${n} người nữa trong: ${names}`,
    blamed: (names: string) => `Phần mở của ${names} sai nên không dùng. Ghi vào biên bản.`,
  },
  result: {
    title: 'Kết quả',
    ballots: 'Phiếu thu về',
    of: 'Tỷ lệ tính trên số phiếu thu về.',
    signed: 'Các thành viên đã ký kết quả này. Việc của máy này đã xong.',
  },
  comments,
  void: {
    title: 'Cuộc bỏ phiếu đã hủy',
    what: 'Phiếu đã bỏ vẫn niêm phong, thẻ hết giá trị. Máy này không mở gì thêm.',
    now: 'Nếu bỏ phiếu lại, mỗi thành viên nhận một đường dẫn mới.',
  },
  restore: {
    title: 'Khôi phục từ phiếu dự phòng',
    what: (name: string) =>
      `Máy này không có phần chìa khóa của ${name}. Nếu máy cũ còn dùng được, hãy dùng máy cũ. Nếu máy cũ mất hoặc hỏng, mở phong bì trước mặt cả tổ.`,
    typed: 'Gõ 40 nhóm ký tự trên phiếu dự phòng',
    count: (n: number) => `${n} trong 40 nhóm`,
    problems: {
      groups: (places: string) => `Gõ sai ở nhóm ${places}.`,
      length: (got: number) => `Mới có ${got} trong 40 nhóm.`,
      unread: 'Không đọc được phiếu dự phòng này.',
      'not-yours': (name: string) => `Phiếu này không phải của ${name} trong cuộc này.`,
    },
    read: 'Đọc mã',
    scan: 'Quét mã QR trên phiếu',
    compareTitle: 'So mã hồ sơ gốc',
    compare: 'Mã gõ tay không chứa mã này, máy chủ đưa ra. Nó phải giống mã hồ sơ gốc in trên phiếu dự phòng.',
    same: 'Giống – khôi phục',
    other: 'Khác – gõ lại',
  },
}

export type Words = typeof vi
