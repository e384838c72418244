import type { SetupView } from '../../../preload/contract';
import styles from './setup-wizard.module.css';

/** Where each website sends its orders; a tap selects a whole address. */
export function RelayUrls({ urls }: { readonly urls: SetupView['relayUrls'] }) {
  if (urls.length === 0) return null;
  return (
    <section className={styles.urls} aria-label="Where websites send orders">
      <h2>Where websites send orders</h2>
      {urls.map(({ channel, url }) => (
        <div key={channel}>
          <p>{channel}</p>
          <code>{url}</code>
        </div>
      ))}
    </section>
  );
}
