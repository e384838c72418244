import { Component, type ReactNode } from 'react';
import { Button } from './button';
import styles from './full-page.module.css';

interface Props {
  readonly children: ReactNode;
}

/** A defect in the screen must not look like a quiet evening: says so, and offers a fresh start. */
export class ErrorBoundary extends Component<Props, { readonly broken: boolean }> {
  override state = { broken: false };

  static getDerivedStateFromError(): { readonly broken: boolean } {
    return { broken: true };
  }

  override render(): ReactNode {
    if (!this.state.broken) return this.props.children;
    return (
      <main className={styles.page} role="alert">
        <h1 className={styles.title}>This screen stopped working</h1>
        <p className={styles.words}>
          No order is lost: they are safe on this computer. Reload to see them again.
        </p>
        <Button tone="primary" className={styles.again} onClick={() => window.location.reload()}>
          Reload
        </Button>
      </main>
    );
  }
}
