import { IconAlertTriangle } from '@tabler/icons-react';
import { useAction } from '../ui/action';
import { Button } from '../ui/button';
import { Failure } from '../ui/failure';
import styles from '../ui/full-page.module.css';

interface Props {
  readonly title: string;
  /** What is wrong, and what to do. */
  readonly words: string;
  readonly onRetry: () => Promise<unknown>;
}

/** Nothing can be shown; says why, and tries again. */
export function Stopped({ title, words, onRetry }: Props) {
  const action = useAction(words);
  return (
    <main className={styles.page}>
      <IconAlertTriangle size={64} stroke={1.5} aria-hidden="true" />
      <h1 className={styles.title}>{title}</h1>
      <p className={styles.words}>{words}</p>
      <Button
        tone="primary"
        className={styles.again}
        pending={action.pending !== null}
        onClick={() => action.run('retry', onRetry)}
      >
        Try again
      </Button>
      <Failure words={action.failure} />
    </main>
  );
}
