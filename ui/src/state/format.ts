// Numbers, money, sizes and times as people of the chosen language say them.
import { m } from '../paraglide/messages'
import { getLocale } from '../paraglide/runtime'

type Formatter = Intl.NumberFormat | Intl.DateTimeFormat | Intl.RelativeTimeFormat | Intl.ListFormat

const formats = new Map<string, Formatter>()

/** Formatters are dear to make and asked for on every row: one of each kind and language is kept. */
function kept<Format extends Formatter>(name: string, make: (locale: string) => Format): Format {
  const locale = regional(getLocale())
  const key = `${locale} ${name}`
  const known = formats.get(key) ?? make(locale)
  formats.set(key, known)
  return known as Format
}

/** one, two and three */
export function list(words: readonly string[]): string {
  return kept('list', (locale) => new Intl.ListFormat(locale)).format(words)
}

/** 1,234 */
export function number(value: number): string {
  return kept('number', (locale) => new Intl.NumberFormat(locale)).format(value)
}

/** 80 %, or with as many digits behind the point as wanted. */
export function percent(value: number, digits = 0): string {
  const make = (locale: string) =>
    new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: digits })
  return kept(`percent ${digits}`, make).format(value / 100)
}

/** $18.42; the bare number where the currency is unknown; more digits where the sum is tiny. */
export function money(value: number, currency: string): string {
  const small = Math.abs(value) < 0.1 && value !== 0
  const digits = small
    ? { maximumSignificantDigits: 2 }
    : { minimumFractionDigits: 2, maximumFractionDigits: 2 }
  return kept(`money ${currency} ${small}`, (locale) => {
    const options = /^[A-Z]{3}$/.test(currency) ? { style: 'currency' as const, currency } : {}
    return new Intl.NumberFormat(locale, { ...options, ...digits, currencyDisplay: 'narrowSymbol' })
  }).format(value)
}

/** 11.6 MB */
export function bytes(value: number): string {
  const units = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte']
  const power = Math.min(Math.floor(Math.log10(Math.max(value, 1)) / 3), units.length - 1)
  const unit = units[power] ?? 'byte'
  const format = kept(
    unit,
    (locale) =>
      new Intl.NumberFormat(locale, {
        style: 'unit',
        unit,
        unitDisplay: power === 0 ? 'long' : 'short',
        maximumFractionDigits: 1,
      }),
  )
  return format.format(value / 1000 ** power)
}

/** 1.4 s under ten seconds, then 12 s, from a minute on 2 min 5 s. What is too short to count is said in words. */
export function seconds(milliseconds: number): string {
  if (milliseconds < 50) return m.time_instant()
  if (milliseconds < 9950) return m.time_seconds({ count: number(Math.round(milliseconds / 100) / 10) })
  const whole = Math.round(milliseconds / 1000)
  const [minutes, rest] = [Math.floor(whole / 60), whole % 60]
  if (minutes === 0) return m.time_seconds({ count: number(rest) })
  return m.time_minutes({ minutes: number(minutes), seconds: number(rest) })
}

/** 14:02 */
export function clock(at: number): string {
  return kept(
    'clock',
    (locale) => new Intl.DateTimeFormat(locale, { hour: 'numeric', minute: '2-digit' }),
  ).format(at)
}

/** Today 14:02, this week Mon, this year 14 Nov, else with the year: short enough for a row. */
export function shortTime(at: number, now = Date.now()): string {
  const days = daysAgo(at, now)
  if (days <= 0) return clock(at)
  if (days < 7)
    return kept('weekday', (locale) => new Intl.DateTimeFormat(locale, { weekday: 'short' })).format(at)
  return shortDay(at, now)
}

/** Whole days between the calendar days of two times: 0 today, 1 yesterday. */
export function daysAgo(at: number, now = Date.now()): number {
  return Math.round((midnight(now) - midnight(at)) / 86_400_000)
}

/** Friday 20 November 2026, 14:02 */
export function fullTime(at: number): string {
  return kept(
    'full',
    (locale) => new Intl.DateTimeFormat(locale, { dateStyle: 'full', timeStyle: 'short' }),
  ).format(at)
}

/** Friday 20 November; with the year where it is another one. */
export function day(at: number, now = Date.now()): string {
  const sameYear = new Date(at).getFullYear() === new Date(now).getFullYear()
  const options: Intl.DateTimeFormatOptions = {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    year: sameYear ? undefined : 'numeric',
  }
  return kept(`long day ${sameYear}`, (locale) => new Intl.DateTimeFormat(locale, options)).format(at)
}

/** 20 Nov; with the year where it is another one. */
export function shortDay(at: number, now = Date.now()): string {
  const sameYear = new Date(at).getFullYear() === new Date(now).getFullYear()
  const options: Intl.DateTimeFormatOptions = {
    day: 'numeric',
    month: 'short',
    year: sameYear ? undefined : 'numeric',
  }
  return kept(`day ${sameYear}`, (locale) => new Intl.DateTimeFormat(locale, options)).format(at)
}

/** On which day weeks begin where the person is: 0 for Sunday. Monday where the system does not say. */
export function firstDayOfWeek(): number {
  const locale: { weekInfo?: { firstDay: number }; getWeekInfo?: () => { firstDay: number } } =
    new Intl.Locale(regional(getLocale()))
  return ((locale.getWeekInfo?.() ?? locale.weekInfo)?.firstDay ?? 1) % 7
}

/** November 2026 */
export function month(at: number): string {
  return kept(
    'month',
    (locale) => new Intl.DateTimeFormat(locale, { month: 'long', year: 'numeric' }),
  ).format(at)
}

/** 4 minutes ago */
export function ago(at: number, now = Date.now()): string {
  const format = kept('ago', (locale) => new Intl.RelativeTimeFormat(locale, { numeric: 'auto' }))
  const past = (at - now) / 1000
  if (past > -60) return m.time_just_now()
  if (past > -3600) return format.format(Math.trunc(past / 60), 'minute')
  if (past > -86_400) return format.format(Math.trunc(past / 3600), 'hour')
  return format.format(-daysAgo(at, now), 'day')
}

function midnight(at: number) {
  return new Date(at).setHours(0, 0, 0, 0)
}

/** The person's own region of a language: "en-GB" where the system says so, for its clock and its dates. */
function regional(locale: string) {
  const [language] = locale.split('-')
  return navigator.languages.find((tag) => tag.split('-')[0] === language) ?? locale
}
