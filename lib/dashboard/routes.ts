/** Hash routes: `#/so-lieu?don-vi=40&ky=report:2026-M09`. A link carries the unit and the period, so it can be sent on. */

/** The views and the paths that name them. */
export const ROUTES = {
  figures: 'so-lieu',
  feedback: 'danh-gia',
  devices: 'thiet-bi',
  kiosks: 'thiet-bi-danh-gia',
  complaints: 'phan-anh',
  links: 'ma-qr',
  handover: 'nhap-tep',
  exports: 'tep-xuat',
  packs: 'bo-nhan-dien',
  codes: 'quan-tri/kich-hoat',
  units: 'quan-tri/don-vi',
  catalogue: 'quan-tri/danh-muc',
} as const;
export type View = keyof typeof ROUTES;

export interface Route {
  readonly view: View;
  readonly unit: string | null;
  readonly period: string | null;
}

/** Reads a hash; what is unknown becomes the figures. */
export function parseRoute(hash: string): Route {
  const [path = '', query = ''] = hash.replace(/^#\/?/, '').split('?');
  const found = (Object.keys(ROUTES) as View[]).find((view) => ROUTES[view] === path.replace(/\/$/, ''));
  const values = new URLSearchParams(query);
  return { view: found ?? 'figures', unit: values.get('don-vi'), period: values.get('ky') };
}

/** The hash of a route. */
export function showRoute(route: Route): string {
  const values = new URLSearchParams();
  if (route.unit !== null) values.set('don-vi', route.unit);
  if (route.period !== null) values.set('ky', route.period);
  const query = values.toString().replaceAll('%3A', ':');
  return `#/${ROUTES[route.view]}${query ? `?${query}` : ''}`;
}
