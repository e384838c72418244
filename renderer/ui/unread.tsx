import { Button } from './button';
import { Failure } from './failure';
import type { Reading } from './reading';

/** In place of what could not be read: why, and once more. Nothing while it is on its way, which is a moment. */
export function Unread({ reading }: { readonly reading: Pick<Reading<unknown>, 'failure' | 'again'> }) {
  if (reading.failure === null) return null;
  return (
    <div>
      <Failure words={reading.failure} />
      <Button style={{ marginTop: 12 }} onClick={reading.again}>
        Try again
      </Button>
    </div>
  );
}
