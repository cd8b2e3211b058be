### Words of pages, actions and notices.

## Frame

company-unknown = company not read yet
venue-demo = sandbox
venue-loopback = sandbox
venue-live = Alegra
data-of = data of { $hour }
loading = Loading…
reading = reading…
reading-failed = could not be read again
reading-fiscal = reading fiscal data…
n-or-more = { $n } or more
n-of-m = { $n } of { $m }
n-so-far = { $n } so far
over-all = among { $m }
over-cached = among { $m } loaded; there may be more
marked = { $count } marked
unstamped-count = { $count } unstamped
walking = reading { $names }
walk-rate = { $n } a min
walk-left = { $time } left
walking-some = reading
fiscal-going = fiscal data one by one: { $done }
fiscal-going-short = fiscal: { $done }
accounts-count = { $count } accounts
yes = yes
no = no
list-empty = No records here.
too-small = The terminal is too small ({ $size }): { $least } are needed. Keys still work.

## Groups and kinds

place-home = Home
group-sales = Sales
group-purchases = Purchases
group-contacts = Contacts
group-ledger = Accounting
group-books = Books
group-company = Company
kind-invoices = Invoices
    .one = invoice
kind-credit-notes = Credit notes
    .one = credit note
kind-quotes = Quotes
    .one = quote
kind-payments = Payments
    .one = payment
kind-bills = Bills
    .one = bill
kind-purchase-orders = Purchase orders
    .one = purchase order
kind-bill-payments = Bill payments
    .one = bill payment
kind-journal-entries = Journal entries
    .one = journal entry
kind-customers = Customers
    .one = customer
kind-suppliers = Suppliers
    .one = supplier
kind-invoice-items = Items
    .one = item
kind-ledger-accounts = Chart of accounts
    .one = account
kind-tax-rates = Taxes
    .one = tax
kind-bank-accounts = Bank accounts
    .one = bank account
kind-departments = Departments
    .one = department
kind-company-info = Company
    .one = company
filter-all = all
filter-unstamped = unstamped
filter-expired = past the 72 h
filter-last-day = less than 24 h left
filter-two-days = 24 to 48 h left
filter-three-days = 48 to 72 h left
filter-issued = issued and unstamped
filter-ready = ready to stamp
filter-warnings = with warnings
filter-errors = with errors
filter-unjudged = not checked
filter-not-read = fiscal data not read
filter-owing = receivable
filter-without-receipt = PPD without REP
filter-overdue = overdue
filter-partially-paid = partially paid

## States

status-draft = DRAFT
status-receivable = OPEN
status-payable = TO PAY
status-partially-paid = PARTIAL
status-paid = PAID
status-voided = VOID
status-open = PENDING
status-accepted = ACCEPTED
status-rejected = REJECTED
status-expired = EXPIRED
status-billed = INVOICED
status-closed = CLOSED
status-posted = POSTED
status-applied = APPLIED
status-deleted = DELETED
status-overdue = OVERDUE
status-active = active
status-inactive = inactive
status-unknown = —
stamp-not-read = — not read
stamp-unstamped = ◇ UNSTAMPED
receipt-due = ◆ REP by { $day }
receipt-late = ! REP by { $day }
verdict-ready = ◈ READY
verdict-warnings = ▲ WARNINGS
verdict-errors = ✗ ERRORS
stamp-sending = … STAMPING
stamp-unknown = ? UNKNOWN
stamp-refused = ✖ REFUSED
stamp-stamped = ◆ STAMPED
stamp-cancel-sending = … CANCELLING
stamp-cancel-pending = ◈ CANCELLING
stamp-cancelled = ⊘ CANCELLED
column-stamp = Stamp
column-uuid = UUID
draft-number = draft { $id }

## Fields

field-number = Number
    .column = Number
field-reference = Reference
field-name = Name
field-code = Code
field-description = Description
field-contact = Customer
field-supplier = Supplier
field-rfc = RFC
field-email = E-mail
field-phone = Phone
field-individual = Person
field-is-customer = Is a customer
field-is-supplier = Is a supplier
field-date = Date
field-due-date = Due date
    .column = Due
field-delivery-date = Delivery date
    .column = Delivery
field-created-at = Created
field-updated-at = Changed
field-currency = Currency
field-exchange-rate = Exchange rate
field-sub-total = Net amount
field-discount = Discount
field-total-tax = Taxes
field-total = Grand total
    .column = Amount
field-balance = Balance
field-status = Status
field-payment-method = Means (forma)
    .column = Means
field-bank-account = Bank account
field-terms = Payment terms
    .column = Terms
field-memo = Notes
field-department = Department
field-invoice = Invoice
field-regime = Tax regime (régimen)
    .column = Tax regime
field-cfdi-use = CFDI use
    .column = Use
field-payment-type = Policy (método)
    .column = Policy
field-zip = Postcode
    .column = Zip
