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

        timbra login

    Or, for this once, with three variables:

        export TIMBRA_API_KEY=…
        export TIMBRA_APP_ID=…
        export TIMBRA_CONSUMER_ID=…
        timbra
cli-now-is-for-loopback = TIMBRA_NOW is for a server on this machine only: with the real one, the clock is the machine's.
cli-now-is-no-instant = TIMBRA_NOW is not an instant; it is written 2026-03-15T10:00:00-06:00.
cli-config-unknown = { $file }: I do not know { $keys }; passed over.
cli-config-no-home = There is no home folder: set TIMBRA_CONFIG_DIR and TIMBRA_DATA_DIR.
cli-config-not-written = { $file } cannot be written.
cli-config-unreadable = { $file } cannot be read.
cli-config-not-understood = { $file }, line { $line }: not understood. The TOML reader says:

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
cli-show = Shows a record as it is in Alegra; without a connection as this machine keeps it, with its hour
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
cli-reading-fiscal = Reading fiscal data one by one, the slow way: { $done }
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
audit-cancel-sent = Cancellation: sent
audit-cancel-unknown = Cancellation: no clear answer
audit-cancel-awaiting = Cancellation: in process
audit-cancel-adopted = Cancellation: done
audit-cancel-declined = Cancellation: the client did not accept it
audit-cancel-refused = Cancellation: refused
audit-cancel-unsent = Cancellation: never left
audit-cancel-released = Cancellation: released, not cancelled
audit-cancel-decided = Cancellation: decided by a person

cli-stamp = Stamps invoices: reads them, checks them, sends them once and reads the result
cli-stamp-ids = Id of each invoice, or its serie and folio (A-101)
cli-stamp-confirm = How many are stamped: has to be the number of invoices named
cli-stamp-json = One result a line, as JSON
cli-stamp-count = Nothing was sent: --confirm says { $confirmed }, and { $named } were named.
cli-stamp-twice = Nothing was sent: an invoice was named twice.
cli-stamp-not-found = Nothing was sent: there is no invoice { $name }.
cli-stamp-ambiguous = Nothing was sent: there is more than one invoice { $name }; name it by its id.
cli-exit-5 = Whether something was done is not known: verify before trying again
## Companies, keys and doctor

cli-login = Connects a company: asks for its three values, tests them, keeps the key in the system keyring
cli-login-app-id = Application id at Apideck
cli-login-consumer-id = Consumer id at Apideck
cli-logout = Takes a company out of the config, and its key out of the keyring
cli-profiles = Shows the connected companies
cli-doctor = Looks at network, credentials, limit, clock, catalogues, files and terminal
cli-profile = Company, by the name of its profile
cli-profiles-json = As JSON, one line per company
cli-doctor-json = As JSON, one line per check
cli-env-profile = Company, like --profile
cli-profile-unknown = There is no profile { $name }; there are: { $known }.
cli-no-profiles = There is no profile { $name }: there is none yet. To connect a company: timbra login
cli-key-in-environment = key in TIMBRA_API_KEY
cli-key-in-command = key from key_command
cli-key-in-keyring = key in the system keyring
cli-key-not-kept =
    The system keyring has no key for this application.

    To keep it there: timbra login
    For this once: export TIMBRA_API_KEY=…
cli-key-no-keyring =
    The system keyring cannot be used ({ $reason }).

    Without one, the key is given in one of these two ways:

        export TIMBRA_API_KEY=…                 in the terminal, for this once
        key_command = "pass show timbra"        in config.toml, above the first section
cli-key-command =
    No key came: { $reason }.

    The command stands in config.toml, in key_command. If it asks for a passphrase, give it in the terminal first.
cli-login-key = Apideck key
cli-login-key-hidden = Apideck key (not shown as it is typed)
cli-login-key-or-kept = Apideck key (not shown as it is typed; Enter takes the one that is kept)
cli-login-trying = Trying…
cli-login-missing = Missing: { $name }.
unsendable-base = The address of the API is of no use: it has to be https://…, without user, query or fragment.
unsendable-plain-http = The address of the API is http://: only this machine itself is spoken to unencrypted.
unsendable-key = The key is empty or has characters that no key has. Copy it again, whole and alone.
unsendable-app-id = The application id is empty or has characters that none has. Copy it again.
unsendable-consumer-id = The consumer id is empty or has characters that none has. Copy it again.
unsendable-tls = The encrypted connection could not be set up on this machine: { $text }
cli-login-no-argument = The key is not written in the command, where every program of this machine can read it. timbra login alone asks for it.
cli-login-met =
    Connected: { $name } · { $rfc }
    Profile { $profile } in { $file }
cli-login-in-keyring = The key is in the system keyring, and in no file.
cli-login-in-environment = The key is taken from TIMBRA_API_KEY; it was not kept.
cli-login-in-command = The key comes from key_command ({ $command }); it was not kept.
cli-login-nowhere =
    The key was NOT kept: the system keyring cannot be used ({ $reason }).

    It is given in one of these two ways:

        export TIMBRA_API_KEY=…                 in the terminal, for this once
        key_command = "pass show timbra"        in { $file }, above the first section
