/** The way from the popup to the workshop, on PCs of IT staff only. */
import { useEffect, useState } from 'preact/hooks';
import { workshopTexts } from '../../lib/i18n/workshop/index.ts';
import { Button } from '../shared/Button.tsx';

export interface WorkshopDoor {
  readonly isIt: () => Promise<boolean>;
  /** Must be called in the click itself. */
  readonly openWorkshop: () => void;
}

export function WorkshopLink(props: { readonly language: 'vi' | 'en'; readonly door: WorkshopDoor }) {
  const { door } = props;
  const [isIt, setIt] = useState(false);
  useEffect(() => {
    door.isIt().then(setIt);
  }, [door]);
  if (!isIt) return null;
  return (
    <Button kind="quiet" size="small" action="workshop" onClick={door.openWorkshop}>
      {workshopTexts(props.language)('title')}
    </Button>
  );
}
