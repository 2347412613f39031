// Types of what the modules hand to each other. For the type checker only: browsers never fetch this file.

/** Digits and places: [125n, 1] is 12.5. */
type Decimal = [digits: bigint, places: number];
/** Text, truth, number, or null for what is no number. */
type Value = string | boolean | Decimal | null;
/** Answers by question ("grid.row" for a row), and the day of today under "today()". */
type Scope = Map<string, Value>;
/** An expression: a name and its operands. */
type Tree = any[];

type Named = { name: string }[];
type Question = {
  name: string;
  type: string;
  relevant: Tree | null;
  required: boolean | Tree;
  constraint: Tree | null;
  constraint_message: Record<string, string> | null;
  choices: Named;
  exclusive: string[];
  rows: Named;
};
/** What /api/v1/surveys/ID gives. */
type Rules = { pages: { name: string; relevant: Tree | null; questions: Question[] }[] };
/** By question; null is "rather not say". */
type Answers = Record<string, any>;
/** A rule that an answer breaks. `words` is the author's own message, by language, where there is one. */
type Broken = { question: string; code: string; words?: Record<string, string> };
/**
 * The answer as it is kept, null for none. With the name of a rule it is no answer to the question, and the value
 * is what can be kept of it.
 */
type Form = [value: any, rule?: string];

/** What has been answered in a form, what of it cannot be sent as it stands, and which questions and notes apply. */
type Reading = { answers: Answers; errors: Map<string, string>; asked: Set<string> };
type AnswerForm = {
  read(form: HTMLFormElement): Reading;
  accepts(form: HTMLFormElement, name: string): boolean;
  /** Tells back the answers to these questions. */
  review(form: HTMLFormElement, names: string[]): void;
  /** After a change: the first of these questions that was not told back, nor asked since, if there is one. */
  leadOn(names: string[]): string | undefined;
};
/** Who takes over on an enrolled device. */
type Session = { keep: typeof import("../offline/delivery.js").keep; kept(id: string): void; failed(reason: any): void };
type Prepared = { prepare(form: HTMLFormElement): unknown };
/** Where the entry of a page finds what its buttons need. */
type Modules = {
  answerForm(): Promise<{ open(rules: string): Promise<AnswerForm> }>;
  language(): Promise<typeof import("./language.js")>;
  sending(): Promise<Prepared & { send(): unknown }>;
  readAloud(): Promise<typeof import("./read-aloud.js")>;
  parts?(): Promise<typeof import("./parts.js")>;
  draft?(): Promise<Prepared & { offer(): unknown }>;
};
type Walk = {
  form: HTMLFormElement;
  here: string;
  state: "open" | "closing" | "over";
  modules: Modules;
  answerForm: AnswerForm | null;
  asked: Set<string> | null;
  session: Session | null;
  page?: (language: string) => Promise<string>;
};
