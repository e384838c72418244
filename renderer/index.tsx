import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app';
import { startAppearance } from './ui/appearance';
import { startPressing } from './ui/press';
import './ui/tokens.css';
import './ui/base.css';
import { ErrorBoundary } from './ui/error-boundary';

startAppearance();
startPressing();

const root = document.getElementById('root');
if (root === null) throw new Error('index.html has no #root.');
createRoot(root).render(
  <StrictMode>
    <ErrorBoundary>
      <App />
    </ErrorBoundary>
  </StrictMode>,
);
