const ASSIGNMENT = /^\s*(?:export\s+)?[A-Za-z_][A-Za-z0-9_]*\s*=/;

/** Whether what was pasted is a `.env` file and not one value: it has several lines that name a variable. */
export function looksLikeEnv(text: string): boolean {
  return text.split(/\r\n|\r|\n/).filter((line) => ASSIGNMENT.test(line)).length >= 2;
}
