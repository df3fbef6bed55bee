/** The box on a ballot paper: empty, or crossed by hand. */
export const Mark = ({ on }: { readonly on: boolean }) => (
  <svg class="mark" viewBox="0 0 28 28" aria-hidden="true">
    <rect x="1.5" y="1.5" width="25" height="25" rx="2" />
    {on ? <path d="M7 7l14 14M21 7L7 21" /> : null}
  </svg>
)
