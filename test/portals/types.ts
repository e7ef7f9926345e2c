/** What the practice host pages, their logs and the account talk in. Nothing here comes from lib/: it is the other side. */

/** National status list: 1 Mới đăng ký … 10 Đã trả kết quả (host-pages §6.1). */
export type StatusCode = 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9 | 10;
export type Channel = 'counter' | 'online' | 'post';
/** `unknownMeans`: the page says paid and not how. */
export type Payment = 'online' | 'transfer' | 'cash' | 'unpaid' | 'unknownMeans';
export type ActionName =
  | 'receive'
  | 'forward'
  | 'requestSupplement'
  | 'finish'
  | 'return'
  | 'collectFee'
  | 'digitise'
  | 'assistFiling';
export type PortalKind = 'igate2' | 'td' | 'ioffice' | 'danang' | 'dvcqg' | 'igate1' | 'vsr';

/** What one rendered row, detail or modal showed of a dossier. A property left out was not on the screen. */
export interface Shown {
  readonly code: string;
  /** The same dossier's code at the national portal, where printed. */
  readonly nationCode?: string;
  readonly status?: StatusCode;
  /** Procedure code, where printed. */
  readonly procedure?: string;
  readonly channel?: Channel;
  /** `YYYY-MM-DDTHH:mm`, local. */
  readonly received?: string;
  /** null: the place for the due date was there and empty. */
  readonly due?: string | null;
  readonly finished?: string;
  readonly returned?: string;
  readonly fee?: boolean;
  readonly payment?: Payment;
  readonly digitised?: boolean;
  readonly resultFile?: boolean;
  readonly agency?: string;
}

/** What one rendered iOffice row showed. `role` as printed, '' when the row has none. */
export interface ShownDocument {
  readonly id: string;
  readonly role: string;
  readonly due: string | null;
  readonly state: 'waiting' | 'done';
  /** Outgoing rows say so; incoming ones leave it out. */
  readonly direction?: 'out';
}

/** The system's own statistics as one screen printed them: per unit (null: the page is of one unit), by `TOTAL_FIGURES` names. */
export interface ShownTotals {
  readonly unit: string | null;
  /** Days, `YYYY-MM-DD`. */
  readonly from: string;
  readonly to: string;
  readonly figures: Readonly<Record<string, number>>;
}

/** One line of a reporting system's list of reports to send. */
export interface ShownReport {
  readonly code: string;
  readonly name: string;
  /** `YYYY-MM-DD` or with a minute. */
  readonly due: string | null;
  readonly state: 'notStarted' | 'drafting' | 'sent' | 'returned' | 'overdue';
}

export type LogEntry =
  /** Rows the browser really put on the screen; `at` is the moment they entered the document. */
  | {
      readonly kind: 'rendered';
      readonly at: number;
      /** When they left it again, as the page's own second beacon said; left out while they stand, and where no page says it. */
      readonly until?: number;
      readonly view: string;
      readonly page: number;
      readonly dossiers: readonly Shown[];
      readonly documents: readonly ShownDocument[];
    }
  | {
      readonly kind: 'totals';
      readonly at: number;
      readonly until?: number;
      readonly view: string;
      readonly totals: readonly ShownTotals[];
    }
  | {
      readonly kind: 'reports';
      readonly at: number;
      readonly until?: number;
      readonly view: string;
      readonly reports: readonly ShownReport[];
    }
  /** An action that truly succeeded, by the person then on duty. */
  | {
      readonly kind: 'action';
      readonly at: number;
      readonly action: ActionName;
      readonly n: number;
      readonly codes: readonly string[];
      readonly person: string | null;
    }
  /** Something that looks like work and is none: a failed call, a refusal, a deletion, a log-in. */
  | {
      readonly kind: 'notWork';
      readonly at: number;
      readonly what: string;
      readonly codes: readonly string[];
    };

/** Names one thing of a page that may be renamed, for the companion test of pack health. */
export type BreakLocator =
  | 'igate2:code-class'
  | 'igate2:code-header'
  | 'igate2:due-header'
  | 'igate2:code-gone'
  | 'td:code-role'
  | 'td:due-line'
  | 'td:code-header'
  | 'td:code-gone'
  | 'ioffice:role-attribute'
  | 'ioffice:row-id'
  /** This word in headers and labels replaced by one that is no synonym. */
  | `word:${string}`;
/** Names one success message whose words may be changed. */
export type BreakConfirmation =
  | 'igate2:receive'
  | 'igate2:finish'
  | 'td:receive'
  | 'td:return'
  | 'td:fee'
  | 'danang:busy'
  | 'dvcqg:filed'
  | 'igate1:filed';

