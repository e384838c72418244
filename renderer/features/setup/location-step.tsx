import { TextInput } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { type ReactNode, useState } from 'react';
import type { SetupView } from '../../../preload/contract';
import { useAction } from '../../ui/action';
import { Button } from '../../ui/button';
import { Failure } from '../../ui/failure';
import styles from './setup-wizard.module.css';

interface LocationStepProps {
  readonly view: SetupView;
  readonly back: ReactNode;
  readonly onChoose: (id: string) => Promise<void>;
  readonly onAdd: () => void;
  readonly onNext: () => void;
}

/** More restaurants than fit the screen can be searched; more than this are not drawn. */
const SEARCH_FROM = 10;
const MOST_SHOWN = 60;

export function LocationStep({ view, back, onChoose, onAdd, onNext }: LocationStepProps) {
  const [search, setSearch] = useState('');
  const choosing = useAction(view.chosen);
  const found = matching(view.locations, search);
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
      {view.locations.length > SEARCH_FROM && (
        <TextInput
          aria-label="Search restaurants"
          placeholder="Search by name or street"
          value={search}
          onChange={(event) => setSearch(event.currentTarget.value)}
        />
      )}
      <div className={styles.locations}>
        {found.slice(0, MOST_SHOWN).map(({ id, name, place }) => (
          <button
            key={id}
            type="button"
            className={styles.location}
            aria-pressed={id === view.chosen}
            aria-busy={choosing.pending === id || undefined}
            onClick={() => (id === view.chosen ? onNext() : choosing.run(id, () => onChoose(id)))}
          >
            <b>{name}</b>
            <span>{place}</span>
          </button>
        ))}
        <button type="button" className={styles.location} data-other onClick={onAdd}>
          <IconPlus size={24} aria-hidden="true" />
          <b>This restaurant is not in the list</b>
        </button>
      </div>
      {found.length > MOST_SHOWN && (
        <p className={styles.help}>{found.length - MOST_SHOWN} more. Search to find them.</p>
      )}
      <Failure words={choosing.failure} />
      <div className={styles.actions}>
        {back}
        {view.chosen !== null && (
          <Button tone="primary" className={styles.next} onClick={onNext}>
            Next
          </Button>
        )}
      </div>
    </>
  );
}

/** Every word that was typed must be in the name or in the place. */
export function matching(locations: SetupView['locations'], search: string): SetupView['locations'] {
  const words = search
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
  return locations.filter(({ id, name, place }) => {
    const text = `${id} ${name} ${place}`.toLowerCase();
    return words.every((word) => text.includes(word));
  });
}
