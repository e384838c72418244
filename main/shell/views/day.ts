import type { DayView } from '../../../preload/contract';
import { type DayReport, dayWords } from '../../core/day-report';

/** The account of the day for the screen. */
export function dayView({ from, findings, unasked, ...report }: DayReport): DayView {
  return {
    ...report,
    words: dayWords({ from, findings, unasked, ...report }),
    unasked: [...unasked],
    findings: [...findings],
  };
}
