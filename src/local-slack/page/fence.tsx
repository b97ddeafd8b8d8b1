import { Component, type ReactNode } from 'react';

/** Keeps a block that cannot be drawn from taking the whole page with it. React prints the error itself. */
export class Fence extends Component<{ children: ReactNode }, { broken: boolean }> {
  override state = { broken: false };

  static getDerivedStateFromError() {
    return { broken: true };
  }

  override render() {
    return this.state.broken ? (
      <p className="error-text">This could not be drawn. The browser’s console says why.</p>
    ) : (
      this.props.children
    );
  }
}
