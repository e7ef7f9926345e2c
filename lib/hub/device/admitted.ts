/** A device that was let in, with what its answer needs. */
export interface Admitted {
  readonly device: string;
  readonly kind: 'extension' | 'kiosk';
  readonly unit: { readonly id: string; readonly name: string };
  readonly epoch: number;
}
