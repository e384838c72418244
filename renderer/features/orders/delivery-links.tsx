import { IconExternalLink } from '@tabler/icons-react';
import { ask } from '../../bridge';
import { useBoard } from '../../state/board-store';
import { useAction } from '../../ui/action';
import { Button } from '../../ui/button';
import { Failure } from '../../ui/failure';
import styles from './delivery-links.module.css';
import { linkName } from './order-words';

/** Where else customers order from this restaurant; each opens in the browser. */
export function DeliveryLinks() {
  const links = useBoard(({ store }) => store?.location.delivery ?? null);
  const opening = useAction(null);
  if (links === null || links.length === 0) return null;
  return (
    <section className={styles.links} aria-label="Delivery">
      <h3>Delivery</h3>
      <div className={styles.buttons}>
        {links.map(({ name }) => (
          <Button
            key={name}
            icon={<IconExternalLink size={20} aria-hidden="true" />}
            pending={opening.pending === name}
            onClick={() => opening.run(name, () => ask('store:open-link', { name }))}
          >
            {linkName(name)}
          </Button>
        ))}
      </div>
      <Failure words={opening.failure} />
    </section>
  );
}
