import '@mantine/core/styles/default-css-variables.css';
import '@mantine/core/styles/UnstyledButton.css';
import '@mantine/core/styles/CloseButton.css';
import '@mantine/core/styles/Paper.css';
import '@mantine/core/styles/Overlay.css';
import '@mantine/core/styles/ModalBase.css';
import '@mantine/core/styles/Modal.css';
import '@mantine/core/styles/Drawer.css';
import '@mantine/core/styles/Input.css';
import '@mantine/core/styles/PasswordInput.css';
import { createTheme, MantineProvider } from '@mantine/core';
import type { ReactNode } from 'react';
import { useScheme } from './appearance';
import './library.css';

const theme = createTheme({
  fontFamily: '"Inter Variable", system-ui, sans-serif',
  defaultRadius: 14,
  cursorType: 'pointer',
  respectReducedMotion: true,
});

/**
 * Mantine, for what is hard to get right by hand: dialogs that keep the focus, and inputs. It comes with the screens
 * that need it, so that the board does not wait for it.
 */
export function Library({ children }: { readonly children: ReactNode }) {
  const scheme = useScheme();
  return (
    <MantineProvider theme={theme} forceColorScheme={scheme}>
      {children}
    </MantineProvider>
  );
}
