/** The shape of the figures while they are on their way: the page does not jump when they come. */
import { Skeleton } from '../shared/Spinner.tsx';

const CARDS = ['a', 'b', 'c', 'd', 'e', 'f'];

export function FiguresSkeleton(props: { readonly label: string }) {
  return (
    <div class="d-stack" data-loading="figures">
      <p class="n-hidden" role="status">
        {props.label}
      </p>
      <div class="d-quality d-quality-waiting" />
      <div class="d-rates" aria-hidden="true">
        {CARDS.map((card) => (
          <div key={card} class="d-card d-rate">
            <Skeleton label={props.label} lines={4} />
          </div>
        ))}
      </div>
    </div>
  );
}
