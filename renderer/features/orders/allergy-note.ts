/** Whoever writes one of these means it. */
const ALWAYS =
  /\b(allerg\w*|anaphyla\w*|epi-?pen|intoleran\w*|c(o)?eliac\w*|lactose|(nut|peanut|dairy|gluten|egg|soya?|fish|shellfish|sesame|wheat)[ -]free)\b/i;

/** Foods that people are allergic to. Naming one is taken for a warning unless it is clearly asked for. */
const ALLERGEN =
  /\b(nuts?|peanuts?|almonds?|cashews?|walnuts?|sesame|gluten|wheat|dairy|milk|soya?|eggs?|shellfish|shrimps?|prawns?|crabs?|lobsters?|mustard|celery|sulphites?|sulfites?)\b/gi;

const ASKED_FOR = /\b(extra|more|add|added|plus|double|with|love|side of|on the side)\b[^.,;!]*$/i;
const REFUSED =
  /\b(no|not|non|without|hold|skip|omit|avoid|leave out|can'?t|cannot|don'?t|never)\b[^.,;!]*$/i;
const SAUCE_AFTER = /^\s+sauce\b/i;

/**
 * Whether a note may be about an allergy and has to stand out. Errs towards yes: a warning too many costs a glance,
 * one too few costs a customer's health.
 */
export function isAllergyNote(note: string): boolean {
  if (ALWAYS.test(note)) return true;
  for (const { 0: word, index } of note.matchAll(ALLERGEN)) {
    const before = note.slice(0, index);
    if (REFUSED.test(before)) return true;
    const isSauce = SAUCE_AFTER.test(note.slice(index + word.length));
    if (!ASKED_FOR.test(before) && !isSauce) return true;
  }
  return false;
}

/** The note as the card shows it, with the word itself in front when the customer did not write it. */
export function allergyWords(note: string): string {
  return /allerg/i.test(note) ? note : `ALLERGY: ${note}`;
}
