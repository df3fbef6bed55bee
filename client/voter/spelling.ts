/**
 * Syllables that Vietnamese is not spelt with: a beginning, a rhyme and a tone that never stand together. Nothing is
 * corrected; a mistake that colleagues know is as good as a signature.
 */

/** By their first vowel, without tones. */
const RHYMES: ReadonlySet<string> = new Set(
  (
    'a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây ' +
    'e ec em en eng eo ep et ê êch êm ên ênh êp êt êu ' +
    'i ia ich iêc iêm iên iêng iêp iêt iêu im in inh ip it iu ' +
    'o oa oac oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn oăng oăt oc oe oen oeo oet oi om on ong ooc oong op ot ' +
    'ô ôc ôi ôm ôn ông ôp ôt ơ ơi ơm ơn ơp ơt ' +
    'u ua uân uâng uât uây uc uê uêch uênh ui um un ung uơ uôc uôi uôm uôn uông uôt up ut ' +
    'uy uya uych uyên uyêt uynh uyp uyt uyu ' +
    'ư ưa ưc ưi ưm ưng ươc ươi ươm ươn ương ươp ươt ươu ưt ưu y yêm yên yêng yêt yêu'
  ).split(' '),
)

/** After `qu`, whose `u` is no vowel. */
const RHYMES_OF_QU: ReadonlySet<string> = new Set(
  (
    'a ac ach ai an ang anh ao at au ay ăc ăm ăn ăng ăp ăt ân âng ât ây e en eo et ê êch ên êt i it ' +
    'ơ ơt y ych yên yêt ynh yt ôc'
  ).split(' '),
)

const SYLLABLE = /^(ngh|ng|nh|gh|gi|kh|ph|th|tr|ch|qu|[bcdđghklmnprstvx])?(.+)$/u
/** Before e, ê, i and y some beginnings are written otherwise than before the other vowels. */
const HIGH = /^[eêiy]/u
const TONES = /[\u0300\u0301\u0303\u0309\u0323]/g
/** A rhyme that is cut off takes these two tones alone. */
const RISING_OR_HEAVY = /[\u0301\u0323]/

/** Of two vowels that are one sound the second bears the tone. */
const TONE_TOO_EARLY = /(?:u\u031b|[iuy])[\u0300\u0301\u0303\u0309\u0323](?:o\u031b|[eo]\u0302)/

/** True for a word of Vietnamese letters, not a name, that no Vietnamese syllable is spelt like. */
export function misspelt(word: string): boolean {
  if (!/[^ -~]/.test(word) || word !== word.toLocaleLowerCase('vi')) return false
  const apart = word.normalize('NFD')
  const tones = apart.match(TONES) ?? []
  const [, beginning = '', rhyme = ''] = SYLLABLE.exec(apart.replace(TONES, '').normalize('NFC')) ?? []
  if (tones.length > 1 || TONE_TOO_EARLY.test(apart) || !isSpelt(beginning, rhyme)) return true
  return /(?:[cpt]|ch)$/.test(rhyme) && !RISING_OR_HEAVY.test(tones[0] ?? '')
}

function isSpelt(beginning: string, rhyme: string): boolean {
  switch (beginning) {
    case 'qu':
      return RHYMES_OF_QU.has(rhyme)
    case 'gi':
      return RHYMES.has(rhyme) || RHYMES.has(`i${rhyme}`)
    case 'ngh':
    case 'gh':
    case 'k':
      return HIGH.test(rhyme) && RHYMES.has(rhyme)
    case 'ng':
    case 'c':
      return !HIGH.test(rhyme) && RHYMES.has(rhyme)
    case 'g':
      return !/^[eê]/u.test(rhyme) && RHYMES.has(rhyme)
    default:
      return RHYMES.has(rhyme)
  }
}

/** Syllables that are right one by one and wrong together. */
export const MISTAKES: readonly string[] = (
  'sử lý|sữ lý|xử dụng|sữ dụng|chia sẽ|bổ xung|xắp xếp|sắp sếp|xắp sếp|dử liệu|lảnh đạo|nghĩ hưu|nghĩ phép|xuất xắc|' +
  'suất sắc|suất xắc|chỉnh chu|sơ xuất|sơ xài|xúc tích|cọ sát|vô hình chung|trao dồi|giúp đở|cũng cố|mạnh mẻ|suôn sẽ|' +
  'vui vẽ|nổ lực|nãnh đạo|nàm việc|lăng lực|kiễm tra|kiễm điểm|đãm bảo|quãn lý'
).split('|')
