import type { ReactNode } from 'react';
import type { SetupView } from '../../../preload/contract';
import { useAction } from '../../ui/action';
import { Failure } from '../../ui/failure';
import styles from './setup-wizard.module.css';

interface LocationStepProps {
  readonly view: SetupView;
  readonly back: ReactNode;
  readonly onChoose: (id: string) => Promise<void>;
}

export function LocationStep({ view, back, onChoose }: LocationStepProps) {
  const choosing = useAction(view.chosen);
  return (
    <>
      <h1>Which restaurant is this?</h1>
      {view.problems.length > 0 && (
        <div className={styles.problems}>
          <p>The restaurants’ file has problems. Tell head office:</p>
          <ul>
            {view.problems.map((problem) => (
              <li key={problem}>{problem}</li>
            ))}
          </ul>
        </div>
      )}
      <div className={styles.locations}>
        {view.locations.map(({ id, name, place }) => (
          <button
            key={id}
            type="button"
            className={styles.location}
            aria-pressed={id === view.chosen}
            aria-busy={choosing.pending === id || undefined}
            onClick={() => choosing.run(id, () => onChoose(id))}
          >
            <b>{name}</b>
            <span>{place}</span>
          </button>
        ))}
      </div>
      {view.locations.length === 0 && (
        <p className={styles.help}>The restaurants’ file names no restaurant.</p>
      )}
      <Failure words={choosing.failure} />
      <div className={styles.actions}>{back}</div>
    </>
  );
}