field-country = Country
field-stamp = Stamp
field-uuid = Fiscal folio (UUID)
field-stamped-at = Stamped at
    .column = Stamped
field-sat-seal = Seal of the SAT
field-cfdi-seal = Seal of the CFDI
field-sat-certificate = Certificate of the SAT
    .column = SAT cert.
field-cfdi-certificate = Certificate (CSD)
    .column = CSD
field-original-string = Original string
field-unit-price = Unit price
    .column = Price
field-item-type = Type
field-product-key = SAT key
    .column = SAT key
field-unit = SAT unit
    .column = Unit
field-nominal-code = Grouping code
    .column = Group
field-ledger-account = Ledger account
field-parent = Parent account
field-parent-department = Part of
field-level = Level
field-header = Header account
field-account-type = Account type
field-classification = Classification
field-nature = Normal balance
field-tax-type = Tax type
    .column = Type
field-rate = Rate
field-tax-payable-account = Payable account
    .column = Payable
field-tax-favorable-account = Receivable account
    .column = Receivable
field-account-number = Account number
field-iban = IBAN
field-bic = BIC (SWIFT)
field-routing-number = Routing number
account-sort = Sort
account-header = header
account-postable = postable
line-description = Line
line-quantity = Quantity
line-price = Price
line-discount = Disc.
line-total = Amount
stamped-is-immutable = { $kind ->
    [credit-notes] Stamped: cannot be edited. A stamped credit note is cancelled in Alegra, not from here.
   *[other] Stamped: cannot be edited. Options: credit note, replace or cancel.
}

## Home

home-unstamped = Unstamped invoices
home-overdue = Overdue
home-unsettled = Outcome to be verified: { $name }
home-unfinished = Unfinished form
home-continue = continue
home-waits = waits for a connection
home-to-send = to be sent
home-expired = ─ past the 72 h
home-last-day = ─ less than 24 h left
home-two-days = ─ 24 to 48 h left
home-three-days = ─ 48 to 72 h left
home-issued = ─ already issued (no drafts)
home-not-read = Fiscal data not read
home-ready = Ready to stamp
home-warnings = With warnings
home-errors = With errors
home-unjudged = Not checked
home-without-receipt = PPD without REP
home-receipts-due = { $n } · due { $day }
home-receipts = PPD without REP: paid in whole or in part and without a payment receipt (complemento de pago), with the day on which the first is due (the 5th of the month after the payment). It is issued at Alegra; here it is only listed.
home-owing = Receivable
home-unstamped-of = { $kind }: unstamped
home-of-notes = CN · { $what }
home-fiscal = Alegra's list came without fiscal data. They are read one by one, those of the last thirteen months first; this is the slow way: { $done }. Those before are read when their document is opened.
home-hint = / finds folio, UUID, customer, RFC or amount from any page; ? lists the keys.

## Find

find-prompt = Find
find-hint = Folio, UUID or part, customer, RFC, amount, month… · customer:ana >10000
find-lately = Last searches (↑ ↓ and Enter)
find-similar = { $count ->
    [one] Nothing has that name · one similar
   *[other] Nothing has that name · { $count } similar
} · { $searched } invoices
find-similar-more = Nothing has that name · { $count } similar, and more · { $searched } invoices
find-similar-rfc = { $count ->
    [one] Nobody has that RFC · one similar
   *[other] Nobody has that RFC · { $count } similar
} · { $searched } invoices
find-similar-rfc-more = Nobody has that RFC · { $count } similar, and more · { $searched } invoices
find-searching = Searching…
find-nothing = Nothing found in { $searched } invoices.
find-hits = { $count ->
    [one] 1 hit
   *[other] { $count } hits
} · { $searched } invoices
find-more = The first { $count }, there are more: narrow · { $searched } invoices
why-number = number
why-uuid = fiscal folio
why-name = name
why-similar = similar name
why-similar-rfc = similar RFC
why-rfc = RFC
why-total = amount
why-before-tax = before tax
why-near = near amount
why-balance = balance
why-due = due date
why-code = code
why-date = date
why-kind = kind
why-status = status
why-stamp = stamp
why-policy = policy
why-account = account
palette-nothing = No action has that name.
help-title = Keys of this page
catalogs-edition =
    Catalogues of the SAT: { $month ->
        [1] January
        [2] February
        [3] March
        [4] April
        [5] May
        [6] June
        [7] July
        [8] August
        [9] September
        [10] October
        [11] November
       *[other] December
    } { $year }
catalogs-rows = { $products } products and services · { $units } units · { $zips } postcodes
catalogs-more = { $groupings } grouping codes · IEPS rates of { $year }

## Keys

key-space = Space
key-delete = Del
key-home = Home
key-end = End
key-page-up = PgUp
key-page-down = PgDn

## Actions

action-find = Find a folio, UUID, customer, RFC or amount
    .short = find
action-palette = All actions
    .short = actions
action-help = Keys of this page
    .short = help
