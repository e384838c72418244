import { TextInput } from '@mantine/core';
import { useState } from 'react';
import type { PrintersView, PrinterView } from '../../../preload/contract';
import { ask } from '../../bridge';
import { useAction } from '../../ui/action';
import { Button } from '../../ui/button';
import { Choice } from '../../ui/choice';
import { Dialog } from '../../ui/dialog';
import dialog from '../../ui/dialog.module.css';
import { Failure } from '../../ui/failure';
import { addressOf, addressWords } from './printer-address';
import styles from './settings-screen.module.css';

interface Props {
  /** `null` for a new one. */
  readonly printer: PrinterView | null;
  readonly view: PrintersView;
  readonly onSaved: (view: PrintersView) => void;
  readonly onClose: () => void;
}

const COPIES = [1, 2, 3] as const;

/** Where a printer is, how wide its paper is, and what it prints. */
export function PrinterDialog({ printer, view, onSaved, onClose }: Props) {
  const { devices } = view;
  const others = view.printers.filter(({ id }) => id !== printer?.id);
  const network = printer?.connection.kind === 'network' ? printer.connection : null;
  const [name, setName] = useState(printer?.name ?? 'Kitchen');
  const [device, setDevice] = useState(
    printer?.connection.kind === 'system' ? printer.connection.device : null,
  );
  const [address, setAddress] = useState(network === null ? '' : addressWords(network));
  const [mute, setMute] = useState(network?.mute ?? false);
  const [width, setWidth] = useState<PrinterView['width']>(printer?.width ?? 80);
  const [copies, setCopies] = useState(printer?.copies ?? 1);
  const [when, setWhen] = useState<PrinterView['when']>(printer?.when ?? 'accept');
  const [backup, setBackup] = useState(printer?.backup ?? null);
  const action = useAction(view);
  const save = (): void =>
    action.run('save', async () => {
      const { host, port } = addressOf(address);
      const connection =
        device === null
          ? ({ kind: 'network', host, port, mute } as const)
          : ({ kind: 'system', device } as const);
      const wanted = { name, connection, width, copies, when, backup };
      onSaved(await ask('printers:save', { id: printer?.id ?? null, ...wanted }));
    });
  return (
    <Dialog title={printer === null ? 'Add a printer' : printer.name} onClose={onClose}>
      <form
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault();
          save();
        }}
      >
        <TextInput
          label="What you call it"
          maxLength={40}
          data-autofocus
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        {devices.length > 0 && (
          <Choice
            label="Where it is"
            options={[
              { value: null, label: 'In the network' },
              ...devices.map((one) => ({ value: one.device, label: one.label })),
            ]}
            chosen={device}
            onChoose={setDevice}
          />
        )}
        {device === null && (
          <TextInput
            label="Its address in the network"
            description="It prints this when you hold its feed button while you switch it on."
            placeholder="192.168.1.50"
            maxLength={260}
            spellCheck={false}
            value={address}
            onChange={(event) => setAddress(event.currentTarget.value)}
          />
        )}
        <div className={styles.pair}>
          <Choice
            label="Paper"
            options={[
              { value: 80, label: '80 mm' },
              { value: 58, label: '58 mm' },
            ]}
            chosen={width}
            onChoose={setWidth}
          />
          <Choice
            label="Copies"
            options={COPIES.map((value) => ({ value, label: String(value) }))}
            chosen={copies}
            onChoose={setCopies}
          />
          <Choice
            label="A ticket is printed"
            options={[
              { value: 'accept', label: 'On accept' },
              { value: 'arrival', label: 'On arrival' },
            ]}
            chosen={when}
            onChoose={setWhen}
          />
          {device === null && (
            <Choice
              label="Does it say when it has printed?"
              options={[
                { value: false, label: 'Yes' },
                { value: true, label: 'No' },
              ]}
              chosen={mute}
              onChoose={setMute}
            />
          )}
        </div>
        {others.length > 0 && (
          <Choice
            label="When it has trouble"
            options={[
              { value: null, label: 'Tickets wait' },
              ...others.map((one) => ({ value: one.id, label: `${one.name} stands in` })),
            ]}
            chosen={backup}
            onChoose={setBackup}
          />
        )}
        <Failure words={action.failure} />
        <div className={dialog.actions}>
          <Button className={dialog.back} onClick={onClose}>
            Back
          </Button>
          <Button type="submit" tone="primary" className={dialog.main} pending={action.pending !== null}>
            Save
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
