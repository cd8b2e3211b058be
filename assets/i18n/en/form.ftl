### Words of the forms and of their pickers.

## Actions

action-next-finding = Next finding
    .short = finding
action-choose = Choose
    .short = choose

## Title and state

form-new = { $kind ->
    [invoices] New invoice
    [credit-notes] New credit note
    [quotes] New quote
    [payments] New payment received
    [bills] New bill
    [purchase-orders] New purchase order
    [bill-payments] New payment to supplier
    [journal-entries] New journal entry
    [customers] New customer
    [suppliers] New supplier
    [invoice-items] New item
    [ledger-accounts] New ledger account
    [tax-rates] New tax
    [bank-accounts] New bank account
    [departments] New cost centre
   *[other] New record
}
form-edit = Edit { $one } { $title }
form-state-saving = saving…
form-state-changed = not saved
form-restored = What was not saved is back.
form-unknown = No answer came. It may be saved. It is being verified; do not key it in again.

## Lines and totals

form-line-item = Item
form-line-item-or-account = Item or account
form-transferred = Transferred
form-withheld = Withheld
form-choose = choose ({ $key })

## Findings

form-errors = { $count ->
    [one] one error
   *[other] { $count } errors
}
form-warnings = { $count ->
    [one] 1 warning
   *[other] { $count } warnings
}
form-next = { $key } next
form-catalogs-pending = Catalogues loading…
form-inside-contact = In the contact: { $text }
form-inside-item = In the item: { $text }
form-no-findings = There are no findings.
form-unreadable-date = “{ $text }” is no date. 31/03/2026, 31/3 or 31 will do.
form-unreadable-amount = “{ $text }” is no amount. 1250.50 or 1,250.50 will do.
form-missing-contact = The customer is missing.
form-missing = This is missing.
form-missing-supplier = The supplier is missing.
form-missing-delivery-date = The delivery date is missing.
form-missing-item-or-account = The item or expense account is missing.
form-header-account = “{ $account }” is a header account: only accounts of the last level take postings.
form-missing-date = The date is missing.
form-missing-due-date = The due date is missing.
form-missing-name = The name is missing.
form-missing-lines = At least one line is missing.
form-missing-item = The item is missing: Alegra only bills what is in its catalogue.
form-missing-quantity = The quantity is missing.
form-missing-price = The price is missing.
form-no-product-key = The item “{ $item }” has no SAT product key: Alegra does not accept the line. Add it to the item.

## Saving

form-not-saved = Not saved. To be corrected: { $count }.
form-nothing-changed = Nothing to save: nothing changed.
form-updated = Changes saved.
form-locked = Being saved: wait for the result.
form-refused = Not saved. The server says: { $text }
form-refused-code = Not saved ({ $code }). The server says: { $text }
form-saved-before = It was being saved when the program ended. Look for it in the list before saving again.
form-left-saving = Saving goes on; the result will be told here.
form-unreadable-edit = The unfinished form { $slot } could not be brought back.

## Typing

form-forma-locked = PPD demands payment means 99 (other).
form-rate-locked = In pesos (MXN) the exchange rate is 1.
form-at-end = End of the form. { $key } saves.
form-no-catalogue = This field has no catalogue.
form-no-lines = This form has no lines.
form-no-line = No line is selected.
form-nothing-to-undo = Nothing to undo.

## Pickers

picker-prompt = Search:
picker-usual = usual here
picker-searching = searching…
picker-nothing = Nothing found for “{ $text }”.
picker-nothing-so-far = Nothing found for “{ $text }” in what was read so far; there may be more.
form-barred-inactive = inactive
form-barred-header = header: takes no postings
form-barred-use = does not go with régimen { $regime }
form-barred-document = belongs to another type of CFDI
form-barred-fisica-only = for persons only
form-barred-moral-only = for companies only
form-barred-generic = the generic RFC takes 616
form-barred-taxed = the line has taxes that it does not admit
form-barred-untaxed = the line lacks the tax that it demands
form-barred-at-home = the RFC is Mexican
form-barred-abroad = the client lives abroad
form-barred-not-replaced = the CFDI that replaces it is missing
form-barred-nameless = it was issued to the general public
form-barred-no-country = not a country that Alegra takes

## Payments: open documents and how much goes to them

action-fill = Pay the document off, or fill what balances the entry
    .short = fill
action-distribute-oldest = Apply from the oldest to the newest
    .short = distribute
action-find-exact = Find the documents that sum exactly
    .short = exact sum
action-clear-applied = Take back all that is applied
    .short = clear
record-id = internal id { $id }
form-document = Document
form-apply = To apply
form-paid = Amount
form-applied = Applied
form-to-apply = Left to apply
form-open-choose = Once the contact is chosen, its open documents appear.
form-open-reading = Reading the open documents…
form-open-of = Open: { $open }, among { $cached } of { $total } read.
form-open-partial = Open: { $open }, among { $cached } of { $total } read; there may be more.
form-open-so-far = Open: { $open }, among { $cached } read so far; there may be more.
form-missing-amount = The amount is missing.
form-missing-bank-account = The account that the money goes through is missing.
form-not-positive = The amount has to be above 0.
form-cents = An amount has two decimals at most.
form-unapplied = A payment has to be applied to at least one document.
form-left-to-apply = { $amount } left to apply.
form-relations-kept = It has related CFDI of several types ({ $kinds }); they do not fit here and are kept as long as nothing is written here.
form-came-unapplied = This payment came without being applied to any document. The rest can be changed and saved as it is.
form-came-left-to-apply = This payment came with { $amount } left to apply. The rest can be changed and saved as it is.
form-over-applied = { $amount } more is applied than the payment is over.
form-over-document = Only { $amount } is left to pay on { $document }.
form-other-currency = This document is in another currency than the payment.
form-no-open-documents = There are no open documents to apply to.
form-nothing-applied = Nothing is applied.
form-nothing-to-fill = Nothing to apply here: no amount is left, or nothing is owed.
form-fill-where = Go to the column “To apply” of the document.
form-exact-found = { $count ->
    [1] One document sums exactly to the amount.
   *[other] { $count } documents sum exactly to the amount.
}
form-exact-none = No set of documents sums exactly to { $amount }.
form-exact-gave-up = Gave up searching: there are too many combinations. Apply by hand or from the oldest.
reason-no-amounts = Only while a payment is applied or an entry is keyed in.

