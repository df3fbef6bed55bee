/** Two small drawings, ink and one red. */

/** A ballot folding into its envelope; `sealed` is the envelope closed. */
export const Envelope = ({ folding }: { readonly folding: boolean }) => (
  <svg class={folding ? 'envelope folding' : 'envelope'} viewBox="18 42 124 68" aria-hidden="true">
    <path class="back" d="M20 44h120v64H20z" />
    <g class="slip">
      <path d="M34 12h92v60H34z" />
      <path class="lines" d="M46 26h44M46 38h60M46 50h52" />
    </g>
    <path class="front" d="M20 44l60 40 60-40v64H20z" />
    <path class="flap" d="M20 44h120L80 86z" />
    <circle class="seal" cx="80" cy="82" r="11" />
  </svg>
)

/** Card, stamped envelope, box: what the sentences beside it say. */
export const Way = ({ steps }: { readonly steps: readonly string[] }) => (
  <figure class="way">
    <svg viewBox="0 0 320 84" aria-hidden="true">
      <rect class="line" x="20" y="22" width="66" height="42" rx="3" />
      <path class="fill" d="M28 30h14v14H28zM32 34h6v6h-6z" fill-rule="evenodd" />
      <path class="line" d="M50 33h28M50 42h28M28 54h50" />
      <path class="line" d="M95 43h18m-7-6 7 6-7 6" />
      <path class="line" d="M122 20h76v46h-76zM122 20l38 26 38-26" />
      <circle class="seal" cx="160" cy="46" r="9" />
      <path class="line" d="M207 43h18m-7-6 7 6-7 6" />
      <path class="line" d="M234 34h66v38h-66zM234 34l9-12h48l9 12M254 28h26" />
    </svg>
    <div class="steps soft small" aria-hidden="true">
      {steps.map(step => (
        <span key={step}>{step}</span>
      ))}
    </div>
  </figure>
)
