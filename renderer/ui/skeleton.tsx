/** The same shapes that index.html paints before any script runs. */
export function Skeleton() {
  return (
    <div className="skeleton" aria-hidden="true">
      <div className="skeleton-rail" />
      <div className="skeleton-bar" />
      <div className="skeleton-lanes">
        <div />
        <div />
        <div />
      </div>
    </div>
  );
}
