import { IconCheck } from '@tabler/icons-react';
import type { Step } from './setup-steps';
import styles from './step-list.module.css';

interface StepListProps {
  readonly steps: readonly Step[];
  readonly current: Step | undefined;
  readonly onGo: (at: number) => void;
}

/** Where one is, what is done, and a way to each. */
export function StepList({ steps, current, onGo }: StepListProps) {
  return (
    <nav className={styles.list} aria-label="Set-up">
      <h2>Set up this store</h2>
      <ol>
        {steps.map((step, index) => (
          <li key={step.kind === 'field' ? step.field.name : step.kind}>
            <button
              type="button"
              className={styles.step}
              aria-current={step === current ? 'step' : undefined}
              onClick={() => onGo(index)}
            >
              <span className={styles.mark} data-done={step.done || undefined}>
                {step.done ? <IconCheck size={18} stroke={3} aria-label="Done:" /> : index + 1}
              </span>
              {step.name}
            </button>
          </li>
        ))}
      </ol>
      <p>You can stop at any time. What is done stays done.</p>
    </nav>
  );
}
