import { Failure } from '../../ui/failure';
import { RelayUrls } from '../setup/relay-urls';
import { useSetup } from '../setup/use-setup';

/** Where this restaurant's websites send orders, for whoever connects one. */
export function RelayAddresses() {
  const { view, failure } = useSetup();
  if (failure !== null) return <Failure words={failure} />;
  return view === null ? null : <RelayUrls urls={view.relayUrls} />;
}
