import type { OrderCard } from '../../../preload/contract';
import { ask } from '../../bridge';
import type { Action } from '../../ui/action';
import { Button } from '../../ui/button';
import { useOverlay } from './overlay';
import styles from './till-help.module.css';
import { type TillStep, tillView } from './till-view';

interface Props {
  readonly card: OrderCard;
  readonly action: Action;
}

/** Why the till needs a person, in words, and what that person can do. Nothing while all goes well. */
export function TillHelp({ card, action }: Props) {
  const { words, steps, urgent } = tillView(card);
  if (words === null && steps.length === 0) return null;
  return (
    <div className={styles.help}>
      {words !== null && (
        <p className={styles.words} data-urgent={urgent || undefined}>
          {words}
        </p>
      )}
      {steps.length > 0 && (
        <div className={styles.steps}>
          {steps.map((step, index) => (
            <TillStepButton
              key={step}
              step={step}
              card={card}
              action={action}
              likeliest={urgent && index === 0}
            />
          ))}
        </div>
      )}
    </div>
  );
}

interface StepProps extends Props {
  readonly step: TillStep;
  readonly likeliest: boolean;
}

function TillStepButton({ step, card, action, likeliest }: StepProps) {
  const open = useOverlay();
  const { key } = card;
  const tone = likeliest && step !== 'whatsapp' ? 'primary' : 'plain';
  const shared = { tone, pending: action.pending === step, className: styles.step } as const;
  switch (step) {
    case 'refund':
      return (
        <Button {...shared} onClick={() => open({ kind: 'refund', card })}>
          Refund in the till
        </Button>
      );
    case 'refund_copy':
      return (
        <Button {...shared} onClick={() => open({ kind: 'refund_copy', card })}>
          Give back in {card.copy?.name}
        </Button>
      );
    case 'copy_given_back':
      return (
        <Button {...shared} onClick={() => open({ kind: 'copy_given_back', card })}>
          Given back by hand
        </Button>
      );
    case 'match':
      return (
        <Button {...shared} onClick={() => open({ kind: 'match', card })}>
          Find it in the menu
        </Button>
      );
    case 'sent':
      return (
        <Button {...shared} onClick={() => action.run(step, () => ask('order:sent', { key }))}>
          Yes, sent
        </Button>
      );
    case 'whatsapp':
      return (
        <Button {...shared} onClick={() => action.run(step, () => ask('order:whatsapp', { key }))}>
          Open WhatsApp
        </Button>
      );
    case 'retry':
      return (
        <Button {...shared} onClick={() => action.run(step, () => ask('order:retry', { key }))}>
          Try the POS again
        </Button>
      );
    case 'enter':
      return (
        <Button {...shared} onClick={() => action.run(step, () => ask('order:enter', { key }))}>
          Enter in till
        </Button>
      );
    case 'entered':
      return (
        <Button {...shared} onClick={() => open({ kind: 'entered', card })}>
          Entered by hand
        </Button>
      );
  }
}
