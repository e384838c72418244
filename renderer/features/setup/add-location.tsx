import { TextInput } from '@mantine/core';
import { IconArrowLeft } from '@tabler/icons-react';
import { useAction } from '../../ui/action';
import { Button } from '../../ui/button';
import { Failure } from '../../ui/failure';
import { ADD_PAGES, type AddPage, isAnswered, type NewLocation, trimmed } from './add-pages';
import styles from './setup-wizard.module.css';

interface AddLocationProps {
  readonly islands: readonly string[];
  readonly draft: NewLocation;
  readonly at: number;
  readonly onDraft: (draft: NewLocation) => void;
  readonly onAt: (at: number) => void;
  readonly onLeave: () => void;
  readonly onAdd: (location: NewLocation) => Promise<void>;
}

const TILLS = [
  { till: 'loyverse', name: 'Loyverse' },
  { till: 'odoo', name: 'Odoo' },
] as const;

/** A restaurant that head office’s file does not have yet. */
export function AddLocation({ islands, draft, at, onDraft, onAt, onLeave, onAdd }: AddLocationProps) {
  const adding = useAction(null);
  const page = ADD_PAGES[at];
  if (page === undefined) return null;
  const isLast = at === ADD_PAGES.length - 1;
  const answered = isAnswered(page, draft);
  const next = (): void => {
    if (!answered) return;
    if (isLast) adding.run('add', () => onAdd(trimmed(draft)));
    else onAt(at + 1);
  };
  return (
    <form
      key={at}
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault();
        next();
      }}
    >
      <h1>{page.title}</h1>
      <p className={styles.help}>{page.help}</p>
      <Answers page={page} islands={islands} draft={draft} onDraft={onDraft} />
      <Failure words={adding.failure} />
      <div className={styles.actions}>
        <Button
          icon={<IconArrowLeft size={22} aria-hidden="true" />}
          className={styles.back}
          onClick={() => (at === 0 ? onLeave() : onAt(at - 1))}
        >
          Back
        </Button>
        <Button
          type="submit"
          tone="primary"
          className={styles.next}
          disabled={!answered}
          pending={adding.pending !== null}
        >
          {isLast ? 'Add this restaurant' : 'Next'}
        </Button>
      </div>
    </form>
  );
}

interface AnswersProps {
  readonly page: AddPage;
  readonly islands: readonly string[];
  readonly draft: NewLocation;
  readonly onDraft: (draft: NewLocation) => void;
}

function Answers({ page, islands, draft, onDraft }: AnswersProps) {
  switch (page.kind) {
    case 'texts':
      return page.entries.map(({ key, label, placeholder, longest }, index) => (
        <TextInput
          key={key}
          label={label}
          placeholder={placeholder}
          autoFocus={index === 0}
          autoComplete="off"
          maxLength={longest}
          value={draft[key]}
          onChange={(event) => onDraft({ ...draft, [key]: event.currentTarget.value })}
        />
      ));
    case 'island':
      return (
        <div className={styles.locations}>
          {islands.map((island) => (
            <Choice
              key={island}
              name={island}
              chosen={island === draft.island}
              onChoose={() => onDraft({ ...draft, island })}
            />
          ))}
        </div>
      );
    case 'tills':
      return (
        <div className={styles.locations}>
          {TILLS.map(({ till, name }) => {
            const chosen = draft.tills.includes(till);
            const tills = chosen ? draft.tills.filter((one) => one !== till) : [...draft.tills, till];
            return (
              <Choice key={till} name={name} chosen={chosen} onChoose={() => onDraft({ ...draft, tills })} />
            );
          })}
        </div>
      );
    case 'website':
      return (
        <div className={styles.locations}>
          <Choice name="Yes" chosen={draft.website} onChoose={() => onDraft({ ...draft, website: true })} />
          <Choice name="No" chosen={!draft.website} onChoose={() => onDraft({ ...draft, website: false })} />
        </div>
      );
  }
}

interface ChoiceProps {
  readonly name: string;
  readonly chosen: boolean;
  readonly onChoose: () => void;
}

function Choice({ name, chosen, onChoose }: ChoiceProps) {
  return (
    <button type="button" className={styles.location} aria-pressed={chosen} onClick={onChoose}>
      <b>{name}</b>
    </button>
  );
}
