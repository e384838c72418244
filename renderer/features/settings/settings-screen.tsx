import { lazy, Suspense, useState } from 'react';
import type { AppInfo, StoreView } from '../../../preload/contract';
import { useBoard } from '../../state/board-store';
import { Button } from '../../ui/button';
import { AppearanceChoice } from './appearance-choice';
import { RelayAddresses } from './relay-addresses';
import styles from './settings-screen.module.css';

const SetupScreen = lazy(async () => ({ default: (await import('../setup/setup-screen')).SetupScreen }));

const ENVIRONMENT_WORDS: Readonly<Record<StoreView['environment'], string>> = {
  production: 'Production: the real restaurant',
  staging: 'Staging: for trying out',
  development: 'Development: for building Tillside',
};

/** What this computer is set to, and how its screen looks. */
export function SettingsScreen({ info }: { readonly info: AppInfo }) {
  const store = useBoard((state) => state.store);
  const [setup, setSetup] = useState(false);
  if (store === null) return null;
  if (setup) {
    return (
      <Suspense fallback={null}>
        <SetupScreen onClose={() => setSetup(false)} />
      </Suspense>
    );
  }
  return (
    <div className={styles.screen}>
      <section aria-label="Look">
        <h2 className={styles.heading}>Look</h2>
        <AppearanceChoice />
      </section>
      <section aria-label="This restaurant">
        <h2 className={styles.heading}>This restaurant</h2>
        <dl className={styles.facts}>
          <Fact name="Location">{store.location.name}</Fact>
          <Fact name="Time zone">{store.location.timezone.replaceAll('_', ' ')}</Fact>
          <Fact name="Currency">{store.location.currency}</Fact>
          <Fact name="Environment">
            {info.training ? 'Training: nothing here is real' : ENVIRONMENT_WORDS[store.environment]}
          </Fact>
          <Fact name="Version">{`Tillside ${info.version}`}</Fact>
        </dl>
        <Button className={styles.open} onClick={() => setSetup(true)}>
          {info.training ? 'Set up this store' : 'Open the set-up'}
        </Button>
      </section>
      {!info.training && <RelayAddresses />}
    </div>
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
