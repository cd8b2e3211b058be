### Words of records and lists: values, links, the native record, filters, deletion.

## Closed values

draft-mark = d{ $id }
unnumbered-mark = no. { $id }
unnumbered = without number, { $id }
value-type-of-account-accounts-payable = Accounts payable
value-type-of-account-accounts-receivable = Accounts receivable
value-type-of-account-balancesheet = Balance sheet
value-type-of-account-bank = Bank
value-type-of-account-cash = Cash
value-type-of-account-checking = Bank account
value-type-of-account-costs-of-sales = Cost of sales
value-type-of-account-credit-card = Credit card
value-type-of-account-current-asset = Current asset
value-type-of-account-current-liability = Current liability
value-type-of-account-equity = Equity
value-type-of-account-expense = Expense
value-type-of-account-fixed-asset = Fixed asset
value-type-of-account-line-of-credit = Line of credit
value-type-of-account-money-market = Money market
value-type-of-account-non-current-asset = Non-current asset
value-type-of-account-non-current-liability = Non-current liability
value-type-of-account-other = Other
value-type-of-account-other-asset = Other assets
value-type-of-account-other-expense = Other expense
value-type-of-account-other-income = Other income
value-type-of-account-other-liability = Other liabilities
value-type-of-account-revenue = Revenue
value-type-of-account-sales = Sales
value-type-of-account-savings = Savings
value-class-asset = Asset
value-class-costs-of-sales = Cost of sales
value-class-equity = Equity
value-class-expense = Expense
value-class-income = Income
value-class-liability = Liability
value-class-other = Other
value-class-other-expense = Other expense
value-class-other-income = Other income
value-class-revenue = Revenue
value-type-of-item-description = Description
value-type-of-item-inventory = Stocked product
value-type-of-item-non-inventory = Product without stock
value-type-of-item-other = Other
value-type-of-item-service = Service
value-nature-credit = Credit
value-nature-debit = Debit

## Detail

detail-applied = Applied
detail-billed = Billed in
detail-amount = Amount
detail-account = Account
detail-debit = Debit
detail-credit = Credit
detail-used-in = Used in
detail-documents = Documents
detail-used-nowhere = nothing that was read

## The native record

native-typing = typing filters by path or value
native-prompt = Native record
native-counts = { $shown } of { $all } values, { $empty } empty
native-read-at = read { $at }
native-nothing = Nothing with that name or value.

## Links

links-of = Related to
links-none = Nothing that was read is related to this record.
list-of = of { $name }

## Sorting and filtering

sort-by = Sort by
sort-rising = smallest first
sort-falling = largest first
narrow-prompt = Filter
accounts-uncoded = without a grouping code

## Actions

action-native = See the whole native record
    .short = native
action-links = See the related records
    .short = related
action-delete = Delete
    .short = delete
action-sort = Sort the list
    .short = sort
action-narrow = Filter by text or badge
    .short = filter
action-keep-narrowed = Back to the rows, filter kept
    .short = keep filter
action-mark = Mark or unmark the row
    .short = mark
action-mark-all = Mark all rows, or none
    .short = all
action-copy-value = Copy the value
    .short = copy value
action-filter-uncoded = See only the accounts without a grouping code
    .short = uncoded

## Deleting

confirm-delete = The { $kind } { $name } of { $company } ({ $rfc }) will be deleted. This cannot be undone. Delete?
confirm-delete-both = The { $kind } { $name } of { $company } ({ $rfc }) will be deleted. It is customer and supplier: it goes from both lists, and this cannot be undone. Delete?
reason-account-not-deleted = Alegra does not delete ledger accounts; the account can be blocked in Alegra.
reason-company-not-deleted = The company is not deleted.
reason-never-deleted = Alegra does not allow it to be deleted.
reason-stamped-not-deleted = { $kind ->
    [credit-notes] It has a fiscal folio: it is not deleted. A stamped credit note is cancelled in Alegra, not from here.
   *[other] It has a fiscal folio: it is not deleted. Options: credit note, replace or cancel.
}
reason-only-drafts-deleted = Only drafts are deleted; an issued invoice is voided.
reason-no-value = There is no value to copy.
notice-deleted = Deleted: { $name }.
notice-delete-refused = { $name } was not deleted ({ $code }): { $text }
notice-delete-released = { $name } was not deleted: it was verified and is still in Alegra. It may be tried again.

## Comparing

compare-title = { $name } changed elsewhere since it was opened
compare-explained = ▲ changed on both sides: one gets lost. Nothing was sent; all else is kept.
compare-field = Field
compare-theirs = There now
compare-mine = Here
compare-lines = Lines
compare-postings = Postings
compare-rows = { $count } in all

action-show-qr = Check at the SAT (QR code and link)
    .short = check
action-copy-link = Copy the link
    .short = copy link
action-save-papers = Save XML and PDF
    .short = XML and PDF

## The package of a period

package-title = XML and PDF of a period
package-company = Company
package-period = Period
package-files = Files
package-both = XML and PDF
package-xml = XML only
package-pdf = PDF only
package-documents = Stamped
package-folder = Folder
package-index = Index
package-hint = A month or a year: march, mar 2025, 2026-03, last month. Empty is last month. Tab changes the files, Enter downloads.
package-going = { $done } of { $all }
package-stop = Esc stops after the document under way; what was downloaded stays.
package-stopping = Stopping after the document under way…
package-tally = { $files } of { $all } in the folder, { $fresh } new
package-index-kept = index.csv and index.json
package-complete = Nothing is missing.
package-missing = { $count ->
    [one] Missing or different: 1
   *[other] Missing or different: { $count }
}
package-unread-count = { $count } not read
package-unread = { $name }: its fiscal data were not read; nobody knows whether it is stamped
package-partial = { $kind }: { $count } read so far; there may be more
package-stopped = { $form } still to be downloaded: it was stopped
notice-packed = { $count ->
    [one] 1 document in { $folder }
   *[other] { $count } documents in { $folder }
}
action-package = Download XML and PDF of a period
    .short = download
action-other-files = Change which files are downloaded
    .short = files
action-pack = Download, or close when it has ended
    .short = download
reason-company-unknown = It is not known yet whose books these are.
reason-no-period = The period is not understood: march, mar 2025, 2026-03, 2025.
reason-empty-period = Nothing is stamped in that period, among what was read.
reason-packing = It is being downloaded already.
action-show-live = Show live notices (webhooks)
    .short = notices
action-subscribe = Subscribe to notices
    .short = subscribe
action-unsubscribe = Remove the subscription to notices
    .short = remove

## Views with a name

views-title = Saved views
views-none = None yet. In a list, F8 saves the one on screen.
view-name-new = Save the view as
view-name-other = New name of the view
action-save-view = Save the list and its filter as a view
    .short = save view
action-show-views = Go to the saved views
    .short = views
action-rename-view = Rename the view
    .short = rename
action-delete-view = Delete the view
    .short = delete
action-give-name = Save under this name
    .short = save
confirm-replace-view = There is a view “{ $name }” already. Replace it?
confirm-delete-view = The view “{ $name }” will be deleted; the documents stay as they are. Delete?
notice-view-kept = View “{ $name }” saved: g s opens it.
notice-view-renamed = The view is called “{ $name }” now.
notice-view-dropped = View “{ $name }” deleted.
reason-view-unnamed = The view needs a name.
reason-view-long-name = That name is too long: there is room for { $count } letters.
reason-view-puzzle = The filter is not understood yet; it is not saved as a view.
reason-nothing-typed = Nothing was typed here that could be saved: e opens the form; only a list is saved as a view.
reason-only-lists = Only a list is saved as a view.
