import { IconActivity, IconHistory, IconMenu2, IconReceipt, IconSettings } from '@tabler/icons-react';
import { useBoard } from '../state/board-store';
import styles from './rail.module.css';
import { SoundButton } from './sound-button';

const SCREENS = [
  { screen: 'orders', name: 'Orders', Icon: IconReceipt },
  { screen: 'history', name: 'History', Icon: IconHistory },
  { screen: 'menu', name: 'Menu', Icon: IconMenu2 },
  { screen: 'health', name: 'Health', Icon: IconActivity },
  { screen: 'settings', name: 'Settings', Icon: IconSettings },
] as const;

export type Screen = (typeof SCREENS)[number]['screen'];

interface Props {
  readonly screen: Screen;
  readonly onScreen: (screen: Screen) => void;
}

/** The way between the screens. */
export function Rail({ screen, onScreen }: Props) {
  return (
    <div className={styles.rail}>
      <div className={styles.logo} aria-hidden="true">
        T
      </div>
      <nav className={styles.nav} aria-label="Screens">
        {SCREENS.map(({ screen: to, name, Icon }) => (
          <button
            key={to}
            type="button"
            className={styles.item}
            aria-label={name}
            aria-current={to === screen ? 'page' : undefined}
            onClick={() => onScreen(to)}
          >
            <Icon size={24} stroke={1.75} aria-hidden="true" />
            {name}
            {to === 'orders' && screen !== 'orders' && <Unanswered />}
          </button>
        ))}
      </nav>
      <SoundButton className={styles.item} />
    </div>
  );
}

/** Seen from the other screens: how many orders wait for an answer. */
function Unanswered() {
  const orders = useBoard(({ store }) => store?.ringing?.orders ?? 0);
  if (orders === 0) return null;
  return (
    <span className={styles.badge} aria-hidden="true">
      {orders}
    </span>
  );
}
