import type { Output } from '../../../preload/contract';
import { formatMoney } from '../../core/money';
import { unreachable } from '../../core/never';
import type { OnlineOrder } from '../../core/online-order';
import type { Sale } from '../../core/order';
import type { OrderEvent, RecordedEvent } from '../../core/order-events';
import { birthTill } from '../../core/till-order';

type Timeline = Output<'order:details'>['timeline'];

/** The life of an order in sentences, oldest first. */
export function timeline(history: readonly RecordedEvent[]): Timeline {
  const [first] = history;
  const sender = first !== undefined && isFromTill(first.event) ? 'till' : 'website';
  return history.flatMap(({ at, event }) => {
    const words = wordsOf(event, sender);
    return words === null ? [] : [{ at, words }];
  });
}

function isFromTill(first: OrderEvent): boolean {
  if (first.type === 'archived') return first.order !== undefined && birthTill(first.order.key) !== undefined;
  return first.type === 'received' && first.via === 'pos';
}

/** @param sender who sent the order, and speaks of it later */
function wordsOf(event: OrderEvent, sender: 'website' | 'till'): string | null {
  switch (event.type) {
    case 'received':
      if (event.via === 'pos') return 'It came from the till.';
      return event.via === 'webhook' ? 'Arrived from the website.' : 'Fetched from the website.';
    case 'updated':
      return `The ${sender} changed it.`;
    case 'superseded':
      return 'An older version arrived late and was put aside.';
    case 'archived':
      return 'Closed long ago: the customer’s details and the steps were deleted.';
    case 'changed_after_archive':
      return lateWords(event.document, sender);
    case 'seen':
      return 'Seen at the counter.';
    case 'accepted':
      return event.by === 'staff' ? 'Accepted.' : 'Accepted automatically.';
    case 'preparing':
      return 'The kitchen began.';
    case 'ready':
      return 'Ready.';
    case 'completed':
      return 'Handed over.';
    case 'rejected':
      return event.text === '' ? 'Rejected.' : `Rejected: ${event.text}`;
    case 'cancelled':
      return `${event.by === 'website' ? `Cancelled by the ${sender}` : 'Cancelled here'}${event.text === '' ? '.' : `: ${event.text}`}`;
    case 'injection_started':
      return 'Sent to the till.';
    case 'injected':
      return event.found
        ? `Found in the till as receipt ${event.sale.number}.`
        : `In the till as receipt ${event.sale.number}.`;
    case 'sale_changed':
      return saleWords(event.sale);
    case 'injection_postponed':
    case 'injection_unknown':
    case 'injection_refused':
    case 'sale_search_failed':
    case 'whatsapp_failed':
      return event.trouble.words;
    case 'sale_not_found':
      return 'Asked the till: it does not show the order yet. Asking again.';
    case 'sale_absent':
      return 'The till does not have it. It may be sent again.';
    case 'retry_requested':
      return 'Somebody asked to try the till again.';
    case 'diverted':
      return 'The till could not be reached: it goes by WhatsApp.';
    case 'whatsapp_opened':
      return 'Opened in WhatsApp.';
    case 'whatsapp_to_paste':
      return 'Too long for the link: the whole order was copied, to be pasted.';
    case 'whatsapp_sent':
      return 'Sent in WhatsApp.';
    case 'entry_released':
      return 'Somebody chose to enter it in the till.';
    case 'entered_by_hand':
      return event.receipt === null
        ? 'Entered in the till by hand.'
        : `Entered by hand as receipt ${event.receipt}.`;
    case 'paid_at_counter':
      return event.by === 'cash' ? 'Paid in cash at the counter.' : 'Paid by card at the counter.';
    case 'copy_found':
      return `Found in ${event.name}, too, as receipt ${event.sale.number}.`;
    case 'copy_refund': {
      const words = wordsOf(event.step, sender);
      return words === null ? null : `The second sale: ${words}`;
    }
    case 'copy_given_back_by_hand':
      return 'The second sale: given back there by hand.';
    case 'refund_requested':
      return 'Somebody asked for a refund.';
    case 'refund_started':
      return 'Asked the till to give it back.';
    case 'refunded':
      if (event.refund.calledOff) return `Bill ${event.refund.number} called off in the till.`;
      return event.found
        ? `Given back in the till already: receipt ${event.refund.number}.`
        : `Given back as receipt ${event.refund.number}.`;
    case 'refund_postponed':
    case 'refund_unknown':
    case 'refund_search_failed':
    case 'refund_refused':
      return event.trouble.words;
    case 'refund_not_found':
      return 'Asked the till: it does not show the refund yet. Asking again.';
    case 'refund_absent':
      return 'The till has not given it back. It is asked to once more.';
    default:
      return unreachable(event);
  }
}

function lateWords({ status, total, currency }: OnlineOrder, sender: 'website' | 'till'): string {
  const what = status === 'cancelled' ? 'cancelled' : 'changed';
  return `The ${sender} ${what} it long after it was closed. It says ${formatMoney(total, currency)} now.`;
}

function saleWords({ number, state }: Sale): string {
  switch (state) {
    case 'open':
      return `The bill ${number} is open in the till.`;
    case 'called_off':
      return `The bill ${number} was called off in the till.`;
    case 'paid':
      return `Paid in the till: receipt ${number}.`;
    case undefined:
      return `The till changed receipt ${number}.`;
    default:
      return unreachable(state);
  }
}
