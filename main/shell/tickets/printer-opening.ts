import { unreachable } from '../../core/never';
import type { PrinterSetting } from '../../core/ticket-printer';
import { NetworkPrinter } from '../../tickets/network-printer';
import type { TicketPrinter } from '../../tickets/printer';
import type { Paper } from './paper';
import { SystemPrinter } from './system-printer';

/** The printer that a setting means. Nothing is asked of it yet. */
export function openPrinter({ connection, width }: PrinterSetting, paper: Paper): TicketPrinter {
  switch (connection.kind) {
    case 'network':
      return new NetworkPrinter(connection);
    case 'system':
      return new SystemPrinter(connection.device, width, paper);
    default:
      return unreachable(connection);
  }
}