export interface PortalOptions {
  /** Waiting time of every answer of the portal's own interface. */
  readonly latencyMs: number;
  /** How a page comes back after a success: a full reload, or its own request. */
  readonly mode: 'reload' | 'xhr';
  readonly seed: number;
  /** Marked personal data to plant: names, identity numbers, phones. */
  readonly secrets: readonly string[];
  readonly breakLocator: readonly BreakLocator[];
  readonly breakConfirmation: readonly BreakConfirmation[];
  /** 0 takes a free port. */
  readonly port: number;
  /** The waiting time is drawn per call, up to `latencyMs`. */
  readonly isLatencyMixed: boolean;
  /** Headers, labels and words replaced by others of the published synonym lists (host-pages §6.1). */
  readonly areHeadersRenamed: boolean;
  readonly areColumnsShuffled: boolean;
  /** Build hashes and generated ids of another build; rows are put up anew a moment after they came. */
  readonly areClassesRebuilt: boolean;
  /** Number of made-up dossiers or documents of a whole day; 0: the few of the morning, chosen by hand. */
  readonly dossiers: number;
  /** Rows on one page of a list; 10 when left out. */
  readonly pageSize?: number;
}

export interface Citizen {
  readonly name: string;
  readonly idNumber: string;
  readonly phone: string;
  readonly address: string;
}

/** Ground truth of a dossier inside one system. Times are local, `YYYY-MM-DDTHH:mm`. */
export interface Dossier {
  /** 24 hexadecimal digits (iGate), and the inner number of TD. */
  readonly id: string;
  readonly key: number;
  readonly code: string;
  readonly nationCode: string | null;
  readonly procedure: { readonly code: string; readonly name: string };
  readonly person: Citizen;
  readonly agency: string;
  readonly channel: Channel;
  readonly fee: number;
  digitised: boolean;
  /** What it is for in the morning, `new-0`, `processing-3`. */
  readonly tag: string;
  /** How its calls go wrong, if they do. */
  readonly trouble: 'none' | 'fails' | 'refused' | 'deadModal';
  /** No due date is ever set for it. */
  readonly noDue: boolean;
  /** Another agency's dossier given to this person: on the personal list, never in the agency's search list. */
  readonly isMineOnly: boolean;
  status: StatusCode;
  filed: string;
  received: string | null;
  due: string | null;
  finished: string | null;
  returned: string | null;
  payment: Payment | null;
  resultFile: boolean;
  /** Steps left before it is finished (TD). */
  steps: number;
  isDeleted: boolean;
  /** Counts the steps done (iGate): a call for a step that is over is refused. */
  task: number;
}

/** Ground truth of an incoming document. `role` '' is a row that carries none. */
export interface IncomingDocument {
  readonly id: number;
  readonly role: 'XLC' | 'PH' | 'XDB' | '';
  readonly due: string | null;
  readonly number: string;
  readonly subject: string;
  readonly issuer: string;
  readonly arrived: string;
  readonly urgency: string;
  readonly tag: string;
  readonly trouble: 'none' | 'fails';
  isDone: boolean;
}

/** Ground truth of an outgoing document of a whole day. */
export interface OutgoingDocument {
  readonly id: number;
  readonly due: string | null;
  readonly number: string;
  readonly subject: string;
  readonly day: string;
  readonly isPublished: boolean;
}

export interface Portal {
  /** Origin, `http://127.0.0.1:PORT`. */
  readonly url: string;
  readonly kind: PortalKind;
  log(): readonly LogEntry[];
  close(): Promise<void>;
}

export interface DossierPortal extends Portal {
  readonly kind: 'igate2' | 'td';
  readonly options: PortalOptions;
  readonly dossiers: readonly Dossier[];
}

export interface DocumentPortal extends Portal {
  readonly kind: 'ioffice';
  readonly options: PortalOptions;
  readonly documents: readonly IncomingDocument[];
  /** Outgoing ones; none but in the records of a whole day. */
  readonly outgoing: readonly OutgoingDocument[];
}

export interface Portals {
  readonly igate2: DossierPortal;
  readonly td: DossierPortal;
  readonly ioffice: DocumentPortal;
  /** Who sits at the counter from now on; null = nobody said. */
  setDuty(person: string | null): void;
  close(): Promise<void>;
}

/** What a portal's room shares with the world around it. */
export interface PortalContext {
  readonly options: PortalOptions;
  duty(): string | null;
}
