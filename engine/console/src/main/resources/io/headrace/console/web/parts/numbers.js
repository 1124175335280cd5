// Numbers as people read them. They are tabular and right-aligned where they stand in a column.

const whole = new Intl.NumberFormat('en-US');
const compact = new Intl.NumberFormat('en-US', { notation: 'compact', maximumFractionDigits: 1 });

/** A count. isAtLeast: it was not counted to the end. */
export function count(number, isAtLeast = false) {
  return number === undefined || number === null ? '–' : whole.format(number) + (isAtLeast ? '+' : '');
}

/** A count of failed jobs: a store may stop counting them at 10,000. */
export function failedCount(number) {
  return count(number, number >= 10_000);
}

/** A count in few characters, such as 18.2K. */
export function brief(number) {
  return number < 10_000 ? whole.format(number) : compact.format(number);
}

/** A rate with as many digits as it deserves. */
export function rate(perSecond) {
  if (perSecond === undefined || perSecond === null) return '–';
  if (perSecond === 0) return '0/s';
  if (perSecond < 0.05) return perSecond * 60 < 0.05 ? '<0.1/min' : `${(perSecond * 60).toFixed(1)}/min`;
  if (perSecond < 10) return `${perSecond.toFixed(1)}/s`;
  return `${whole.format(Math.round(perSecond))}/s`;
}

const UNITS = [['d', 86_400], ['h', 3_600], ['min', 60], ['s', 1]];

/** A duration in at most two units. */
export function duration(seconds) {
  if (seconds === undefined || seconds === null) return '–';
  if (seconds < 0.0005) return '0 s';
  if (seconds < 0.9995) return `${Math.round(seconds * 1000)} ms`;
  if (seconds < 9.95) return `${seconds.toFixed(1)} s`;
  let rest = Math.round(seconds);
  // What is measured in days needs no seconds.
  const parts = [];
  for (const [unit, size] of UNITS) {
    const many = Math.floor(rest / size);
    rest -= many * size;
    if (many > 0) parts.push(`${whole.format(many)} ${unit}`);
    else if (parts.length > 0) break;
    if (parts.length === 2) break;
  }
  return parts.join(' ');
}

/** A part of a whole, in percent. */
export function percent(part, total) {
  if (!total) return '0 %';
  const value = (part / total) * 100;
  return value > 0 && value < 0.1 ? '<0.1 %' : `${value.toFixed(value < 10 ? 1 : 0)} %`;
}

/** The size of a text in UTF-8. */
export function bytes(text) {
  const size = new Blob([text]).size;
  if (size < 1_024) return `${size} B`;
  return size < 1_048_576 ? `${(size / 1_024).toFixed(1)} KiB` : `${(size / 1_048_576).toFixed(1)} MiB`;
}

/** A word for one or many. */
export function plural(number, one, many = one + 's') {
  return number === 1 ? one : many;
}

/** A count with its word, such as 3 jobs. */
export function counted(number, one, many = one + 's') {
  return `${count(number)} ${plural(number, one, many)}`;
}
