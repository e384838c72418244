import { useEffect, useState } from 'react';
import type { OrderCard, Output } from '../../../preload/contract';
import { ask, failureWords } from '../../bridge';

export interface OrderDetails {
  readonly card: OrderCard;
  readonly timeline: Output<'order:details'>['timeline'];
  /** Why the timeline could not be read. */
  readonly trouble: string | null;
}

/** Everything about one order; asked again whenever its card changes. */
export function useOrderDetails(card: OrderCard): OrderDetails {
  const [timeline, setTimeline] = useState<OrderDetails['timeline']>([]);
  const [newest, setNewest] = useState(card);
  const [trouble, setTrouble] = useState<string | null>(null);
  useEffect(() => {
    let wanted = true;
    setNewest(card);
    ask('order:details', { key: card.key }).then(
      (details) => {
        if (!wanted) return;
        // It may have left the board since it was opened here.
        setNewest(details.card);
        setTimeline(details.timeline);
        setTrouble(null);
      },
      (error: unknown) => {
        if (wanted) setTrouble(failureWords(error));
      },
    );
    return () => {
      wanted = false;
    };
  }, [card]);
  return { card: newest, timeline, trouble };
}
