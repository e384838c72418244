import { IconAlertTriangle } from '@tabler/icons-react';
import styles from './failure.module.css';

/** Why the last tap did not work. */
export function Failure({ words }: { readonly words: string | null }) {
  if (words === null) return null;
  return (
    <p className={styles.failure} role="alert">
      <IconAlertTriangle size={18} aria-hidden="true" />
      {words}
    </p>
  );
}