action-back = Back
    .short = back
action-quit = Quit
    .short = quit
action-suspend = Put into the background
    .short = suspend
action-switch-language = Switch language (español)
    .short = español
action-go-home = Go home
    .short = home
action-go-invoices = Go to the invoices
    .short = invoices
action-go-credit-notes = Go to the credit notes
    .short = notes
action-go-quotes = Go to the quotes
    .short = quotes
action-go-payments = Go to the payments
    .short = payments
action-go-bills = Go to the bills
    .short = bills
action-go-purchase-orders = Go to the purchase orders
    .short = orders
action-go-bill-payments = Go to the bill payments
    .short = paid out
action-go-journal-entries = Go to the journal entries
    .short = journal
action-go-customers = Go to the customers
    .short = customers
action-go-suppliers = Go to the suppliers
    .short = suppliers
action-go-invoice-items = Go to the items
    .short = items
action-go-ledger-accounts = Go to the chart of accounts
    .short = accounts
action-go-tax-rates = Go to the taxes
    .short = taxes
action-go-bank-accounts = Go to the bank accounts
    .short = banks
action-go-departments = Go to the departments
    .short = depts
action-go-company-info = Go to the company
    .short = company
action-up = Up
action-down = Down
action-page-up = Page up
action-page-down = Page down
action-first = First row
    .short = first
action-last = Last row
action-open = Open
    .short = open
action-refresh = Read again
    .short = read
action-new = New
    .short = new
action-edit = Edit
    .short = edit
action-stamp = Stamp
    .short = stamp
action-cancel = Cancel at the SAT
    .short = cancel
action-copy-uuid = Copy the fiscal folio
    .short = copy UUID
action-filter-unstamped = Show only unstamped invoices
    .short = unstamped
action-verify-now = Verify unknown outcomes now
    .short = verify
action-fold = Fold
    .short = fold
action-unfold = Unfold
    .short = unfold
action-fold-all = Fold all
action-unfold-all = Unfold all
action-depth = Show down to level { $number }
    .short = level (1–5)
action-pick = Choose option { $number }
    .short = choose (1–6)
action-save = Save
    .short = save
action-save-and-stamp = Save and stamp in one request
    .short = save and stamp
action-catalogue = Open the catalogue of the field
    .short = catalogue
action-next-field = Next field
    .short = next
action-previous-field = Previous field
    .short = previous
action-add-line = Add a line
    .short = line
action-add-native = Add another native field, by path and value
    .short = other
action-delete-line = Remove the line
    .short = remove
action-undo = Undo
    .short = undo
action-next-button = Other button
    .short = No / Yes
action-confirm = Press the selected button
    .short = accept

## Reasons

reason-read-only = Read-only mode: nothing is changed.
reason-no-form = Nothing can be entered here.
reason-nothing-selected = Nothing is selected.
reason-never-edited = Alegra does not let it be edited.
reason-marking = All rows are just being marked: a moment.
reason-receipt = Only invoices and credit notes are stamped. The REP is issued at Alegra.
reason-stamped = { $kind ->
    [credit-notes] Stamped: cannot be edited. A stamped credit note is cancelled in Alegra, not from here.
   *[other] Stamped: cannot be edited. Options: credit note, replace or cancel.
}
reason-never-stamped = Only invoices and credit notes are stamped.
reason-not-read = Its fiscal data were not read yet.
reason-sending = It is being stamped.
reason-unknown = Outcome unknown: neither stamp nor edit until it is known.
reason-stamped-already = It is stamped already.
reason-voided = It is void.
reason-no-uuid = It has no fiscal folio.
reason-nothing-unknown = No outcome is unknown.
reason-only-in-forms = Only inside a form.
reason-only-in-the-tree = Only in the chart of accounts.
reason-only-on-records = Only in a list or on a record.
reason-floor = This is the first page: there is nowhere to go back to.

## Notices

notice-unknown-key = The key { $key } does nothing here. ? lists the keys.
notice-paste-dropped = Text cannot be pasted here.
notice-copied = Copied: { $text }
notice-gone = That record no longer exists in Alegra.
notice-other-books = The connection now leads to another company: { $name } · { $rfc }. What was here is kept apart, and everything is read anew.
notice-stamped = Stamped: { $uuid }
notice-saved-new = Saved: { $name }.
notice-created = Saved as draft { $id }.
notice-stamp-refused = { $name } was not stamped ({ $code }): { $text }
notice-create-refused = Not saved ({ $code }): { $text }
notice-stamp-released = { $name } was not stamped: verified, it has no fiscal folio. It may be tried again.
notice-create-released = { $name } was not saved: verified, it is not in Alegra. It may be tried again.
notice-unsent = { $name } was not sent: { $cause }
notice-already-open = { $name }: another window of this program is sending it already.
notice-broken = A part of the program failed; the rest goes on. The log has the details.
notice-form-kept = What was not saved is kept: Home, «continue».
notice-unfinished = { $count ->
    [one] 1 form is not finished: it is on Home.
   *[other] { $count } forms are not finished: they are on Home.
}
notice-waiting = { $count ->
    [one] 1 form waits to be sent: g m opens it, F8 sends it.
   *[other] { $count } forms wait to be sent: g m opens the next, F8 sends it.
}

