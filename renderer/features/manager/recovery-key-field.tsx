import { Textarea } from '@mantine/core';
import { Library } from '../../ui/library';

interface RecoveryKeyFieldProps {
  readonly value: string;
  readonly onChange: (value: string) => void;
}

/** The recovery key as it stands on paper: readable while it is typed, because it is long. */
export function RecoveryKeyField({ value, onChange }: RecoveryKeyFieldProps) {
  return (
    <Library>
      <Textarea
        label="Recovery key"
        placeholder="AGE-SECRET-KEY-…"
        rows={3}
        maxLength={400}
        autoComplete="off"
        spellCheck={false}
        value={value}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
    </Library>
  );
}
