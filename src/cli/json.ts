/** JSON, indented. It has no NaN and no infinity; as text they are not lost. */
export function asJson(value: unknown): string {
  return JSON.stringify(value, nonFiniteAsText, 2);
}

function nonFiniteAsText(_key: string, value: unknown): unknown {
  return typeof value === 'number' && !Number.isFinite(value) ? String(value) : value;
}
