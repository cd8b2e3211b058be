### The command line, and what it says outside of the screen.

cli-about = Look up, check and stamp the invoices that you keep in Alegra
cli-usage = Usage
cli-verbs = Verbs
cli-verb = VERB
cli-flags = Options
cli-keys = Keys
cli-environment = Environment
cli-exit-codes = Exit codes

cli-demo = Opens the program on sample books; nothing leaves this machine
cli-sandbox = Serves only the sandbox of the API over HTTP, on this machine
cli-check = Checks drafts against the rules of the SAT: those of a file, without an account or a network, or those of the company
cli-completions = Writes the completions of a shell
cli-man = Writes the manual page

cli-lang = Language: es or en
cli-read-only = Look only: nothing is saved or stamped
cli-help = Shows this help
cli-version = Shows the version
cli-invoices = How many invoices new books hold
cli-seed = Number that decides the content; the same gives the same
cli-today = Day on which its clock starts, YYYY-MM-DD; else that of the machine
cli-demo-fresh = Throws the kept books away and begins new ones
cli-sandbox-listen = Local address to listen on; port 0 picks a free one [127.0.0.1:8787]
cli-sandbox-latency = Milliseconds that each answer takes
cli-sandbox-rate-limit = Requests a minute before it answers 429
cli-sandbox-raw = Where the native record goes: beside the data or inside each record
cli-sandbox-strict = What the published documents declare and nothing else
cli-sandbox-idempotency = What it does with an idempotency-key: honour, refuse or ignore it [refuse]
cli-sandbox-faults = File of planned faults, one JSON a line; - is standard input
cli-check-file = File with one draft, a list of them or one a line, as JSON; - is standard input
cli-check-now = When they are judged: 2026-03-18T12:00:00 at the issue place, or with -06:00 at the end; else the clock of this machine
cli-check-json = One result a line, as JSON
cli-check-xml = Folder for the preview of the CFDI of each draft
cli-completions-shell = bash, zsh, fish, elvish or powershell

cli-env-api-url = Base of the API, if not https://unify.apideck.com
cli-env-api-key = Key of Apideck
cli-env-app-id = Application id in Apideck
cli-env-consumer-id = Consumer id in Apideck: whose books these are
cli-env-config-dir = Folder of config.toml
cli-env-data-dir = Folder of the data
cli-env-lang = Language, like --lang
cli-env-log = Filter of the log timbra.log, for example debug
cli-env-now = Instant at which the clock starts; with a local server only
cli-env-no-color = With any value, no colours

cli-exit-0 = Done
cli-exit-1 = Failed
cli-exit-2 = The order is not understood, or there is no terminal
cli-exit-3 = There are drafts that cannot be stamped
cli-exit-4 = Not connected, or credentials refused

cli-not-a-terminal = timbra needs a terminal: input and output cannot be a file or a pipe.
cli-not-connected =
    No account is connected yet ({ $missing } missing).

    To try it on sample books, with nothing leaving this machine:

        timbra demo

    To connect your Alegra account through Apideck:

        export TIMBRA_API_KEY=…
        export TIMBRA_APP_ID=…
        export TIMBRA_CONSUMER_ID=…
        timbra
cli-now-is-for-loopback = TIMBRA_NOW is for a server on this machine only: with the real one, the clock is the machine's.
cli-now-is-no-instant = TIMBRA_NOW is not an instant; it is written 2026-03-15T10:00:00-06:00.
cli-config-unknown = { $file }: I do not know { $keys }; passed over.

cli-check-nth = draft { $number }
cli-check-ok = nothing found
cli-check-warnings = with warnings
cli-check-errors = cannot be stamped
cli-check-error = error
cli-check-warning = warning
cli-check-tally = { $drafts ->
        [one] 1 draft
       *[other] { $drafts } drafts
    }: { $errors } with errors, { $warnings } with warnings, { $ok } with nothing found.
cli-check-only-the-sat = Only the SAT can confirm that the RFC is enrolled, and that name, zip and régimen are those of that RFC.
cli-check-standard-input = Standard input
cli-check-unreadable = { $file }: cannot be read: { $cause }
cli-check-empty = { $file }: there is nothing (line 1, column 1): a draft in JSON is expected.
cli-check-no-json = { $file }: no JSON from line { $line }, column { $column } on: { $cause }