## Journal entries

form-debit = Debit
form-credit = Credit
form-debits = Debits
form-credits = Credits
form-difference = Difference
form-lacking-debits = Missing in debits
form-lacking-credits = Missing in credits
form-header-chosen = { $account } is a header account; choose one of its sub-accounts.
form-account-inactive = { $account } is inactive.
form-unknown-account = No account matches “{ $text }”.
form-chart-pending = The chart of accounts has not been read yet.
form-missing-account = The account is missing.
form-missing-side = The debit or the credit is missing.
form-both-sides = A line is a debit or a credit, not both.
form-two-postings = An entry has at least two lines.
form-unbalanced = The entry does not balance: { $amount } is missing in { $side ->
    [debits] debits
   *[credits] credits
}.
form-nothing-to-balance = It balances already: nothing to fill.
## Words of the fields with few choices

value-person-yes = Natural person
value-person-no = Legal person
value-type-of-tax-iva = IVA, value-added tax
value-type-of-tax-ieps = IEPS, excise tax
value-type-of-tax-isr = ISR, income tax
value-type-of-tax-exento = Exempt
value-type-of-tax-retencion-isr = ISR withheld
value-type-of-tax-retencion-iva = IVA withheld

## Contacts, items and accounts

form-also-supplier = This contact is a supplier too; the change counts for both.
form-also-customer = This contact is a customer too; the change counts for both.
form-rfc-twice = There is a contact with this RFC already: { $name }.
form-item-without-key = Without a SAT key no invoice can bill this item.
form-inherited = { $text } · inherited
form-missing-parent = The parent account is missing: a new account stands under a header account.
form-missing-rate = The rate is missing.
form-missing-type = The type is missing.
form-barred-no-header = no header account: nothing stands under it
form-from-quote = From quote { $quote }: once saved, the quote counts as invoiced.
## Changes without a clear answer

form-left-unsaved = The changes were not saved. The form waits on Home.
form-unclear-nothing = No clear answer came, and it was read again: the changes were not saved. They may be saved again. { $text }
form-unclear-some = No clear answer came, and it was read again: only a part is as it is here. Review and save again. { $text }
form-unclear-unread = No clear answer came, nor could it be read again: the changes may be saved. Saving again duplicates nothing. { $text }
form-stamp-refused = Not stamped ({ $code }). The server says: { $text }
form-stamp-refused-kept = Not stamped ({ $code }); it was kept unstamped ({ $id }). The server says: { $text }
form-create-stamp-refused = Neither saved nor stamped ({ $code }). The server says: { $text }

## Saved


## What is suggested, and what changed elsewhere

action-accept = Accept what is suggested
    .short = accept
action-keep-mine = Save what stands here, over theirs
    .short = save mine
action-take-theirs = Take theirs and go on in the form
    .short = take theirs
reason-no-suggestion = There is nothing to suggest for this field.
form-suggested = → { $value }  ({ $key } accepts it)
form-suggested-contact = → { $value } in the contact  ({ $key })
form-suggested-item = → { $value } in the item  ({ $key })
form-leads-contact = → correct { $value } in the contact  ({ $key })
form-leads-item = → correct { $value } in the item  ({ $key })
form-suggested-nothing = (empty)
form-changed-elsewhere = It changed elsewhere meanwhile: nothing was sent. Saving compares the two sides.
form-stamped-meanwhile = It was stamped elsewhere meanwhile (fiscal folio { $uuid }): it can be changed no more, and nothing was sent.
form-voided-meanwhile = It was voided elsewhere meanwhile: it can be changed no more, and nothing was sent.
form-theirs-taken = Theirs are in the form; the other changes are still not saved.
form-from-order = From purchase order { $order }: the lines that come from it name it; where Alegra keeps the link, it is billed.
form-credit-applied = It is applied to { $invoice }, as far as that is owed.
form-credit-only-related = Nothing is owed on { $invoice } any more: the note is not applied, only related to its fiscal folio.

## What has no field of its own
form-others = Other native fields · { $key } adds a path and a value
form-other-path = path
form-other-value = value
form-other-hint = A path in the native record (anotation, items[0].unit) and its value: text or JSON.
form-other-no-path = The path of the value is missing.
form-other-unreadable-path = This is no path. It is written as $.anotation or $.items[0].unit.
form-other-twice = Another row writes there already.
form-other-no-row = There is no such line: there are { $count }, counted from 0.
form-other-no-value = The value is missing. To empty the field: null.
form-other-unreadable-json = The JSON is not complete. For a text: "in quotation marks".
form-other-control = Line breaks and control characters are not accepted.
form-other-owned = It has a field of its own: { $field }. It is keyed in there.
form-other-rows = Lines are keyed in in the table; by a path only a part, such as $.items[0].unit.
form-other-stamp = The stamp is not written: saving never stamps.
form-other-server = Alegra makes it; it is not written.
form-other-secret = No keys or passwords here: what is keyed in stays on disk.
reason-no-pass-through = Bank accounts take no other native fields.