## Troubles

trouble-offline = No connection to the server. What was read before is shown.
trouble-offline-short = no connection
trouble-credentials = The key or the connection data are not accepted. Check TIMBRA_API_KEY, TIMBRA_APP_ID and TIMBRA_CONSUMER_ID, or authorise Alegra again.
trouble-credentials-short = connection refused
trouble-quota = The quota of the Apideck plan is used up (402). Background reading has stopped.
trouble-quota-short = quota used up
trouble-rate-limit = API limit; reading goes on by itself in a moment.
trouble-rate-limit-short = API limit
trouble-not-found = That record no longer exists in Alegra.
trouble-not-found-short = not there
trouble-refused = The server said no.
trouble-refused-short = refused
trouble-impossible = That cannot be asked over this connection; nothing was sent. The log says why.
trouble-impossible-short = cannot be asked
trouble-server = The server is in trouble. What was read before stays in view.
trouble-server-short = server in trouble
trouble-unreadable = The server answered something that cannot be understood.
trouble-unreadable-short = unreadable answer
trouble-storage = A file of this program failed on this machine. The log says which and why.
trouble-storage-short = disk trouble
trouble-disk-full = The disk is full: nothing could be written. Make room.
trouble-disk-full-short = disk full
trouble-file-locked = Another program holds a file of this one. Close it and try again.
trouble-file-locked-short = file in use
trouble-file-read-only = A file of this program must not be written. Check its permissions.
trouble-file-read-only-short = not writable
trouble-file-damaged = A file of this program cannot be read: it is damaged or of a newer version.
trouble-file-damaged-short = damaged file

## Questions

confirm-title = Confirm
confirm-abandon-form = There are unsaved changes. Discard them?
confirm-drop-kept = What was typed in this form was not sent. Discard it?
confirm-quit-sending = Something is being sent. If you leave now, its outcome is verified at the next start. Quit?
confirm-quit-unsaved = A form is not saved. If you quit, it stays on Home to be continued. Quit?
button-no = No, leave it
button-yes = Yes
button-close = Close
button-stamp = Yes, stamp
button-correct = Correct

## Stamp

stamp-title = Stamp
stamp-reading = Reading the invoice, the customer and the lines again…
stamp-unreadable = What was to be stamped could not be read; nothing was sent.
stamp-nothing-sent = Nothing was sent.
stamp-verifying = Verifying once more before sending…
stamp-changed = Changed since it was shown. Review and confirm again:
stamp-issuer = Issuer
stamp-document = { $kind ->
    [credit-notes] Credit note
   *[other] Invoice
}
stamp-receiver = Receiver
stamp-amounts = Amounts
total-transferred = transfers
total-withheld = withheld
stamp-barred = Cannot be stamped until what is marked ✖ is corrected.
stamp-only-sat-knows = Enrolled RFC, registered name, postcode and regime: only the SAT can confirm them.
stamp-cost = One folio will be spent and this cannot be undone. Stamp?
stamp-type-first = What is asked for is not typed yet: No stays selected.
stamp-type-total = It is a large total; type it to confirm:
stamp-sending-long = Stamping… It was sent once; it is not repeated.
stamp-refused-verifying = The server said no; verifying before believing it…
stamp-unknown-long = No clear answer came. It may be stamped. Verifying; do not stamp again.
stamp-unknown-reads = { $count ->
    [0] Not read back yet.
    [one] Verified once so far.
   *[other] Verified { $count } times so far.
}
stamp-done = Stamped.
stamp-copy-hint = y copies the fiscal folio; Esc closes.
stamp-refused-long = { $kind ->
    [credit-notes] Not stamped. It is still there unstamped; no folio was spent.
   *[other] Not stamped. It was kept as a draft; no folio was spent.
}
stamp-code = Refusal code
stamp-server-words = The server said
stamp-fault-lines = To be corrected in the lines: { $column }.
stamp-fault-document = { $kind ->
    [credit-notes] To be corrected in the credit note: { $field }.
   *[other] To be corrected in the invoice: { $field }.
}
stamp-fault-receiver = To be corrected in the customer: { $field }.
stamp-fault-unknown = The code names no known field; see the text.
stamp-unsent-long = Nothing was sent: not stamped, and no folio was spent.
unsent-already-open = Another window of this program is sending it already.
unsent-offline = there is no connection to the server.
unsent-paused = the server asked to wait; try again in a moment.
unsent-storage = it could not be written down on this machine, and nothing is sent that is not written down.
unsent-server = the server is in trouble or said no; try again in a moment.
unsent-other = this cannot be asked from here; the log says why.
stamp-released-long = Verified after the time limit: it is not stamped. It may be stamped again.

