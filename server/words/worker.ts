/** What `npm run dev:worker` and `npm run deploy` say. */
import type { Language } from '../words.ts'

export interface WorkerWords {
  readonly running: (address: string) => string
  readonly deployed: (address: string) => string
  /** Above the one-time link. */
  readonly setup: string
  /** Above the organiser's address. */
  readonly organiser: string
  readonly silent: (address: string) => string
  readonly failed: (command: string) => string
  readonly usage: string
}

const vi: WorkerWords = {
  running: address =>
    `Phiếu Kín đang chạy trong workerd trên máy này: ${address}. Dữ liệu nằm trong data/worker. Nhấn Ctrl+C để dừng.`,
  deployed: address => `Đã triển khai tại ${address}`,
  setup: 'Đường dẫn đặt mật khẩu cho người tổ chức, dùng một lần:',
  organiser: 'Người tổ chức mở:',
  silent: address => `Không nhận được trả lời từ ${address}. Hãy kiểm tra tên miền trong wrangler.toml rồi chạy lại.`,
  failed: command => `Lệnh không thành công: ${command}. Xin đọc dòng báo ở trên.`,
  usage:
    'Cách dùng: npm run dev:worker -- [--port CỔNG] [--lang vi|en]; npm run deploy -- --address https://ĐỊA_CHỈ [--new-password] [--lang vi|en]',
}

const en: WorkerWords = {
  running: address =>
    `Phiếu Kín is running in workerd on this machine: ${address}. Its data are in data/worker. Press Ctrl+C to stop.`,
  deployed: address => `Deployed at ${address}`,
  setup: "The organiser's link for setting a password; it works once:",
  organiser: 'The organiser opens:',
  silent: address => `Nothing answers at ${address}. Check the domain in wrangler.toml and run the command again.`,
  failed: command => `The command failed: ${command}. Please read what stands above.`,
  usage:
    'Usage: npm run dev:worker -- [--port PORT] [--lang vi|en]; npm run deploy -- --address https://ADDRESS [--new-password] [--lang vi|en]',
}

export const WORKER_WORDS: { readonly [L in Language]: WorkerWords } = { vi, en }
