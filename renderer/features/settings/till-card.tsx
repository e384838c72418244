import { IconArrowDown, IconArrowUp, IconMinus, IconPlus } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { TillNumber, TillSwitch, TillView } from '../../../preload/contract';
import { useAction } from '../../ui/action';
import { Button } from '../../ui/button';
import { Failure } from '../../ui/failure';
import styles from './till-card.module.css';
import { nextShare, officeWords, ordinal, shareWords, sourcesWords, TILL_SWITCHES } from './till-words';

interface TillCardProps {
  readonly till: TillView;
  /** 1 is asked first. */
  readonly place: number;
  readonly of: number;
  readonly onSwitch: (setting: TillSwitch, value: boolean | null) => Promise<void>;
  readonly onNumber: (setting: TillNumber, value: number | null) => Promise<void>;
  readonly onMove: (by: -1 | 1) => Promise<void>;
  /** Shows how the till may call us. */
  readonly onHook: () => void;
}

const ICON = { size: 24, 'aria-hidden': true } as const;

/** One till: its switches, its turn, and its share of the orders. */
export function TillCard({ till, place, of, onSwitch, onNumber, onMove, onHook }: TillCardProps) {
  const action = useAction(till);
  const undo = (setting: TillSwitch | TillNumber): void =>
    action.run(`undo ${setting}`, () =>
      setting === 'priority' || setting === 'share' ? onNumber(setting, null) : onSwitch(setting, null),
    );
  const share = (by: -1 | 1): void => action.run('share', () => onNumber('share', nextShare(till.share, by)));
  const sources = sourcesWords(till);
  return (
    <section className={styles.card} aria-label={till.name}>
      <h3>{till.name}</h3>
      {TILL_SWITCHES.map(({ setting, name, words }) => (
        <Row key={setting} till={till} setting={setting} name={name} words={words} onUndo={undo}>
          <button
            type="button"
            role="switch"
            className={styles.switch}
            aria-checked={till[setting]}
            aria-label={`${till.name}: ${name}`}
            aria-busy={action.pending === setting || undefined}
            onClick={() => action.run(setting, () => onSwitch(setting, !till[setting]))}
          >
            <span aria-hidden="true">{till[setting] ? 'On' : 'Off'}</span>
          </button>
        </Row>
      ))}
      {sources !== null && (
        <div className={styles.row}>
          <div className={styles.words}>
            <b>Other orders</b>
            <span>{sources}</span>
            <small>as head office says</small>
          </div>
        </div>
      )}
      {till.provider === 'odoo' && (
        <div className={styles.row}>
          <div className={styles.words}>
            <b>Calls from Odoo</b>
            <span>With a rule in Odoo, news come at once instead of after some seconds.</span>
          </div>
          <div className={styles.controls}>
            <Button aria-label={`${till.name}: let it call`} onClick={onHook}>
              Let Odoo call…
            </Button>
          </div>
        </div>
      )}
      {of > 1 && (
        <>
          <Row
            till={till}
            setting="priority"
            name={`Asked ${ordinal(place)}`}
            words="The first till that works takes the order; the next one stands in."
            onUndo={undo}
          >
            <Button
              aria-label={`${till.name}: ask it sooner`}
              disabled={place === 1}
              onClick={() => action.run('up', () => onMove(-1))}
            >
              <IconArrowUp {...ICON} />
            </Button>
            <Button
              aria-label={`${till.name}: ask it later`}
              disabled={place === of}
              onClick={() => action.run('down', () => onMove(1))}
            >
              <IconArrowDown {...ICON} />
            </Button>
          </Row>
          <Row
            till={till}
            setting="share"
            name="Share of the orders"
            words="So many orders of a hundred go to it first."
            onUndo={undo}
          >
            <Button
              aria-label={`${till.name}: smaller share`}
              disabled={till.share === null || till.share === 0}
              onClick={() => share(-1)}
            >
              <IconMinus {...ICON} />
            </Button>
            <output className={styles.share}>{shareWords(till.share)}</output>
            <Button
              aria-label={`${till.name}: larger share`}
              disabled={till.share === 100}
              onClick={() => share(1)}
            >
              <IconPlus {...ICON} />
            </Button>
          </Row>
        </>
      )}
      <Failure words={action.failure} />
    </section>
  );
}

interface RowProps {
  readonly till: TillView;
  readonly setting: TillSwitch | TillNumber;
  readonly name: string;
  readonly words: string;
  readonly onUndo: (setting: TillSwitch | TillNumber) => void;
  readonly children: ReactNode;
}

/** A setting, whether it is head office's, and the way back to it. */
function Row({ till, setting, name, words, onUndo, children }: RowProps) {
  const office = officeWords(till, setting);
  return (
    <div className={styles.row}>
      <div className={styles.words}>
        <b>{name}</b>
        <span>{words}</span>
        <small data-changed={office.changed || undefined}>{office.words}</small>
      </div>
      {office.changed && (
        <Button tone="quiet" aria-label={`Undo: ${till.name}, ${name}`} onClick={() => onUndo(setting)}>
          Undo
        </Button>
      )}
      <div className={styles.controls}>{children}</div>
    </div>
  );
}