field-quote = Quote
field-relation = Type of relation
    .column = Relation
field-related = Related CFDI
action-duplicate = Duplicate as a new draft
    .short = duplicate
action-make-invoice = Invoice the quote
    .short = invoice it
action-make-credit-note = Make a credit note from the invoice
    .short = credit note
action-make-bill = Make a bill from the order
    .short = to bill
reason-only-quotes = Only a quote is invoiced.
reason-only-invoices = Only an invoice becomes a credit note.
reason-only-orders = Only a purchase order becomes a bill.
reason-no-lines = This has no lines to duplicate.
reason-billed-already = It is invoiced already.
reason-draft-is-edited = It is a draft: edit it, there is nothing to credit.
reason-lines-not-read = Its lines are not read yet.
reason-closed = It is closed: it cannot be edited.
## Deciding what no read could tell

action-decide = Decide an outcome that reading could not tell
    .short = decide
home-decide = decide
decide-title = Decide
decide-asked = What was sent
decide-twins = No answer came and, past the time limit, reading finds more than one record that could be this one. Which is it?
decide-too-many = No answer came, and so much was keyed in since that not all could be read. Look for it in Alegra before deciding.
decide-gone = No clear answer came and the document is no longer in Alegra. If somebody deleted it, it was not stamped.
decide-nothing = There is nothing to decide any more: reading has told.
decide-who = Who decided is written into the audit log.
decide-later = Not yet; keep verifying
decide-mine = It is this one: { $record }
decide-none-of-them = None of them is mine: take it as not saved
decide-not-stamped = It was not stamped: take it as ended
decide-not-deleted = It was not deleted: done with it
notice-decided-mine = Decided: it is record { $id }.
notice-decided-not-done = Decided: { $name } was not done. It may be tried again.
stamp-decided-not-done = A person decided that it was not stamped.
reason-nothing-to-decide = Nothing to decide: only what reading cannot tell after 90 seconds is decided.
reason-reading-back = It is being read right now; that may tell.
reason-saving = It is being saved.

## Before the yes

decide-next = next
stamp-changed-lines = The lines are not the same.
stamp-changed-rules = Of the same data the rules now say something else.
stamp-too-small = The terminal is too small to see all that is declared: enlarge it to stamp.
stamp-more = ↑↓ more rows: { $above } above, { $below } below
stamp-folios-spent = Folios spent by this program: { $today } today, { $month } this month.

qr-title = Check at the SAT
qr-too-small = The code has no room: enlarge the terminal or copy the link.
qr-no-seal = Alegra gave no seal: the page of the SAT may ask for its last eight characters.
reason-qr-incomplete = Something is not read yet: an RFC or the total.
notice-papers-saving = Saving XML and PDF of { $title }…
notice-papers-saved = { $files } at { $folder }
notice-papers-missing = Could not be had: { $missing } · saved at { $folder }: { $files }
notice-papers-differ = The XML differs from the record in { $parts } · { $files } at { $folder }

## Companies

action-switch-company = Go over to another company
    .short = other company
companies-title = Whose books shall be opened?
companies-here = this one
companies-out-of-reach = other server
reason-one-company = No other company is connected. To connect one, in the terminal: timbra login
notice-company = Now: { $name } · { $rfc }
notice-company-unknown = Now: { $profile }
notice-company-unsettled = Now: { $name } · { $rfc }. Still to be verified at { $old }: { $count }
notice-company-other = The connection leads to { $name } · { $rfc }, which is not the company of the profile. To correct it: timbra login
notice-company-out-of-reach = That company is on another server; it is opened by itself, in the terminal: timbra --profile { $profile }
stamp-type-rfc = Another company: type the last 3 of its RFC, { $rfc }:

## The first page

welcome-title = invoices of Alegra México, from the terminal
welcome-text = No company is connected yet.
welcome-demo = Try it on sample books
welcome-demo-help = Two invented companies on this machine. Nothing leaves it, and no folio is spent.
welcome-connect = Connect a company
welcome-connect-help = Three values of Apideck are asked for and tried. The key is kept in the system keyring, in no file.
welcome-values = The three values are at Apideck: the application, the consumer (one a company) and the key.
welcome-app-id = Application id
welcome-consumer-id = Consumer id
welcome-key = Key (not shown)
welcome-trying = Trying…
welcome-met = ✔ Connected: { $name } · { $rfc }
welcome-in-keyring = The key is in the system keyring, and in no file.
welcome-nowhere = The key was NOT kept, because the system keyring cannot be used ({ $reason }). It serves for this once. From then on: export TIMBRA_API_KEY=… in the terminal, or key_command = "pass show timbra" in { $file }
welcome-failed = Not connected: { $text }
welcome-keys-choice = ↑↓ choose   Enter open   F9 español   q quit
welcome-keys-fields = Tab next   Enter try   Esc back   Ctrl+C quit
welcome-keys-met = Enter open the books   Ctrl+C quit
## Stamping many
action-stamp-fixed = Stamp those that were corrected
    .short = stamp again
