import styles from './promise-chips.module.css';

const CHOICES = [10, 15, 20, 30, 45] as const;
export const DEFAULT_MINUTES = 20;

interface Props {
  readonly minutes: number;
  /** What every choice is longer by: the kitchen is busy. */
  readonly extra: number;
  readonly onChoose: (minutes: number) => void;
}

/** In how many minutes it will be ready. */
export function PromiseChips({ minutes, extra, onChoose }: Props) {
  return (
    <fieldset className={styles.chips}>
      <legend className="visually-hidden">Ready in</legend>
      {CHOICES.map((choice) => (
        <button
          key={choice}
          type="button"
          className={styles.chip}
          aria-label={`${choice + extra} minutes`}
          aria-pressed={choice === minutes}
          onClick={() => onChoose(choice)}
        >
          {choice + extra}
        </button>
      ))}
    </fieldset>
  );
}
