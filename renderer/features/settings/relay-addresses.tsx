import { Failure } from '../../ui/failure';
import { RelayUrls } from '../setup/relay-urls';
import { useSetup } from '../setup/use-setup';
import styles from './settings-screen.module.css';

/** Where this restaurant's websites send orders, for whoever connects one. */
export function RelayAddresses() {
  const { view, failure } = useSetup();
  if (failure !== null) return <Failure words={failure} />;
  if (view === null || view.relayUrls.length === 0) return null;
  return (
    <section aria-label="Where websites send orders">
      <h2 className={styles.heading}>Where websites send orders</h2>
      <RelayUrls urls={view.relayUrls} />
    </section>
  );
}
