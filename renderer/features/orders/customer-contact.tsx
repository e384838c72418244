import { IconBrandWhatsapp, IconCopy, IconPhone } from '@tabler/icons-react';
import { useState } from 'react';
import type { OrderCard } from '../../../preload/contract';
import { ask } from '../../bridge';
import { useAction } from '../../ui/action';
import { Button } from '../../ui/button';
import { Failure } from '../../ui/failure';
import styles from './customer-contact.module.css';
import { phoneWords } from './order-words';

/** The customer's number, large enough to be dialled from across the counter, and WhatsApp one tap away. */
export function CustomerContact({ card: { key, customer } }: { readonly card: OrderCard }) {
  const [done, setDone] = useState<'message' | 'copy' | null>(null);
  const action = useAction(done);
  if (customer.phone === '') return null;
  // A number is never broken over two lines.
  const phone = phoneWords(customer.phone).replaceAll(' ', '\u00a0');
  const run = (step: 'message' | 'copy', work: () => Promise<unknown>): void => {
    setDone(null);
    action.run(step, async () => {
      await work();
      setDone(step);
    });
  };
  return (
    <section className={styles.contact} aria-label="Reach the customer">
      <p className={styles.number}>
        <IconPhone size={24} aria-hidden="true" /> {phone}
      </p>
      <div className={styles.ways}>
        <Button
          icon={<IconBrandWhatsapp size={22} aria-hidden="true" />}
          pending={action.pending === 'message'}
          onClick={() => run('message', () => ask('order:message-customer', { key }))}
        >
          Message in WhatsApp
        </Button>
        <Button
          icon={<IconCopy size={22} aria-hidden="true" />}
          pending={action.pending === 'copy'}
          onClick={() => run('copy', () => ask('order:copy-phone', { key }))}
        >
          Copy number
        </Button>
      </div>
      <p role="status" className={styles.said}>
        {done === 'message' && `WhatsApp is open. Not on WhatsApp? Call ${phone}.`}
        {done === 'copy' && 'The number is copied.'}
      </p>
      <Failure words={action.failure} />
    </section>
  );
}
