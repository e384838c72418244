import { setAppearance, type Theme, useAppearance } from '../../ui/appearance';
import styles from './settings-screen.module.css';

const THEMES: readonly { readonly theme: Theme; readonly name: string; readonly words: string }[] = [
  { theme: 'auto', name: 'Auto', words: 'dark after sunset' },
  { theme: 'light', name: 'Light', words: 'always' },
  { theme: 'dark', name: 'Dark', words: 'always' },
];

/** Light or dark, and how large; it takes effect at once and stays on this computer. */
export function AppearanceChoice() {
  const { theme: chosen, largeType } = useAppearance();
  return (
    <div className={styles.choices}>
      <div className={styles.group} role="radiogroup" aria-label="Light or dark">
        {THEMES.map(({ theme, name, words }) => (
          // biome-ignore lint/a11y/useSemanticElements: a button for a finger, which a radio input is not.
          <button
            key={theme}
            type="button"
            role="radio"
            className={styles.choice}
            aria-checked={theme === chosen}
            onClick={() => setAppearance({ theme })}
          >
            <b>{name}</b>
            <span>{words}</span>
          </button>
        ))}
      </div>
      <button
        type="button"
        className={styles.choice}
        aria-pressed={largeType}
        onClick={() => setAppearance({ largeType: !largeType })}
      >
        <b>Large type</b>
        <span>{largeType ? 'on' : 'off'}</span>
      </button>
    </div>
  );
}
