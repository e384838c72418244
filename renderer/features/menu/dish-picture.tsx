import { useState } from 'react';
import styles from './dish-picture.module.css';

interface Props {
  readonly name: string;
  readonly picture: string | null;
}

/** What it looks like; its first letter where there is no picture, or none could be fetched. */
export function DishPicture({ name, picture }: Props) {
  const [failed, setFailed] = useState<string | null>(null);
  return (
    <div className={styles.frame} aria-hidden="true">
      {picture === null || picture === failed ? (
        <span className={styles.letter}>{[...name.trim()][0] ?? ''}</span>
      ) : (
        <img className={styles.picture} src={picture} alt="" onError={() => setFailed(picture)} />
      )}
    </div>
  );
}