cli-usage-verb = There is no verb “{ $verb }”.
cli-usage-argument = There is no argument “{ $arg }” here.
cli-usage-value = “{ $value }” is no value of { $arg }.
cli-usage-no-value = The value is missing of { $arg }.
cli-usage-missing = { $arg } is missing.
cli-usage-twice = { $arg } is there twice.
cli-usage-conflict = { $arg } and { $prior } do not go together.
cli-usage-no-verb = The verb is missing.
cli-usage-unreadable = An argument is not readable text (UTF-8).
cli-usage-other = The order is not understood.
cli-usage-meant = Most like it: { $meant }
cli-usage-valid = Possible values: { $valid }
cli-usage-more = Everything that can be done: timbra --help
cli-usage-not-loopback = { $address } is not an address of this machine: the sandbox listens on 127.0.0.1 or ::1 only.
cli-usage-day = { $day } is outside the days on which a sandbox can begin.
cli-usage-fault = The file of faults is not understood: { $cause }
cli-show = Shows a record as it is in Alegra
cli-check-drafts = Checks everything of the connected company that is unstamped
cli-show-kind = What it is, as the API calls it: invoice, credit-note, customer, invoice-item…
cli-show-id = Its id in Alegra
cli-show-raw = Alegra's native record, as JSON
cli-show-draft = The draft that "timbra check" judges, as JSON
cli-show-json = As JSON, on a single line
cli-show-no-draft = Only invoices and credit notes are stamped: of anything else there is no draft.
cli-show-no-raw = Alegra has no more of this record than is shown already.
cli-show-incomplete = Not all that the draft needs could be read: the company, the customer, an item or a tax.
cli-reading = Reading · { $kind }: { $records }
cli-check-covered = All were read · { $kinds } · unstamped: { $unstamped }
cli-check-incomplete = The check is not complete:
cli-check-skipped = rows that could not be read: { $rows }
cli-check-unread = { $name } was not checked: the company, the customer, an item or a tax could not be read

cli-download = Downloads XML and PDF of what was stamped in a period
cli-download-period = The month (2026-03) or the year (2026), by the date of the document
cli-download-out = The folder; what is complete in it is not downloaded again
cli-download-json = The index as JSON, on a single line
cli-download-unusable = { $path } could not be used: { $cause }
package-not-there = Alegra does not have the { $form }
package-not-fetched = The { $form } could not be downloaded
package-cut = The { $form } came incomplete and was not kept
package-no-xml = The XML came incomplete or is none: it was not kept
package-no-cfdi = The XML is no CFDI: it was not kept
package-no-stamp = The XML carries no stamp: it was not kept
package-differs = The XML differs in { $part }: the record says { $record }, the XML says { $xml }
cli-download-summary = All were read · { $kinds } · stamped in { $period }: { $stamped }
    XML: { $xml } (new: { $xmlnew }) · PDF: { $pdf } (new: { $pdfnew }) · missing or different: { $gaps }
    { $folder }
part-uuid = fiscal folio
part-issuer = RFC of the issuer
part-receiver = RFC of the receiver
part-total = the total

cli-audit = Shows what this program did in the books, by its log
cli-audit-json = As JSON, one line per entry
cli-audit-since = From this day on, as in 2026-03-01
cli-audit-until = Up to this day, included
cli-audit-event = Only these events: stamp, stamp-refused, create, delete…
cli-audit-document = Only those of this document, by its id or its series and folio
cli-audit-text = Only those that say these words anywhere
cli-audit-csv = As CSV, for spreadsheets; no cell is a formula
cli-audit-verify = Checks that nothing was taken from the log or changed in it
cli-audit-none = There is no log on this machine: nothing was done with this program.
cli-audit-whole = The log is whole: { $entries } entries, the last one with hash { $head }
cli-audit-broken = The log was tampered with: entry { $entry } is not what it should be.
audit-stamp-sent = Stamp: sent
audit-stamp-unknown = Stamp: no clear answer
audit-stamp-adopted = Stamp: done
audit-stamp-refused = Stamp: refused
audit-stamp-unsent = Stamp: never left
audit-stamp-released = Stamp: released, nothing was stamped
audit-stamp-decided = Stamp: decided by a person
audit-create-sent = Creation: sent
audit-create-unknown = Creation: no clear answer
audit-create-adopted = Creation: done
audit-create-refused = Creation: refused
audit-create-unsent = Creation: never left
audit-create-released = Creation: released, nothing was created
audit-create-decided = Creation: decided by a person
audit-delete-sent = Deletion: sent
audit-delete-unknown = Deletion: no clear answer
audit-delete-adopted = Deletion: done
audit-delete-refused = Deletion: refused
audit-delete-unsent = Deletion: never left
audit-delete-released = Deletion: released, nothing was deleted
audit-delete-decided = Deletion: decided by a person
