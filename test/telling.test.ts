/** What a writer is told of. Every row has a twin that says nothing of the kind and differs as little as may be. */
import { describe, expect, it } from 'vitest'
import { misspelt } from '../client/voter/spelling.ts'
import { type Kind, telling } from '../client/voter/telling.ts'

/** What was found of a text: kind, and the very words. */
const foundIn = (text: string): readonly string[] => {
  const said = text.normalize('NFC')
  return telling(said).map(({ kind, from, to }) => `${kind}: ${said.slice(from, to)}`)
}

const ROWS: Readonly<Record<Kind, readonly (readonly [told: string, where: string, twin: string])[]>> = {
  name: [
    ['Nguyễn Văn A làm rất tốt.', 'Nguyễn Văn A', 'Nhân viên làm rất tốt.'],
    ['Nên để Trần Thị B phụ trách.', 'Trần Thị B', 'Nên để Trưởng phòng phụ trách.'],
    ['Đề nghị khen anh Hùng hơn nữa.', 'anh Hùng', 'Đề nghị khen anh hùng hơn nữa.'],
    ['Cần nghe chị L. trước khi quyết.', 'chị L', 'Cần nghe chị em trước khi quyết.'],
    ['Việc của Quang Hải bị chậm.', 'Quang Hải', 'Việc của Giám đốc Sở bị chậm.'],
    [
      'Trao đổi với đồng nghiệp, ông Bình nên mềm mỏng.',
      'ông Bình',
      'Trao đổi với đồng nghiệp, Ban Giám đốc nên mềm mỏng.',
    ],
    ['Cần học Lê Lợi.', 'Lê Lợi', 'Cần học Hồ Chí Minh.'],
    ['Thay đổi theo Minh Anh.', 'Minh Anh', 'Thay đổi theo Việt Nam.'],
  ],
  date: [
    ['Cuộc họp ngày 12/5/2024 kéo dài.', 'ngày 12/5/2024', 'Cuộc họp theo Nghị định 48/2023/NĐ-CP kéo dài.'],
    ['Họp 12-5-2024 không có biên bản.', '12-5-2024', 'Họp 96-QĐ/TW không có biên bản.'],
    ['Sau lễ 20/11 không ai hỏi.', '20/11', 'Sau lễ 2/3 không ai hỏi.'],
    ['Trực liên tục từ 30/4.', '30/4', 'Trực liên tục 24/7.'],
    ['Phê bình ngày 5 tháng 3.', 'ngày 5 tháng 3', 'Phê bình ngày 5 lần.'],
    ['Từ tháng 3/2024 việc chậm.', 'tháng 3/2024', 'Từ tháng 3 việc chậm.'],
    ['Nhận lương hồi tháng 12.', 'hồi tháng 12', 'Nhận lương hồi tháng 13.'],
    ['Việc hôm qua chưa ổn.', 'hôm qua', 'Việc hôm nào cũng chưa ổn.'],
    ['Việc thứ ba tuần trước chưa ổn.', 'thứ ba tuần trước', 'Việc thứ ba chưa ổn.'],
    ['Bị chuyển việc từ năm 2019.', 'từ năm 2019', 'Kế hoạch công việc năm 2019.'],
  ],
  time: [
    ['Gọi điện lúc 8 giờ để giao việc.', 'lúc 8 giờ', 'Gọi điện trong 8 giờ để giao việc.'],
    ['Họp đến 17h30 mới xong.', '17h30', 'Họp đến 1730 mới xong.'],
    ['Họp lúc nào cũng 9:15 mới bắt đầu.', '9:15', 'Họp lúc nào cũng 9:75 mới bắt đầu.'],
    ['Làm 7h sáng.', '7h sáng', 'Làm 8h mỗi ngày.'],
    ['Thông báo chiều nay.', 'chiều nay', 'Thông báo chiều hướng.'],
  ],
  number: [
    ['Xin gọi 0912 345 678.', '0912 345 678', 'Xin gọi 115.'],
    ['Xin gọi +84 912.345.678.', '+84 912.345.678', 'Chi 912.345.678 đồng.'],
    ['Giấy tờ 012345678901 còn thiếu.', '012345678901', 'Giấy tờ 0123 còn thiếu.'],
    ['Xe 51A-123.45 đỗ sai.', '51A-123.45', 'Xe 51 chỗ đỗ sai.'],
  ],
  address: [
    ['Thư gửi tới nguoi.viet@so-a.example.vn nhé.', 'nguoi.viet@so-a.example.vn', 'Thư gửi tới người viết nhé.'],
    ['Xem ở https://so-a.example/thu đi.', 'https://so-a.example/thu', 'Xem ở bảng tin đi.'],
    ['Xem trên so-a.com nhé.', 'so-a.com', 'Xem trên bảng.com mới nhé.'],
    ['Hỏi @nguoiviet nhé.', '@nguoiviet', 'Hỏi @ nhé.'],
  ],
  self: [
    ['Tôi là người hay bị giao thêm việc.', 'Tôi là', 'Ý kiến của tôi là nên giao việc đều.'],
    ['Em là người mới.', 'Em là', 'Anh em là nòng cốt.'],
    ['Tôi phụ trách hồ sơ.', 'Tôi phụ trách', 'Tôi mong có người phụ trách hồ sơ.'],
    ['Em đang làm ở tầng dưới.', 'Em đang làm ở', 'Em đang mong việc làm ở tầng dưới tốt hơn.'],
    ['Em làm kế toán.', 'Em làm kế toán', 'Em mong kế toán được tập huấn.'],
    ['Phòng tôi thiếu người.', 'Phòng tôi', 'Phòng nào cũng thiếu người.'],
    ['Tổ chúng em thiếu người.', 'Tổ chúng em', 'Tổ kiểm phiếu thiếu người.'],
    ['Lái xe như tôi ít được nghe.', 'Lái xe như tôi', 'Lái xe như thế là nhanh.'],
    ['Làm việc này 12 năm công tác rồi.', '12 năm công tác', 'Làm việc này trong năm công tác.'],
    ['Vì sắp nghỉ hưu nên nói thẳng.', 'sắp nghỉ hưu', 'Vì chính sách nghỉ hưu nên nói thẳng.'],
    ['Với tư cách nhân viên, xin góp ý.', 'Với tư cách nhân viên', 'Với tinh thần xây dựng, xin góp ý.'],
    ['Chồng tôi cũng biết.', 'Chồng tôi', 'Chồng chất hồ sơ cũng biết.'],
  ],
  unit: [
    ['Việc ở phòng 302 nhiều.', 'phòng 302', 'Việc ở phòng họp nhiều.'],
    ['Việc của tổ 3 nhiều.', 'tổ 3', 'Việc của tổ 3 người nhiều.'],
    ['Việc của phòng kế toán nhiều.', 'phòng kế toán', 'Việc của phòng ban nhiều.'],
    ['Việc của khoa Nội nhiều.', 'khoa Nội', 'Việc của khoa học nhiều.'],
    ['Việc của Phòng Đào tạo nhiều.', 'Phòng Đào tạo', 'Việc của Văn phòng Sở nhiều.'],
    ['Việc ở cửa số 2 nhiều.', 'cửa số 2', 'Việc một cửa nhiều.'],
  ],
  spelling: [
    ['Cần ngiên cứu thêm.', 'ngiên', 'Cần nghiên cứu thêm.'],
    ['Toàn nghành cùng làm.', 'nghành', 'Toàn ngành cùng làm.'],
    ['Nên xử dụng đúng người.', 'xử dụng', 'Nên sử dụng đúng người.'],
    ['Lãnh đạo cần sử lý nhanh.', 'sử lý', 'Lãnh đạo cần xử lý nhanh.'],
    ['Nên biêt lắng nghe.', 'biêt', 'Nên biết lắng nghe.'],
    ['Làm việc rỏ ràg hơn, rõ ràngg nữa.', 'ràg', 'Làm việc rõ ràng hơn nữa.'],
  ],
  shorthand: [
    ['Họp ko đúng giờ.', 'ko', 'Họp không đúng giờ.'],
    ['Việc giao ntn cũng được.', 'ntn', 'Việc giao thế nào cũng được.'],
    ['Việc nhiều quáaaa.', 'quáaaa', 'Việc nhiều quá.'],
    ['Gì zậy?', 'zậy', 'Gì vậy?'],
    ['Nên nghe nv nhiều hơn.', 'nv', 'Nên nghe NV nhiều hơn.'],
  ],
  unaccented: [
    [
      'Nen thay doi cach lam viec cua lanh dao.',
      'Nen thay doi cach lam viec cua lanh dao',
      'Nên thay đổi cách làm việc của lãnh đạo.',
    ],
    ['Please listen to us more often.', 'Please listen to us more often', 'Please lắng nghe nhiều hơn.'],
  ],
  capitals: [
    ['ĐỀ NGHỊ XEM LẠI việc này.', 'ĐỀ NGHỊ XEM LẠI', 'Đề nghị xem lại việc này.'],
    [
      'Cách làm việc DE NGHI XEM LAI quá chậm, thiếu rõ ràng.',
      'DE NGHI XEM LAI',
      'Cách làm việc UBND TP HCM quá chậm, thiếu rõ ràng.',
    ],
  ],
  emoji: [
    ['Lãnh đạo tốt 🙂', '🙂', 'Lãnh đạo tốt 9/10'],
    ['Lãnh đạo tốt :)', ':)', 'Lãnh đạo tốt (lưu ý:)'],
    ['Lãnh đạo tốt!!!', '!!!', 'Lãnh đạo tốt!'],
    ['Lãnh đạo tốt.....', '.....', 'Lãnh đạo tốt...'],
  ],
}

