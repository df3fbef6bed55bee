/** Every sentence of the voter's page. */
import type { Trouble, WayOn, Why } from '../../voter/refusals.ts'
import type { Found } from '../../voter/screen.ts'

/** What happened, why, what to do. */
type Refusal = readonly [what: string, why: string, now: string]

export const vi = {
  pageTitle: 'Bỏ phiếu kín',
  otherLanguage: 'English',
  rehearsal: 'DIỄN TẬP',
  manifestCode: 'Mã hồ sơ gốc',
  closingCode: 'Mã đóng hòm',
  receiptCode: 'Mã biên nhận',
  copied: 'Đã chép. Hãy dán vào nơi bạn giữ được.',
  copyByHand: 'Trình duyệt không cho chép tự động. Hãy chọn hết và chép đoạn này:',
  next: 'Tiếp',
  back: 'Quay lại',
  retry: 'Thử lại',
  practise: 'Thử phiếu',
  opening: 'Đang mở phiếu…',
  trouble: {
    offline: 'Mất mạng.',
    'too-many': 'Đang đông người.',
    'disk-full': 'Máy chủ hết chỗ ghi, hãy báo người tổ chức.',
    away: 'Kho dữ liệu của máy chủ đang khởi động lại.',
    failed: 'Máy chủ đang trục trặc.',
    incomplete: 'Trang chưa tải đủ.',
  } as Record<Trouble, string>,
  nothingLost: 'Không mất gì, đang thử lại.',
  ballotSafe: 'Phiếu vẫn ở trong máy, đang thử lại.',
  arrived: {
    title: 'Phiếu của bạn',
    once: 'Thẻ này dùng được một lần. Không ai, kể cả người tổ chức, biết bạn chọn gì.',
    compare: 'Phải giống mã in trên thẻ.',
    forgetful: 'Trình duyệt này không nhớ được gì',
    forgetfulNow:
      'Đóng hoặc tải lại trang giữa chừng là mất phiếu. Hãy mở thẻ bằng trình duyệt của máy (Chrome, Safari), không ở chế độ riêng tư; hoặc làm liền cho đến khi thấy “Đã bỏ phiếu”.',
    group: 'Thẻ của nhóm:',
    receive: 'Nhận phiếu',
    why: 'Vì sao không ai lần ra được?',
  },
  onceMore: {
    title: 'Máy này đã bỏ một phiếu',
    what: 'Phiếu ấy đã nằm trong hòm của cuộc bỏ phiếu này. Mỗi thẻ chỉ dùng được một lần.',
    another: 'Tôi có thẻ khác',
  },
  otherCard: {
    title: 'Còn một phiếu chưa bỏ xong',
    what: 'Trên máy này đang có phiếu của một thẻ khác. Hãy bỏ xong phiếu ấy, rồi quét lại thẻ này.',
    goOn: 'Tiếp tục phiếu đang dở',
  },
  redeeming: 'Đang nhận phiếu…',
  notOpen: {
    title: 'Hòm phiếu chưa mở',
    what: 'Thẻ của bạn chưa bị dùng. Cứ để trang này mở, máy sẽ tự thử lại cho đến khi hòm mở.',
    asking: 'Đang hỏi lại…',
  },
  choosing: {
    count: (n: number, of: number) => `Mục ${n} trong ${of}`,
    blank: 'Để trống nếu bạn không muốn đánh giá.',
    silent: 'Để trống nếu bạn không muốn trả lời.',
    atMost: (n: number) => `Chọn nhiều nhất ${n}.`,
    exactly: (n: number) => `Chọn đúng ${n}.`,
    atLeast: (n: number) => `Chọn ít nhất ${n}.`,
    points: (hundredths: number) => `${`${hundredths / 100}`.replace('.', ',')}\u00a0điểm`,
    selfScore: (score: string) => `Tự chấm: ${score}`,
    selfLevel: (level: string) => `Tự xếp loại: ${level}`,
    list: 'Về danh sách',
    full: (n: number) => `Chỉ chọn được ${n}. Chạm vào một ô đã chọn để bỏ bớt.`,
  },
  reviewing: {
    title: 'Xem lại phiếu',
    blank: 'Để trống',
    warning: 'Bạn còn sửa được cho đến khi bấm Bỏ phiếu. Sau đó không ai, kể cả bạn, xem lại được.',
    cast: 'Bỏ phiếu',
    edit: 'Sửa',
  },
  checking: {
    title: 'Kiểm tra phiếu đã niêm phong',
    what: 'Máy niêm phong thử lựa chọn của bạn để mở ra xem, rồi bỏ đi. Phiếu thật được niêm phong lại từ đầu.',
    hash: 'Mã băm SHA-256 của phiếu thử',
    first: 'Chụp hoặc ghi lại mã này trước khi mở. Có mã rồi, máy không thể tráo phiếu khác.',
    open: 'Mở phiếu này ra',
    inside: 'Trong phiếu có',
    randomness: 'Các số ngẫu nhiên đã dùng',
    other: 'Từ đoạn chép này, máy khác tính lại được mã băm và lựa chọn bên trong.',
    copy: 'Chép để kiểm tra bằng máy khác',
    away: 'Bỏ phiếu này đi, quay lại',
  },
  casting: {
    sealing: 'Đang niêm phong…',
    sending: 'Đang bỏ vào hòm…',
    what: 'Không cần bấm gì.',
  },
  cast: {
    title: 'Đã bỏ phiếu.',
    what: 'Phiếu nằm trong hòm. Máy này đã xóa lựa chọn của bạn.',
    codeNote: 'Mã này chỉ chứng minh phiếu có trong hòm, không cho biết bạn chọn gì.',
    save: 'Lưu mã',
    close: 'Đóng',
    checkLater: 'Kiểm tra sau khi đóng hòm:',
  },
  practised: {
    title: 'Đây là phiếu thử',
    what: 'Không có gì được gửi đi. Phiếu thử giống hệt phiếu thật, nên không ảnh chụp màn hình nào chứng minh được ai đã chọn gì.',
  },
  left: {
    title: 'Xong.',
    what: 'Bạn có thể đóng trang này. Sau khi đóng hòm, mở lại trang trên máy này: máy sẽ tự kiểm tra phiếu của bạn có trong kết quả.',
    code: 'Xem lại mã biên nhận',
    another: 'Dùng thẻ khác',
  },
  counted: {
    title: 'Phiếu của bạn có trong kết quả.',
    compare: 'Phải giống mã được đọc trong phòng và ghi trong biên bản.',
    result: 'Xem kết quả',
    unpublished: 'Kết quả chưa được công khai tại đây.',
  },
  why: {
    steps: ['thẻ', 'đóng dấu', 'hòm'] as readonly string[],
    sentences: [
      'Lá phiếu nằm trong hai lớp phong bì do chính máy này dán.',
      'Thẻ của bạn chỉ dùng để đổi lấy một con dấu trên phong bì còn trống.',
      'Máy chủ đóng dấu mà không nhìn thấy bên trong, nên không nhớ được phong bì nào của thẻ nào.',
      'Khi phong bì trở lại, máy chủ chỉ nhận ra con dấu của mình.',
      'Hòm chỉ mở ra thành tổng số, và phải nhiều người của tổ kiểm phiếu cùng mở.',
    ] as readonly string[],
    limits: 'Điều chúng tôi không che được',
    not: [
      'Người đứng sau lưng nhìn bạn chọn.',
      'Điện thoại đã bị kẻ khác điều khiển, hoặc trang này bị tráo.',
      'Mọi người chọn giống nhau: khi đó con số đã nói hết.',
      'Việc bạn có tham gia: thẻ đã dùng thì thấy là đã dùng.',
      'Đủ số thành viên tổ kiểm phiếu cùng gian lận thì mở được từng phiếu, nhưng vẫn không biết của ai, trừ khi bạn đưa họ biên nhận.',
    ] as readonly string[],
  },
  typing: {
    title: 'Gõ mã trên thẻ',
    what: 'Chữ hoa hay chữ thường đều được.',
    code: 'Mã thẻ',
    group: (n: number) => `Mã thẻ, nhóm ${n} trong 6`,
    hint: 'Ba nhóm bốn ký tự',
    camera: 'Quét bằng máy ảnh',
    wrongGroup: (n: number) => `Nhóm ${n} cần đúng năm ký tự, là chữ số hoặc chữ cái không dấu (không có chữ U).`,
    wrongCheck: 'Mã thẻ gõ chưa đúng: hai ký tự kiểm tra ở cuối không khớp. Hãy so lại từng nhóm với thẻ.',
    wrongShort: 'Mã này cần đúng mười hai ký tự, là chữ số hoặc chữ cái không dấu (không có chữ U).',
  },
  camera: {
    title: 'Quét mã trên thẻ',
    what: 'Đưa mã vào giữa khung. Hình chỉ ở trong máy.',
    blocked: 'Trang này không dùng được máy ảnh. Hãy cho phép dùng máy ảnh rồi thử lại, hoặc gõ mã.',
  },
  trying: 'Đang thử địa chỉ…',
  tried: 'Máy này đã tới được địa chỉ; bạn có thể đóng trang.',
  receipt: {
    title: 'Kiểm tra biên nhận',
    what: 'Sau khi đóng hòm, ai giữ mã biên nhận đều kiểm tra được phiếu ấy có trên bảng hay không.',
    check: 'Kiểm tra',
    looking: 'Đang tải cả bảng phiếu về để kiểm tra…',
    another: 'Kiểm tra mã khác',
    text: { counted: 'Góp ý viết này có trên bảng.', missing: 'Một góp ý viết đã gửi không có trên bảng.' },
    found: {
      counted: ['Phiếu này có trong kết quả.', 'Máy này đã tải cả bảng phiếu về và tự kiểm tra.'],
      missing: [
        'Phiếu này không có trên bảng.',
        'Biên nhận có chữ ký của máy chủ, nên đây là bằng chứng lỗi thuộc về máy chủ. Hãy lưu biên nhận và báo ngay tổ kiểm phiếu để dừng mở hòm và lập biên bản.',
      ],
      absent: [
        'Không có phiếu nào trên bảng mang mã này.',
        'Hãy so lại mã. Mã gõ tay không kèm chữ ký; muốn khiếu nại cần biên nhận đã lưu bằng nút “Lưu mã”.',
      ],
      'not-closed': [
        'Hòm chưa đóng, chưa kiểm tra được.',
        'Bảng phiếu chỉ có sau khi đóng hòm. Hãy mở lại trang này khi đó.',
      ],
      void: [
        'Cuộc bỏ phiếu này đã bị hủy.',
        'Hòm không được mở và không phiếu nào được đếm. Nếu bỏ phiếu lại, bạn sẽ rút thẻ mới.',
      ],
      'bad-receipt': [
        'Biên nhận này không phải do máy chủ của cuộc bỏ phiếu này ký.',
        'Đường dẫn có thể đã bị cắt hoặc sửa. Hãy mở lại đúng đường dẫn đã lưu.',
      ],
      'bad-board': [
        'Bảng phiếu không khớp với mã đóng hòm.',
        'Bảng phiếu mà máy chủ đưa ra không đúng với chữ ký hoặc mã gốc của nó. Nếu kiểm tra lại vẫn vậy, hãy báo ngay tổ kiểm phiếu để lập biên bản.',
      ],
      unknown: ['Ở địa chỉ này không có cuộc bỏ phiếu ấy.', 'Hãy so lại mã hồ sơ gốc và địa chỉ in trên thẻ.'],
    } as Record<Found['as'], readonly [line: string, more: string]>,
  },
  wayOn: { again: 'Thử lại', front: 'Về trang đầu', cast: 'Xem phiếu đã bỏ' } as Record<WayOn, string>,
  refused: {
    'bad-card': [
      'Mã thẻ không đọc được',
      'Đường dẫn bị cắt hoặc không phải của một thẻ bỏ phiếu.',
      'Hãy quét lại mã trên thẻ, hoặc gõ mã in cạnh đó.',
    ],
    'unknown-card': [
      'Thẻ này không có trong cuộc bỏ phiếu',
      'Máy chủ không có thẻ nào như vậy trong danh sách đã niêm phong.',
      'Hãy đưa thẻ cho tổ kiểm phiếu xem và đổi thẻ khác nếu cần.',
    ],
    'voided-card': [
      'Thẻ này đã được hủy',
      'Thẻ đã được trả lại và hủy trước khi có người nhận phiếu.',
      'Hãy đưa thẻ cho tổ kiểm phiếu và rút thẻ khác.',
    ],
    'already-redeemed': [
      'Thẻ này đã được nhận phiếu trên một máy khác',
      'Mỗi thẻ chỉ nhận được một phiếu, và phiếu chỉ ở trên máy đã nhận. Nếu đó là máy của bạn, hãy mở lại trang trên máy ấy.',
      'Nếu không phải bạn, hãy báo ngay tổ kiểm phiếu để lập biên bản.',
    ],
    'already-redeemed-here': [
      'Thẻ này đã được nhận phiếu',
      'Máy này đã bỏ một phiếu. Nếu đây vẫn là thẻ của bạn thì phiếu đã nằm trong hòm.',
      'Nếu đây là thẻ khác mà bạn chưa dùng, hãy báo ngay tổ kiểm phiếu để lập biên bản.',
    ],
    'wrong-manifest': [
      'Ở địa chỉ này không có cuộc bỏ phiếu ấy',
      'Máy chủ không biết cuộc bỏ phiếu ghi trên thẻ. Thẻ chưa bị dùng.',
      'Hãy kiểm tra mạng Wi-Fi và địa chỉ in trên thẻ, rồi thử lại; nếu vẫn vậy, hỏi người tổ chức.',
    ],
    'other-manifest': [
      'Hồ sơ máy chủ đưa ra khác với thẻ',
      'Thẻ ghi một hồ sơ gốc, máy chủ lại đưa hồ sơ khác. Thẻ chưa bị dùng.',
      'Đừng bỏ phiếu. Hãy báo ngay tổ kiểm phiếu.',
    ],
    'bad-manifest': [
      'Tổ kiểm phiếu không xác nhận hồ sơ này',
      'Khóa niêm phong trong hồ sơ không phải do các thành viên tổ kiểm phiếu cùng lập. Thẻ chưa bị dùng.',
      'Đừng bỏ phiếu. Hãy báo ngay tổ kiểm phiếu.',
    ],
    closed: [
      'Hòm phiếu đã đóng',
      'Thẻ này chưa nhận phiếu trước khi hòm đóng.',
      'Hãy trả thẻ cho tổ kiểm phiếu. Nếu có điều gì chưa đúng, đề nghị ghi vào biên bản.',
    ],
    'closed-before-cast': [
      'Hòm đã đóng trước khi phiếu tới nơi',
      'Phiếu này chưa vào hòm và không được đếm. Máy đã xóa nó.',
      'Hãy báo tổ kiểm phiếu: biên bản có ghi số thẻ đã nhận phiếu mà chưa bỏ.',
    ],
    'not-accepted': [
      'Máy chủ không nhận dữ liệu của máy này',
      'Có thể bị hỏng trên đường đi. Không có gì bị mất.',
      'Hãy thử lại; nếu vẫn vậy, giữ nguyên trang này và báo tổ kiểm phiếu.',
    ],
    'already-cast': [
      'Phiếu của thẻ này đã nằm trong hòm',
      'Một cửa sổ khác trên máy này đã bỏ phiếu trước, với nội dung khác. Chỉ phiếu đầu tiên được đếm.',
      'Nếu bạn không mở cửa sổ nào khác, hãy báo ngay tổ kiểm phiếu để lập biên bản.',
    ],
    'bad-answer': [
      'Câu trả lời của máy chủ không hợp lệ',
      'Thiếu chữ ký hoặc bằng chứng đúng. Không có gì bị mất.',
      'Hãy thử lại; nếu vẫn vậy, giữ nguyên trang này và báo ngay tổ kiểm phiếu.',
    ],
    'not-understood': [
      'Máy chủ trả lời điều trang này không hiểu',
      'Có thể mạng này tự trả lời thay máy chủ, hoặc trang đã cũ. Không có gì bị mất.',
      'Hãy tắt dữ liệu di động, vào đúng mạng Wi-Fi trong phòng và thử lại; nếu vẫn vậy, báo người tổ chức.',
    ],
  } as Record<Why, Refusal>,
}

export type Words = typeof vi
