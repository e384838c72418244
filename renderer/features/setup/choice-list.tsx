import { IconCheck } from '@tabler/icons-react';
import { useId, useState } from 'react';
import type { SetupChoice } from '../../../preload/contract';
import { Button } from '../../ui/button';
import styles from './choice-list.module.css';

interface ChoiceListProps {
  readonly choice: SetupChoice;
  readonly onPick: (id: string) => Promise<void>;
  /** Lets the till make what is not there. */
  readonly onCreate: () => Promise<void>;
}

/** Something that the till offers. What is chosen is one line; the list opens to choose and to change. */
export function ChoiceList({ choice, onPick, onCreate }: ChoiceListProps) {
  const heading = useId();
  const [changing, setChanging] = useState(false);
  const [picked, setPicked] = useState<string | null>(null);
  const [creating, setCreating] = useState(false);
  const { label, help, options, required } = choice;
  const chosen = options.find(({ id }) => id === choice.chosen);
  const pick = async (id: string): Promise<void> => {
    setPicked(id);
    await onPick(id);
    setPicked(null);
    setChanging(false);
  };
  const create = async (): Promise<void> => {
    setCreating(true);
    await onCreate();
    setCreating(false);
    setChanging(false);
  };
  const open = changing || (chosen === undefined && required);
  return (
    <section className={styles.choice} aria-labelledby={heading}>
      <div className={styles.head}>
        <div>
          <h2 id={heading}>
            {label}
            {!required && <small> · not needed</small>}
          </h2>
          {open ? <p>{help}</p> : <p className={styles.chosen}>{chosen?.label ?? 'Nothing chosen'}</p>}
        </div>
        {!open &&
          (chosen === undefined ? options.length > 0 || choice.create === null : options.length > 1) && (
            <Button onClick={() => setChanging(true)}>
              {chosen === undefined ? 'Choose' : 'Choose another'}
            </Button>
          )}
        {choice.create !== null && (
          <Button pending={creating} onClick={() => void create()}>
            {choice.create}
          </Button>
        )}
      </div>
      {open && (
        <div className={styles.options}>
          {options.map(({ id, label: name, detail }) => (
            <button
              key={id}
              type="button"
              className={styles.option}
              aria-pressed={id === choice.chosen}
              aria-busy={picked === id || undefined}
              disabled={picked !== null}
              onClick={() => void pick(id)}
            >
              <b>{name}</b>
              {detail !== null && <span>{detail}</span>}
              {id === choice.chosen && <IconCheck size={22} stroke={2.5} aria-hidden="true" />}
            </button>
          ))}
          {options.length === 0 && (
            <p className={styles.none}>The till has none. Make one there, then test again.</p>
          )}
        </div>
      )}
    </section>
  );
}
