import { type ReactNode, useEffect, useMemo } from 'react';
import { Blocks } from './blocks/blocks.tsx';
import { SurfaceContext, usePage } from './page-context.ts';

/** The app's own tab. Opening it tells the app, which then draws it. */
export function HomeView({ menu }: { menu: ReactNode }) {
  const { snapshot, act } = usePage();
  const { home } = snapshot;
  useEffect(() => void act({ verb: 'openHome' }), [act]);
  const surface = useMemo(
    () => home && { place: { kind: 'view' as const, viewId: home.id }, view: home },
    [home],
  );
  return (
    <>
      <header className="bar">
        {menu}
        <h2>App Home</h2>
      </header>
      <div className="scroll home">
        {surface ? (
          <SurfaceContext value={surface}>
            <Blocks of={surface.view.blocks} />
          </SurfaceContext>
        ) : (
          <p className="quiet">The app has not drawn its Home for you yet.</p>
        )}
      </div>
    </>
  );
}
