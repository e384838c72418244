import type { AppInfo, StoreView } from '../../../preload/contract';
import { ask } from '../../bridge';
import { useBoard } from '../../state/board-store';
import { useAction } from '../../ui/action';
import { Button } from '../../ui/button';
import { Failure } from '../../ui/failure';
import { DeliveryLinks } from '../orders/delivery-links';
import styles from './settings-screen.module.css';

const ENVIRONMENT_WORDS: Readonly<Record<StoreView['environment'], string>> = {
  production: 'Production: the real restaurant',
  staging: 'Staging: for trying out',
  development: 'Development: for building Tillside',
};

interface StoreSectionProps {
  readonly info: AppInfo;
  readonly onSetup: () => void;
}

/** Which restaurant this computer serves. */
export function StoreSection({ info, onSetup }: StoreSectionProps) {
  const store = useBoard((state) => state.store);
  const testing = useAction(null);
  if (store === null) return null;
  const { name, subcategories, timezone, currency } = store.location;
  return (
    <>
      <dl className={styles.facts}>
        <Fact name="Location">{name}</Fact>
        {subcategories.length > 0 && <Fact name="Kind">{subcategories.join(' · ')}</Fact>}
        <Fact name="Time zone">{timezone.replaceAll('_', ' ')}</Fact>
        <Fact name="Currency">{currency}</Fact>
        <Fact name="Environment">
          {info.training ? 'Training: nothing here is real' : ENVIRONMENT_WORDS[store.environment]}
        </Fact>
        <Fact name="Version">{`Tillside ${info.version}`}</Fact>
      </dl>
      <div className={styles.buttons}>
        <Button onClick={onSetup}>{info.training ? 'Set up this store' : 'Open the set-up'}</Button>
        {!info.training && (
          <Button
            pending={testing.pending !== null}
            onClick={() => testing.run('order', () => ask('setup:test-order', {}))}
          >
            Send a test order
          </Button>
        )}
      </div>
      <Failure words={testing.failure} />
      <DeliveryLinks />
    </>
  );
}

function Fact({ name, children }: { readonly name: string; readonly children: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
