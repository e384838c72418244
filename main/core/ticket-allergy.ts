/**
 * Which words of a customer's note may be about an allergy: on a ticket they are printed white on black. The screen
 * marks the same notes (`renderer/features/orders/allergy-note.ts`); a test holds the two together.
 */

/** Whoever writes one of these means it. */
const ALWAYS =
  /\b(allerg\w*|anaphyla\w*|epi-?pen|intoleran\w*|c(o)?eliac\w*|lactose|(nut|peanut|dairy|gluten|egg|soya?|fish|shellfish|sesame|wheat)[ -]free)\b/gi;

/** Foods that people are allergic to. Naming one is taken for a warning unless it is clearly asked for. */
const ALLERGEN =
  /\b(nuts?|peanuts?|almonds?|cashews?|walnuts?|sesame|gluten|wheat|dairy|milk|soya?|eggs?|shellfish|shrimps?|prawns?|crabs?|lobsters?|mustard|celery|sulphites?|sulfites?)\b/gi;

const ASKED_FOR = /\b(extra|more|add|added|plus|double|with|love|side of|on the side)\b/i;
const REFUSED = /\b(no|not|non|without|hold|skip|omit|avoid|leave out|can'?t|cannot|don'?t|never)\b/i;
const SAUCE_AFTER = /^\s+sauce\b/i;
/** How far a word reaches that asks for a food, or refuses it, within its part of a sentence. */
const REACH = 200;

/** A piece of a note; together they are the note. */
export interface NotePiece {
  readonly text: string;
  readonly warns: boolean;
}

/** Cuts a note into what warns and what does not. Errs towards a warning. */
export function notePieces(note: string): readonly NotePiece[] {
  const found = [
    ...note.matchAll(ALWAYS),
    ...[...note.matchAll(ALLERGEN)].filter((match) => isWarning(note, match)),
  ]
    .map(({ 0: word, index }) => ({ from: index, to: index + word.length }))
    .sort((a, b) => a.from - b.from);
  const pieces: NotePiece[] = [];
  let at = 0;
  for (const { from, to } of found) {
    if (from < at) continue;
    if (from > at) pieces.push({ text: note.slice(at, from), warns: false });
    pieces.push({ text: note.slice(from, to), warns: true });
    at = to;
  }
  if (at < note.length) pieces.push({ text: note.slice(at), warns: false });
  return pieces;
}

function isWarning(note: string, { 0: word, index }: RegExpExecArray): boolean {
  const [before = ''] = note
    .slice(Math.max(0, index - REACH), index)
    .split(/[.,;!]/)
    .slice(-1);
  if (REFUSED.test(before)) return true;
  const isSauce = SAUCE_AFTER.test(note.slice(index + word.length, index + word.length + REACH));
  return !ASKED_FOR.test(before) && !isSauce;
}
