import { lazy, Suspense, useState } from 'react';
import type { TicketsView } from '../../preload/contract';
import { ask } from '../bridge';
import { useAction } from '../ui/action';
import { Button } from '../ui/button';
import { BarFrame } from './bar';

const TicketsDialog = lazy(async () => ({
  default: (await import('../features/orders/tickets-dialog')).TicketsDialog,
}));

/** A printer that does not print, and what to do. */
export function PrinterBar({ words }: { readonly words: string }) {
  return <BarFrame tone="attention">{words}</BarFrame>;
}

/** After an outage: what waited is no news to the kitchen, so nothing of it is printed by itself. */
export function WaitingTicketsBar({ waiting }: { readonly waiting: TicketsView['waiting'] }) {
  const [choosing, setChoosing] = useState(false);
  const action = useAction(waiting);
  const all = waiting.map(({ seq }) => seq);
  return (
    <>
      <BarFrame
        tone="attention"
        failure={action.failure}
        buttons={
          <>
            <Button
              pending={action.pending === 'none'}
              onClick={() => action.run('none', () => ask('tickets:decide', { print: [], leave: all }))}
            >
              None
            </Button>
            <Button onClick={() => setChoosing(true)}>Choose</Button>
            <Button
              tone="primary"
              pending={action.pending === 'all'}
              onClick={() => action.run('all', () => ask('tickets:decide', { print: all, leave: [] }))}
            >
              {all.length === 1 ? 'Print it' : 'Print all'}
            </Button>
          </>
        }
      >
        {all.length === 1
          ? '1 kitchen ticket waited too long to be printed by itself.'
          : `${all.length} kitchen tickets waited too long to be printed by themselves.`}
      </BarFrame>
      {choosing && (
        <Suspense fallback={null}>
          <TicketsDialog waiting={waiting} onClose={() => setChoosing(false)} />
        </Suspense>
      )}
    </>
  );
}

interface QuestionProps {
  readonly question: TicketsView['questions'][number];
  /** How many more there are. */
  readonly more: number;
}

/** A ticket of which nobody knows whether it is on paper: it is never printed again by itself. */
export function TicketQuestionBar({ question, more }: QuestionProps) {
  const { seq, number, words, sure } = question;
  const action = useAction(seq);
  const answer = (onPaper: boolean) => () =>
    action.run(String(onPaper), () => ask('tickets:answer', { seq, onPaper }));
  return (
    <BarFrame
      tone="attention"
      failure={action.failure}
      buttons={
        <>
          <Button pending={action.pending === 'true'} onClick={answer(true)}>
            {sure ? 'Leave it' : 'It is on paper'}
          </Button>
          <Button tone="primary" pending={action.pending === 'false'} onClick={answer(false)}>
            Print it again
          </Button>
        </>
      }
    >
      Ticket <strong>{number}</strong>: {words} {sure ? '' : 'Is it on paper?'}
      {more > 0 && (more === 1 ? ' One more ticket to look for.' : ` ${more} more tickets to look for.`)}
    </BarFrame>
  );
}
