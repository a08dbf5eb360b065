/** The public contract of the API (assistant/answering/reply.py), for the type checker alone: never served. */

export type Locale = 'nl' | 'en'
export type FactValue = string | number | boolean | string[]
export type Choice = {fact: string; value: FactValue | null}
export type Verdict = 'fits' | 'possible' | 'does_not_fit' | 'ask_adviser'

export type QuickReply = {label: string; text: string | null; choice: Choice | null}
export type Reason = {text: string; met: boolean | null; fact: string | null; source: string | null}
export type Change = {fact: string; value: FactValue; text: string}

/** In months from now: at its fastest from `begins` to `ends`, at its slowest to `latest`; null: not known. */
export type Stretch = {label: string; time: string; begins: number | null; ends: number | null; latest: number | null}

export type TextBlock = {type: 'text'; html: string; text: string}
export type RouteBlock = {
  type: 'route'
  route: string
  title: string
  summary: string
  verdict: Verdict
  reasons: Reason[]
  missing: string[]
  would_change: Change[]
  duration: string
  /** When what happens; absent in a reply from before there were any. */
  stretches?: Stretch[]
  next_step: string
  citation: number | null
}
export type CellCitation = {row: number; column: number; citation: number}
export type ComparisonBlock = {type: 'comparison'; columns: string[]; rows: string[][]; cited?: CellCitation[]}
export type MoneyLine = {
  label: string
  amount: string
  period: string
  year: string
  paid_by: string
  citation: number | null
}
export type MoneyBlock = {type: 'money'; title: string; lines: MoneyLine[]; total: string | null; note: string}
export type VacancyItem = {id: string; title: string; employer: string; place: string; details: string; url: string | null; citation: number | null}
export type VacanciesBlock = {type: 'vacancies'; items: VacancyItem[]}
/** A page of the server that goes on from here. */
export type PageLink = {label: string; url: string}
export type LoketCard = {
  id: string
  title: string
  summary: string
  reason: string
  url: string | null
  email: string | null
  phone: string | null
  address: string
  hours: string[]
  links?: PageLink[]
  citation: number | null
}
export type LoketBlock = {type: 'loket'; loket: LoketCard}
export type EventItem = {
  id: string
  title: string
  summary: string
  when: string
  place: string
  url: string | null
  links?: PageLink[]
  citation: number | null
}
export type EventsBlock = {type: 'events'; items: EventItem[]; links?: PageLink[]}
export type QuestionOption = {value: FactValue | null; label: string}
export type QuestionBlock = {
  type: 'question'
  fact: string
  text: string
  why: string
  input: 'choice' | 'set' | 'number' | 'flag' | 'subject' | 'municipality' | 'text'
  options: QuestionOption[]
  minimum: number | null
  maximum: number | null
}
export type LeadFormBlock = {type: 'lead_form'; reason: string; links?: PageLink[]}
export type Block =
  | TextBlock
  | RouteBlock
  | ComparisonBlock
  | MoneyBlock
  | VacanciesBlock
  | LoketBlock
  | EventsBlock
  | QuestionBlock
  | LeadFormBlock

export type Citation = {
  n: number
  record_id: string
  title: string
  url: string | null
  publisher: string
  as_of: string
  quote: string
}
export type Handoff = {state: 'offered' | 'connected'; loket: string; open_now: boolean | null}
export type Reply = {
  id: string
  locale: Locale
  blocks: Block[]
  citations: Citation[]
  quick_replies: QuickReply[]
  status: string
  handoff: Handoff | null
  /** Of an advice: the number by which it can be read back. */
  receipt: string | null
}

export type Turn = {question: string | null; choice_label: string | null; reply: Reply; created_at: string}
export type Transcript = {conversation_id: string; locale: Locale; region: string; kept_days: number; turns: Turn[]; messages?: MessageShown[]; last_event_id?: number}
export type Started = {conversation_id: string; token: string; kept_days: number; reply: Reply}
export type Message = {text: string} | {choice: Choice}
/** `text` is a sentence for the visitor, shown as it is. */
export type HandoverShown = {
  state: 'bot' | 'offered' | 'form' | 'waiting' | 'connected' | 'left_message' | 'closed'
  text: string
  loket_title: string
  adviser: string | null
  can_talk: boolean
}
/** What is no reply of the assistant; `id` of the visitor's own is that of the reply to it. */
export type MessageShown = {id: string; sender: 'visitor' | 'adviser' | 'notice'; name: string; text: string; at: string}
export type LiveEvent = {id: string; event: string; data: any}
export type Question = Omit<QuestionBlock, 'type'>
export type KnownFact = {
  name: string
  label: string
  value: FactValue
  text: string
  origin: 'said' | 'chosen' | 'inferred'
  words: string
  confirmed: boolean
  question: Question
}
/** `gone`: the names that the change took away. */
export type KnownFacts = {facts: KnownFact[]; skipped: Pick<KnownFact, 'name' | 'label' | 'question'>[]; gone: string[]}
export type Consent = {version: string; html: string}
export type PreferredContact = 'email' | 'phone' | 'appointment'
export type Lead = {
  name: string
  email?: string
  phone?: string
  preferred_contact: PreferredContact
  message?: string
  consent: {version: string; given: true; share_transcript: boolean}
}
export type LeadTaken = {lead_id: string; loket: LoketCard}
export type FieldError = {field: string; message: string}
/** RFC 9457; `detail` is a sentence for the visitor. */
export type Problem = {title?: string; status?: number; detail?: string; errors?: FieldError[]}

/** What a block may use of the conversation around it. */
export type BlockContext = {
  words: import('./words.js').Words
  /** Whether its questions can still be answered: not in an older turn that has been restored. */
  live: boolean
  /** A button that opens citation `n`, or nothing if there is none. */
  cite: (n: number | null) => HTMLElement | null
  choose: (choice: Choice, label: string, origin: HTMLElement) => void
  openLeadForm: () => void
}