batch-row-uncorrected = Refused as it is: correct it, or stamp it on its page.
action-next-to-fix = Open the next one to correct, at its field
    .short = correct
action-next-waiting = Open the next form that waits to be sent
    .short = send what waits
reason-nothing-waits = No form waits to be sent.
batch-title = Stamp several
batch-reading = Reading and checking: { $read } of { $all }…
batch-ready = { $ready ->
        [0] None ready
        [one] 1 ready
       *[other] { $ready } ready
    }{ $warned ->
        [0] {""}
        [one] {" "}(1 with warnings)
       *[other] {" "}({ $warned } with warnings)
    }{ $barred ->
        [0] {""}
        [one] {" "}· 1 not ready: not sent
       *[other] {" "}· { $barred } not ready: not sent
    }
batch-total = Sum of the ready ones
batch-cost = { $count ->
    [one] Spends 1 fiscal folio.
   *[other] Spends { $count } fiscal folios.
}
batch-final = It cannot be undone.
batch-type-count = Type { $count } and choose Yes to stamp:
batch-type-first = First type how many are to be stamped.
choose-yes = No is selected. Tab selects Yes; Esc closes.
button-stamp-all = Yes, stamp all
batch-count-stamped = { $count } stamped
batch-count-refused = { $count } refused
batch-count-unknown = { $count } to be verified
batch-count-elsewhere = { $count } stamped by somebody else
batch-count-changed = { $count } changed
batch-count-barred = { $count } not ready
batch-count-left = { $count } unstamped
batch-count-pending = { $count } pending
batch-checking = Reading the next ones again…
batch-sending = Stamping… Each request leaves only once.
batch-awaiting = The server asked to wait; what it did is verified before anything is tried again.
batch-paused = { $count ->
    [one] The server asks to wait: goes on in 1 second.
   *[other] The server asks to wait: goes on in { $count } seconds.
}
batch-stopping = Stops once what was sent is answered.
batch-stopped = Stopped: nothing more was sent.
batch-stopped-unclear = Stopped: two requests in a row without a clear answer. What was sent is verified; do not stamp again.
batch-stopped-refused = Stopped: the server refuses everything ({ $status }): { $text }
batch-stopped-trouble = Stopped: { $cause }
batch-over = Finished.
batch-esc = Esc stops after this request.
batch-esc-stops = stop
batch-rows = { $from }–{ $to } of { $all }
batch-row-reading = reading…
batch-row-ready = ready
batch-row-warned = { $count ->
    [one] ▲ ready, 1 warning
   *[other] ▲ ready, { $count } warnings
}
batch-row-hours = { $said } · { $hours } h
batch-told-hours = { $hours } hours left to stamp it.
batch-row-waiting = waiting
batch-row-checking = reading again…
batch-row-changed = ▲ changed: look again
batch-row-elsewhere = ◆ by somebody …{ $uuid }
batch-row-stamped = ◆ already …{ $uuid }
batch-row-mended = ✔ corrected: still to stamp
batch-row-left = not sent
batch-row-gone = ✖ no longer in Alegra
batch-row-unread = ✖ could not be read whole
batch-row-sending = … stamping
batch-row-verifying = … verifying the refusal
batch-row-unknown = ? to be verified
batch-row-done = ◆ stamped …{ $uuid }
batch-row-other-window = ▲ another window sends it
batch-row-released = ▲ not stamped (verified)
batch-nothing-corrected = { $count ->
    [one] The one to correct is not ready yet. Tab opens it; if the cause lay outside it, T stamps it there.
   *[other] None of the { $count } to correct is ready yet. Tab opens the next; if the cause lay outside it, T stamps it there.
}
batch-all-visited = Nothing more to correct. V stamps the corrected ones.
reason-notes-one-by-one = Alegra has no bulk stamp for credit notes: they are stamped one by one, unmarked.
reason-nothing-to-fix = Nothing is left to correct from a bulk stamp.
batch-told-uuid = Fiscal folio (UUID): { $uuid }
## Cancellation at the SAT

cancel-title = Cancel at the SAT
cancel-reading = Reading the invoice and what depends on it…
cancel-unreadable = The invoice could not be read: nothing is cancelled.
cancel-why = Why is it cancelled?
cancel-cause = Cause
cancel-cause-01 = 01 Issued with errors, with relation
    .help = Another one is made and stamped in its place; then this one is cancelled.
cancel-cause-02 = 02 Issued with errors, without relation
    .help = It has errors and no other one replaces it.
cancel-cause-03 = 03 The operation did not take place
    .help = The sale did not happen, or was undone entirely.
cancel-cause-04 = 04 Named operation inside a global invoice
    .help = This sale is already part of a global invoice.
