import { TextInput } from '@mantine/core';
import { useCallback, useDeferredValue, useEffect, useState } from 'react';
import type { MatchChoice, MatchQuestion, OrderCard } from '../../../preload/contract';
import { ask } from '../../bridge';
import { useAction } from '../../ui/action';
import { Button } from '../../ui/button';
import { Dialog } from '../../ui/dialog';
import { Failure } from '../../ui/failure';
import { money } from '../../ui/money-words';
import { useReading } from '../../ui/reading';
import { Unread } from '../../ui/unread';
import styles from './match-dialog.module.css';

interface Props {
  readonly card: OrderCard;
  readonly onClose: () => void;
}

/** What the website's dishes are in the till, one after the other; the order then goes there by itself. */
export function MatchDialog({ card, onClose }: Props) {
  const { key } = card;
  const { location, channel, id } = key;
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key is a new object each time the card changes.
  const read = useCallback(() => ask('match:read', { key }), [location, channel, id]);
  const reading = useReading(read);
  const questions = reading.value;
  const [question] = questions ?? [];
  useEffect(() => {
    if (questions?.length === 0) onClose();
  }, [questions, onClose]);
  if (question === undefined) {
    return (
      <Dialog title={`${card.number}: the till’s menu`} onClose={onClose}>
        <Unread reading={reading} />
      </Dialog>
    );
  }
  return (
    <Dialog title={`What is “${question.name}” in the till?`} onClose={onClose}>
      <Question
        key={`${question.line}/${question.modifier}`}
        card={card}
        question={question}
        left={(questions?.length ?? 1) - 1}
        onMatched={reading.again}
      />
    </Dialog>
  );
}

interface QuestionProps {
  readonly card: OrderCard;
  readonly question: MatchQuestion;
  /** How many more there are. */
  readonly left: number;
  readonly onMatched: () => void;
}

function Question({ card, question, left, onMatched }: QuestionProps) {
  const { key, currency } = card;
  const { line, modifier, price, dish } = question;
  const [query, setQuery] = useState('');
  const found = useFound(card, useDeferredValue(query.trim()));
  const action = useAction(question);
  const choices = found ?? question.choices;
  const match = (choice: MatchChoice): void =>
    action.run(choice.id, async () => {
      await ask('match:keep', { key, line, modifier, id: choice.id });
      onMatched();
    });
  return (
    <div className={styles.question}>
      <p className={styles.words}>
        {dish === null ? '' : `An extra for ${dish}. `}
        The website says {money(price, currency)}. Tillside remembers what you choose.
        {left > 0 && ` ${left} more to match.`}
      </p>
      {modifier === null && (
        <TextInput
          label="Search the till’s menu"
          data-autofocus
          maxLength={100}
          value={query}
          onChange={(event) => setQuery(event.currentTarget.value)}
        />
      )}
      <ul className={styles.choices} aria-label="In the till">
        {choices.map((choice) => (
          <li key={choice.id}>
            <Button
              className={styles.choice}
              pending={action.pending === choice.id}
              onClick={() => match(choice)}
            >
              <span className={styles.label}>{choice.label}</span>
              <span className={styles.price} data-same={choice.price === price || undefined}>
                {choice.price === null ? 'typed at the till' : money(choice.price, currency)}
              </span>
            </Button>
          </li>
        ))}
      </ul>
      {choices.length === 0 && <p className={styles.words}>{emptyWords(question, query)}</p>}
      <Failure words={action.failure} />
    </div>
  );
}

function emptyWords({ modifier }: MatchQuestion, query: string): string {
  if (modifier !== null) return 'The till has no extras for this dish. Add them there and update the menu.';
  return query.trim() === ''
    ? 'Nothing on the till’s menu looks like it. Search for it.'
    : 'Nothing on the till’s menu has this name.';
}

/** What the till has under these words; `null` while nothing was typed. */
function useFound({ key }: OrderCard, query: string): readonly MatchChoice[] | null {
  const [found, setFound] = useState<readonly MatchChoice[] | null>(null);
  const { location, channel, id } = key;
  useEffect(() => {
    if (query === '') {
      setFound(null);
      return;
    }
    let current = true;
    ask('match:search', { key: { location, channel, id }, query }).then(
      (choices) => current && setFound(choices),
      // The suggestions stay; the next letter asks again.
      () => undefined,
    );
    return () => {
      current = false;
    };
  }, [query, location, channel, id]);
  return found;
}