cli-logout-nobody = No company is connected.
cli-logout-environment = The connection comes from the variables TIMBRA_…; unsetting them is enough.
cli-logout-done = { $profile } is no longer in the config. What was read of its books is still in { $folder }
cli-logout-key-forgotten = Its key was taken out of the system keyring.
cli-logout-no-key = The system keyring did not have its key.
cli-logout-key-left = Its key could not be taken out of the system keyring: { $reason }
cli-logout-key-shared = The key stays in the system keyring: { $names } use it too
cli-logout-key-elsewhere = Its key was not in the keyring: it comes from a variable or from key_command.
cli-profiles-none = No company is connected. To connect one: timbra login
cli-profiles-environment = (environment)
doctor-config = Config
doctor-profile = Company
doctor-key = Key
doctor-network = Network
doctor-credentials = Credentials
doctor-limit = Limit
doctor-clock = Clock
doctor-catalogues = Catalogues
doctor-cache = Cache
doctor-durable = Record
doctor-audit = Audit log
doctor-terminal = Screen
doctor-not-looked-at = not looked at: what comes before it is missing
doctor-nobody = none; to connect one: timbra login
doctor-answers = { $base } answered within { $took } ms
doctor-reached = { $base } answers
doctor-other-company = The connection leads to another company than the profile says: { $met }. To correct the profile: timbra login
doctor-limit-told = { $limit } requests a minute; { $left } left
doctor-limit-used-up = none left; the server asks to wait { $wait } s
doctor-no-limit = the server does not tell its limit
doctor-clock-of-server = that of the local server: { $when }
doctor-clock-right = as the server has it
doctor-clock-ahead = The clock of this machine is { $seconds } s ahead. Set it right: deadlines of the SAT are counted by it.
doctor-clock-behind = The clock of this machine is { $seconds } s behind. Set it right: deadlines of the SAT are counted by it.
doctor-no-date = the server does not tell its time
doctor-absent = none yet
doctor-whole = whole · { $size } · { $path }
doctor-audit-whole = whole · { $entries } rows
doctor-no-terminal = not run in a terminal
doctor-colours = with colours
doctor-no-colours = without colours (NO_COLOR)
doctor-small = 80×24 is needed

## sync, find, export

cli-sync = Bring what this machine keeps of the books up to date
cli-sync-json = As JSON, on one line
cli-synced-fiscal = fiscal data one by one
cli-synced = { $records } records in { $seconds } s
cli-find = Search like the box: folio, UUID, name, RFC, amount, period; without a connection, in what this machine keeps
cli-find-query = What to look for: “11600 mar”, “jimena”, “A-101”
cli-find-all-companies = In all companies of the config, in what is kept of each
cli-find-view = What a saved view shows
cli-export-view = What a saved view shows, in its order
cli-no-view = There is no view “{ $name }”. Saved: { $names }.
cli-find-limit = How many at most
cli-find-json = As JSON, one record a line
cli-find-similar = Nothing has that name; these are similar.
cli-find-similar-rfc = Nobody has that RFC; these are similar.
cli-find-more = Only the first { $count }; there are more.
cli-export = Export a list or what a query finds; without a connection, from what this machine keeps
cli-export-kind = Which list: invoices, customers, payments…
cli-export-query = Only what this query finds
cli-export-format = csv, xlsx (real amounts and dates) or json (one record a line)
cli-export-out = The file; standard output without it
cli-export-needs-out = A workbook is not written to a terminal: give --out FILE.
cli-export-too-long = There are more records than a sheet has rows; export as csv, or narrow with --query.
cli-export-cut = The search stopped at 10,000 records: there may be more.
cli-exported = { $count } records exported.
cli-kept = { $company } · { $rfc } · { $kind }: { $n } of { $m } · as of { $age }
cli-nothing-kept = This machine keeps nothing of these books yet. “timbra sync” fetches them.
export-kind = Document
export-id = Id
export-stamp = Stamp
export-uuid = Folio fiscal (UUID)
doctor-webhooks = Webhooks
doctor-webhooks-last = listened to at { $address }; the last: { $name }, { $when }
doctor-webhooks-none = listened to at { $address }; nothing came about these books yet
doctor-webhooks-deaf = nothing can listen at { $address } ({ $reason }). Correct listen in config.toml: an address of this machine and a free port
cli-kept-one = kept on this machine · { $company } · { $rfc } · read on { $age }
cli-show-not-kept = Alegra does not answer ({ $why }), and this machine does not keep that record.
cli-show-raw-not-kept = Alegra does not answer, and this machine does not keep the native record; without --raw what it keeps is shown.
cli-reading-others = { $count ->
    [one] and another list
   *[other] and { $count } other lists
}
doctor-clock-chosen = TIMBRA_NOW is { $seconds } s from the hour of the local server; deadlines are counted by TIMBRA_NOW