cancel-which = Which invoice replaces it?
cancel-offer-make = Make the substitute: a copy as a draft, with relation 04 to this one
cancel-offer-go-on = Go on with { $name }: it has to be stamped
cancel-offer-forget = Forget this replacement; what was typed stays
cancel-make-hint = It is corrected, saved and stamped; then you come back here with the folio fiscal filled in. You can stop at any step and go on another day from Home.
cancel-substitute = Substitute
cancel-cost = It is cancelled at the SAT and cannot be undone. Cancel it?
cancel-type = Type { $folio } to be able to cancel:
cancel-type-first = First type serie and folio as they are shown.
cancel-else-changed = What depends on the invoice, or its substitute, changed since it was shown: look again and decide anew.
cancel-hanging = Applied to it: { $kind } { $name } for ${ $amount }. Cancelling leaves it unapplied.
cancel-hanging-stamped = Applied to it: { $kind } { $name } for ${ $amount }, stamped. While it is valid the SAT does not cancel: cancel it first, in Alegra.
cancel-hanging-more = And { $count } more applied to this invoice.
cancel-hanging-partly = Not all credit notes have been read yet: there may be more.
cancel-tries = { $count ->
    [2] Second attempt to cancel this invoice. Alegra speaks of about five.
    [3] Third attempt to cancel this invoice. Alegra speaks of about five.
   *[other] Attempt { $count } to cancel this invoice. Alegra speaks of about five.
}
cancel-needs-acceptance = May need the client's acceptance: it stays “in process” until they accept or three working days pass.
cancel-no-acceptance = As far as can be seen from here the client need not accept; the SAT has the last word.
cancel-deadline = It can be cancelled until { $day }.
cancel-late = The time to cancel it ended on { $day }: there is a fine, and the SAT may refuse.
cancel-not-related = The substitute does not declare relation 04 to this one: the SAT may refuse the cancellation.
stamp-not-related = Relation 04 to { $number } is missing: Alegra did not keep it in the draft. Add it in Alegra before stamping.
cancel-sending-long = Sending the cancellation… Do not close the terminal; if you do, it is verified when you come back.
cancel-refused-verifying = The server said no. The invoice is read to be sure…
cancel-unknown-long = No clear answer came. It may be cancelled. It is being verified; do not cancel again.
cancel-pending-long = Cancellation in process: waiting for the client or the SAT.
cancel-pending-hint = The invoice stays valid until then. It is read again from time to time, when it is opened, and with v.
cancel-done = Cancelled.
cancel-declined-long = The client did not accept the cancellation: the invoice stays valid.
cancel-refused-long = It was not cancelled. The invoice stays valid.
cancel-released-long = It was not cancelled: the time limit passed and the invoice is still valid. You can try again.
cancel-decided-not-done = Decided: it was not cancelled.
cancel-unsent-long = Nothing was sent: the invoice stays valid.
cancel-reading-already = The SAT already had it as cancelled: read it again.
cancel-reading-issuer = The folio fiscal is not of this issuer.
cancel-reading-related = The SAT does not cancel it because another valid CFDI points at it (payment receipt or credit note): cancel that one first, newest first.
cancel-reading-not-there = The SAT does not know this folio fiscal yet: if it was stamped today, try later.
cancel-reading-cause = The cause is missing or not valid.
cancel-reading-substitute = The folio fiscal of the substitute is not valid: it has to be stamped and in force.
cancel-reading-substitute-unwanted = This cause takes no substitute.
cancel-reading-late = The time to cancel has passed.
cancel-reading-relation = The substitute does not declare relation 04 to this invoice.
cancel-reading-unknown = See what the server says; no common cause is known.
button-cancel = Yes, cancel it
button-cancel-replaced = Go on: cancel the replaced one
notice-cancelled = { $name }: cancelled at the SAT.
notice-cancel-pending = { $name }: cancellation in process; the invoice stays valid until the client accepts.
notice-cancel-declined = { $name }: the client did not accept the cancellation; the invoice stays valid.
notice-cancel-refused = { $name }: not cancelled ({ $code }). { $text }
notice-cancel-released = { $name }: not cancelled; you can try again.
reason-never-cancelled = Only stamped invoices are cancelled at the SAT.
reason-notes-not-cancelled = Credit notes are not cancelled this way: Alegra has no road for it. They are cancelled in Alegra.
reason-draft-not-cancelled = It is a draft: it is not cancelled but deleted (D).
reason-unstamped-not-cancelled = It has no stamp: there is nothing to cancel at the SAT.
reason-cancel-pending = The cancellation is already in process.
reason-cancelled = It is cancelled already.
decide-not-cancelled = It was not cancelled
home-cancelling = Cancellation in process: { $name }
home-awaiting = ◈ waiting
home-thread-make = Replacement of { $old }: the substitute has to be made
home-thread-look = Replacement of { $old }: the substitute has to be read
home-thread-stamp = Replacement of { $old }: { $new } has to be stamped
home-thread-cancel = Replacement of { $old }: it has to be cancelled, { $new } is stamped
thread-stamp-next = The substitute has to be stamped: T. Then you come back to the cancellation.
form-replaces = Replaces the folio fiscal { $uuid } (relation 04)
## Live notices

