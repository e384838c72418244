import styles from './choice.module.css';

interface Props<T extends string | number | boolean | null> {
  readonly label: string;
  readonly options: readonly { readonly value: T; readonly label: string }[];
  readonly chosen: T;
  readonly onChoose: (value: T) => void;
}

/** One of a few, all of them in sight. */
export function Choice<T extends string | number | boolean | null>({
  label,
  options,
  chosen,
  onChoose,
}: Props<T>) {
  return (
    <fieldset className={styles.choice}>
      <legend>{label}</legend>
      <div className={styles.options}>
        {options.map(({ value, label: name }) => (
          <button
            key={String(value)}
            type="button"
            className={styles.option}
            aria-pressed={value === chosen}
            onClick={() => onChoose(value)}
          >
            {name}
          </button>
        ))}
      </div>
    </fieldset>
  );
}
