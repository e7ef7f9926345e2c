/** The two calls of PouchDB that the bench makes; the package brings no types. */
declare module 'pouchdb-browser' {
  export default class PouchDB {
    constructor(name: string);
    put(document: { readonly _id: string }): Promise<unknown>;
    close(): Promise<void>;
  }
}