live-title = Live notices (webhooks)
live-off = Nobody is listening. To have changes made in Alegra arrive by themselves, put listen = "127.0.0.1:8790" and public_url, the public address that leads there, into [webhooks] of the configuration file. Invoices, bills, items, customers and suppliers send notices; r refreshes the rest.
live-taken = Another program, perhaps another timbra window, is listening on { $address }: notices arrive there.
live-listening = Listening on { $address }.
live-no-url = public_url is missing in the configuration: there is no subscription without a public address.
live-subscribed = Subscribed: Apideck delivers to { $url }
live-not-subscribed = No subscription for { $url }
live-switched-off = The subscription of { $url } is switched off: { $reason }
live-off-delivery-url-validation-failed = the address did not answer when it was tried
live-off-retry-limit = nobody answered for 24 hours
live-off-usage-limit = the plan's deliveries are used up
live-nothing = No notice has arrived yet.
live-probe = trial of the address
live-invoice = invoice
live-bill = bill
live-invoice-item = item
live-customer = customer
live-supplier = supplier
live-created = was created
live-updated = changed
live-deleted = was deleted
reason-not-listening = Nothing is listened to: listen is missing in [webhooks] of the configuration file.
reason-port-taken = Another program is listening on that address.
reason-no-public-url = public_url is missing in [webhooks] of the configuration file.
reason-subscribed = There is a subscription already.
reason-not-subscribed = There is no subscription.
notice-subscribing = Subscribing…
notice-unsubscribing = Removing the subscription…
## Save and stamp in one request

reason-stamped-from-page = It is saved already: save the changes and stamp it from its page with T.
stamp-not-saved-yet = new, not saved
stamp-made-reading = Alegra saved it with the id { $id }; reading its fiscal folio…
stamp-made-unstamped = Verified after the limit: it was saved ({ $id }) and is not stamped; no folio was spent. It is open below.
stamp-refused-kept = { $kind ->
    [credit-notes] Not stamped. It was kept unstamped ({ $id }); no folio was spent.
   *[other] Not stamped. It was kept as draft { $id }; no folio was spent.
}
stamp-refused-decide = The server said no, and more than one record could be what it kept. R asks which.
create-stamp-refused-long = Neither saved nor stamped; no folio was spent.
create-stamp-unknown-long = No clear answer came. It may be saved and stamped. Verifying; do not enter or stamp it again.
create-stamp-released-long = Verified after the limit: it was neither saved nor stamped. What you entered is still in the form.
notice-taken = That record is already the one of another entry; reading again.
notice-made-unstamped = Saved ({ $id }), not stamped: verified, it has no fiscal folio.
notice-stamp-refused-kept = Not stamped ({ $code }); it was kept unstamped ({ $id }): { $text }
notice-create-stamp-refused = Neither saved nor stamped ({ $code }): { $text }
notice-create-stamp-released = { $name } was neither saved nor stamped: verified, it does not exist in Alegra. You can try again.

action-mask = Hide amounts and names, or show them again
    .short = hide
masked = HIDDEN
notice-masked = Amounts and names are hidden. The same key shows them again.
notice-unmasked = Amounts and names are in view.
reason-going-over = Going over to another company: nothing is begun before its books are on screen.
reason-only-left-forms = On Home only forms that are not finished can be discarded: select one first.
reason-masked = What is hidden has to be seen for this. Alt+M shows it.

## What is not understood of a question

puzzle-operator = “{ $word }” is not understood: there is no operator of that name.
puzzle-missing = “{ $word }” waits for a value.
puzzle-value = “{ $word }” is not understood: the operator takes no such value.
puzzle-amount = “{ $word }” is not understood: an amount is expected, like >10000 or 1000..2000.
puzzle-day = “{ $word }” is not understood: a date is expected, like 2026-03 or 12/03..15/03.
puzzle-amount-or-day = “{ $word }” is not understood: an amount or a date is expected.
puzzle-backwards = “{ $word }” runs backwards: it begins behind its end.
puzzle-no-such-day = “{ $word }” is in no calendar.
puzzle-negation = “{ $word }”: nothing can be left out; only what is wanted can be looked for.
puzzle-too-many = Too many words: from “{ $word }” on they were not read.

find-prompt-everywhere = Find in all companies
find-among = { $count ->
    [one] in { $count } company
   *[other] in { $count } companies
}
find-unread = No data here: { $names }
action-find-everywhere = Search all companies, or this one only
    .short = all companies
live-foreign = { $count ->
    [one] 1 delivery about another company came; nothing was read here for it.
   *[other] { $count } deliveries about another company came; nothing was read here for them.
}
