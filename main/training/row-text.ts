/** Rows are replaced and never changed, so that the text of one stays right as long as there is one. */
const texts = new WeakMap<object, string>();

/** A list as it is sent. A menu of 5,000 items is asked for again and again: each row is made text once. */
export function listText(key: string, rows: readonly object[], cursor: string | undefined): string {
  const body = rows.map(rowText).join(',');
  const end = cursor === undefined ? '' : `,"cursor":${JSON.stringify(cursor)}`;
  return `{${JSON.stringify(key)}:[${body}]${end}}`;
}

function rowText(row: object): string {
  const known = texts.get(row);
  if (known !== undefined) return known;
  const text = JSON.stringify(row);
  texts.set(row, text);
  return text;
}
