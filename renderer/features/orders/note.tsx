import { allergyWords, isAllergyNote } from './allergy-note';
import styles from './note.module.css';

/** What the customer wrote; in reverse when it may be about an allergy. */
export function Note({ text }: { readonly text: string }) {
  if (isAllergyNote(text)) return <span className={styles.allergy}>{allergyWords(text)}</span>;
  return <span className={styles.note}>{text}</span>;
}
