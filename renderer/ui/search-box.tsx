import { IconSearch, IconX } from '@tabler/icons-react';
import { type ReactNode, useRef } from 'react';
import styles from './search-box.module.css';

interface Props {
  /** What is looked through: “Search the menu”. */
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  /** Stands at its end while nothing is typed. */
  readonly aside?: ReactNode;
}

/** Found while typing: it has the focus as soon as it is there. */
export function SearchBox({ label, value, onChange, aside }: Props) {
  const input = useRef<HTMLInputElement>(null);
  const clear = (): void => {
    onChange('');
    input.current?.focus();
  };
  return (
    <search className={styles.search}>
      <IconSearch size={26} aria-hidden="true" />
      <input
        ref={input}
        className={styles.input}
        type="text"
        aria-label={label}
        placeholder={label}
        // biome-ignore lint/a11y/noAutofocus: who opens this looks for something; typing is the next thing they do.
        autoFocus
        autoComplete="off"
        spellCheck={false}
        maxLength={80}
        value={value}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
      {value === '' ? (
        aside
      ) : (
        <button type="button" className={styles.clear} aria-label="Clear the search" onClick={clear}>
          <IconX size={24} aria-hidden="true" />
        </button>
      )}
    </search>
  );
}