describe('a text', () => {
  const rows = Object.entries(ROWS).flatMap(([kind, list]) => list.map(row => [kind as Kind, ...row] as const))

  it.each(rows)('(%s) “%s” is told of, its twin is not', (kind, told, where, twin) => {
    expect(foundIn(told)).toContain(`${kind}: ${where.normalize('NFC')}`)
    expect(foundIn(twin).filter(one => one.startsWith(`${kind}:`))).toEqual([])
  })

  it('as people write it in an office says nothing at all', () => {
    const plain = [
      '',
      'Nên tiếp tục: lắng nghe ý kiến, công khai kết quả, giữ đúng lịch họp.',
      'Nên thay đổi: giao việc rõ ràng hơn; họp ngắn lại; trả lời thư trong hai ngày.',
      'Đề xuất: mỗi quý có một buổi đối thoại, Ban Giám đốc và Công đoàn cùng dự.',
      'Lãnh đạo Sở A gương mẫu, đoàn kết nội bộ, quyết định nhanh nhưng đôi khi chưa giải thích.',
      'Học tập và làm theo tư tưởng, đạo đức, phong cách Hồ Chí Minh; thực hiện Quy định 96-QĐ/TW.',
      'Kết quả đạt 2/3 kế hoạch, tăng 8,5% so với năm trước.',
      'Hoà nhã với mọi người, uỷ quyền hợp lý, thuở trước quý mến, khuya khoắt vẫn giúp.',
    ]
    expect(plain.map(foundIn)).toEqual(plain.map(() => []))
  })

  it('is told of each thing once, in every kind that it has', () => {
    expect(foundIn('Hôm qua chị Lan phòng 302 gọi 0912345678.')).toEqual([
      'name: chị Lan',
      'date: Hôm qua',
      'number: 0912345678',
      'unit: phòng 302',
    ])
    expect(foundIn('Phòng Kế toán chậm.')).toEqual(['unit: Phòng Kế toán'])
  })

  it('typed letter by letter never breaks it', () => {
    const whole = 'Tôi là Nguyễn Văn A 🙂 phòng 302, gọi 0912 345 678 lúc 8h30 ngày 12/5/2024!!! ko zậy'
    for (let end = 0; end <= whole.length; end++)
      for (const { from, to } of telling(whole.slice(0, end))) {
        expect(from).toBeLessThan(to)
        expect(to).toBeLessThanOrEqual(end)
      }
  })
})

describe('a syllable', () => {
  const RIGHT =
    'nghiệm nghiêng ghế kế cứng quốc quyết quỳnh giếng giặt gì gìn khuỷu khuya ngoằn ngoèo huơ thuở rượu hươu uống yếu ' +
    'oẳn tuyệt chuyển xoong kẻng đặng được người mượn hoà hòa uỷ ủy quý quí xuềnh toàng buýt tuýp'
  const WRONG = 'ngiệm nghành gế kăn cế qôc biêt chứg ngừơi đuơcj hộp̣ rõràng'

  it.each(RIGHT.split(' '))('%s is spelt as Vietnamese is', word => {
    expect(misspelt(word.normalize('NFC'))).toBe(false)
  })

  it.each(WRONG.split(' '))('%s is not', word => {
    expect(misspelt(word.normalize('NFC'))).toBe(true)
  })

  it('of a name or a foreign word is left alone', () => {
    expect(['Đắk', 'Krông', 'email', 'KPI'].map(misspelt)).toEqual([false, false, false, false])
  })
})
