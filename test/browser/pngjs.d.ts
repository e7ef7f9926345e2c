/** The two calls of pngjs that the pictures need; the package brings no types. */
declare module 'pngjs' {
  interface Pixels {
    readonly width: number;
    readonly height: number;
    /** Red, green, blue, opacity of each pixel, row by row. */
    readonly data: Buffer;
  }
  export const PNG: { readonly sync: { read(png: Uint8Array): Pixels } };
}
