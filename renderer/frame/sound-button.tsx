import { IconVolume, IconVolumeOff } from '@tabler/icons-react';
import { useSyncExternalStore } from 'react';
import { isSoundBlocked, subscribeToSound, testSound } from './sound';

/** Plays the ring once, so that everybody knows it and hears that it is loud enough. */
export function SoundButton({ className }: { readonly className: string | undefined }) {
  const blocked = useSyncExternalStore(subscribeToSound, isSoundBlocked);
  const Icon = blocked ? IconVolumeOff : IconVolume;
  return (
    <button type="button" className={className} aria-label="Sound: play a test" onClick={testSound}>
      <Icon size={24} stroke={1.75} aria-hidden="true" />
      Sound
    </button>
  );
}
