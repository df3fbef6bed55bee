/** Every sentence of the screens that only some ballots need: a list of many, answers in writing. */
import type { Kind } from '../../voter/telling.ts'

export const surveyVi = {
  listing: {
    title: 'Danh sách trên phiếu',
    marked: (n: number, of: number) => `Đã đánh dấu ${n} / ${of}`,
    search: 'Tìm theo tên hoặc chức vụ',
    unmarked: (n: number) => `Chỉ hiện mục chưa đánh dấu (${n})`,
    blank: 'Chưa đánh dấu',
    partly: (n: number, of: number) => `Đã đánh dấu ${n} / ${of} câu`,
    none: 'Không có mục nào như vậy.',
    next: 'Đánh dấu tiếp',
    review: 'Xem lại phiếu',
  },
  reviewing: {
    blank: (n: number) => `Còn ${n} mục để trống`,
    full: 'Không mục nào để trống.',
    see: 'Xem các mục để trống',
    of: (what: string, n: number | string) => `${what}: ${n}`,
    texts: 'Góp ý viết',
    nothing: 'Không viết gì',
    telling: 'Còn chỗ có thể cho biết ai viết. Bấm Sửa để xem.',
  },
  writing: {
    count: (n: number, of: number) => `Góp ý viết ${n} / ${of}`,
    readers: 'Ai đọc?',
    reads: (atLeast: number) =>
      `Chỉ tổ kiểm phiếu và cấp có thẩm quyền, và chỉ khi có từ ${atLeast} người viết trở lên. Không bao giờ công khai, không gắn với các dấu trên phiếu.`,
    templates: 'Bắt đầu bằng',
    starts: ['Nên tiếp tục: ', 'Nên thay đổi: ', 'Đề xuất: '] as readonly string[],
    empty: 'Không viết cũng được: máy vẫn gửi một phong bì kín, giống hệt mọi phong bì khác.',
    left: (letters: number, bytes: number) => `Còn chỗ cho khoảng ${letters} chữ cái (${bytes} byte).`,
    full: 'Vừa hết chỗ.',
    over: (letters: number, bytes: number) => `Dài quá khoảng ${letters} chữ cái (${bytes} byte). Hãy rút bớt.`,
    warning: 'Chỗ có thể cho biết ai viết',
    optional: 'Bạn tự quyết định: vẫn gửi được, máy không sửa chữ nào.',
    quoted: (what: string, where: readonly string[]) => `${what}: ${where.map(one => `“${one}”`).join(', ')}`,
    telling: {
      name: 'Tên riêng',
      date: 'Ngày tháng',
      time: 'Giờ giấc',
      number: 'Số điện thoại hoặc số giấy tờ',
      address: 'Địa chỉ thư hoặc đường dẫn',
      self: 'Lời nói về chính mình',
      unit: 'Phòng, tổ, nơi làm việc',
      spelling: 'Cách viết ít gặp, người quen có thể nhận ra',
      shorthand: 'Chữ viết tắt, chữ kéo dài như khi nhắn tin',
      unaccented: 'Viết không dấu hoặc bằng tiếng khác, người quen có thể nhận ra',
      capitals: 'Viết toàn chữ in hoa',
      emoji: 'Biểu tượng cảm xúc, dấu chấm than liền nhau',
    } as Record<Kind, string>,
  },
}

export type SurveyWords = typeof surveyVi
