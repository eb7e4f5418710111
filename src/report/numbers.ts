// Numbers for the eye. (Files hold the shortest form that reads back to the same number.)

/** Six significant digits, without trailing zeros: 0.333333, 1234.5, 1.5e-9. */
export function sixDigits(x: number): string {
  return significant(x, 6);
}

/** At most so many significant digits. */
export function significant(x: number, digits: number): string {
  if (!Number.isFinite(x)) return String(x).replace('Infinity', '∞');
  const [mantissa, exponent] = x.toPrecision(digits).split('e');
  const short = mantissa!.includes('.') ? mantissa!.replace(/\.?0+$/, '') : mantissa!;
  return exponent === undefined ? short : `${short}e${Number(exponent)}`;
}

/** So many decimals, always: for columns of figures that are compared. */
export function decimals(x: number, places: number): string {
  return Number.isFinite(x) ? x.toFixed(places) : significant(x, 1);
}

/** A whole number with its thousands apart: 2,093,118. */
export function grouped(n: number): string {
  return String(Math.round(n)).replace(/\B(?=(\d{3})+$)/g, ',');
}

/** A length of time: 8 ms, 4.2 s, 47 s, 3 min 05 s, 2 h 07 min. */
export function duration(milliseconds: number): string {
  if (!Number.isFinite(milliseconds) || milliseconds < 0) return '–';
  if (milliseconds < 99.5) return `${Math.round(milliseconds)} ms`;
  if (milliseconds < 9950) return `${(milliseconds / 1000).toFixed(1)} s`;
  const seconds = Math.round(milliseconds / 1000);
  if (seconds < 60) return `${seconds} s`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min ${twoDigits(seconds % 60)} s`;
  const minutes = Math.round(seconds / 60);
  return `${Math.floor(minutes / 60)} h ${twoDigits(minutes % 60)} min`;
}

function twoDigits(n: number): string {
  return String(n).padStart(2, '0');
}
