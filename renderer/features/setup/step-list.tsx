import { IconCheck, IconFileImport } from '@tabler/icons-react';
import { Button } from '../../ui/button';
import type { Chapter } from './setup-steps';
import styles from './step-list.module.css';

interface StepListProps {
  readonly chapters: readonly Chapter[];
  /** The name of the chapter one is in. */
  readonly current: string | undefined;
  readonly onGo: (at: number) => void;
  readonly onImport: () => void;
}

/** Where one is, what is done, and a way to each. */
export function StepList({ chapters, current, onGo, onImport }: StepListProps) {
  return (
    <nav className={styles.list} aria-label="Set-up">
      <h2>Set up this store</h2>
      <ol>
        {chapters.map(({ name, done, steps, doneSteps, goTo }, index) => (
          <li key={name}>
            <button
              type="button"
              className={styles.step}
              aria-current={name === current ? 'step' : undefined}
              onClick={() => onGo(goTo)}
            >
              <span className={styles.mark} data-done={done || undefined}>
                {done ? <IconCheck size={18} stroke={3} aria-label="Done:" /> : index + 1}
              </span>
              <span className={styles.name}>{name}</span>
              {steps > 1 && !done && (
                <span className={styles.count}>
                  {doneSteps} of {steps}
                </span>
              )}
            </button>
          </li>
        ))}
      </ol>
      <div className={styles.foot}>
        <Button
          className={styles.import}
          icon={<IconFileImport size={22} aria-hidden="true" />}
          onClick={onImport}
        >
          Paste a .env file
        </Button>
        <p>You can stop at any time. What is done stays done.</p>
      </div>
    </nav>
  );
}
