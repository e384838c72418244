import type { SetupView } from '../../../preload/contract';
import styles from './relay-urls.module.css';

/** Where each website sends its orders; a tap selects a whole address. */
export function RelayUrls({ urls }: { readonly urls: SetupView['relayUrls'] }) {
  if (urls.length === 0) return null;
  return (
    <dl className={styles.urls}>
      {urls.map(({ channel, url }) => (
        <div key={channel}>
          <dt>{channel}</dt>
          <dd>
            <code>{url}</code>
          </dd>
        </div>
      ))}
    </dl>
  );
}
