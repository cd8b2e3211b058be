### Words of records and lists: values, links, the native record, filters, deletion.

## Closed values

draft-mark = d{ $id }
unnumbered-mark = no. { $id }
unnumbered = without number, { $id }
value-account-type-accounts-payable = Accounts payable
value-account-type-accounts-receivable = Accounts receivable
value-account-type-balancesheet = Balance sheet
value-account-type-bank = Bank
value-account-type-cash = Cash
value-account-type-checking = Bank account
value-account-type-costs-of-sales = Cost of sales
value-account-type-credit-card = Credit card
value-account-type-current-asset = Current asset
value-account-type-current-liability = Current liability
value-account-type-equity = Equity
value-account-type-expense = Expense
value-account-type-fixed-asset = Fixed asset
value-account-type-line-of-credit = Line of credit
value-account-type-money-market = Money market
value-account-type-non-current-asset = Non-current asset
value-account-type-non-current-liability = Non-current liability
value-account-type-other = Other
value-account-type-other-asset = Other assets
value-account-type-other-expense = Other expense
value-account-type-other-income = Other income
value-account-type-other-liability = Other liabilities
value-account-type-revenue = Revenue
value-account-type-sales = Sales
value-account-type-savings = Savings
value-classification-asset = Asset
value-classification-costs-of-sales = Cost of sales
value-classification-equity = Equity
value-classification-expense = Expense
value-classification-income = Income
value-classification-liability = Liability
value-classification-other = Other
value-classification-other-expense = Other expense
value-classification-other-income = Other income
value-classification-revenue = Revenue
value-item-type-description = Description
value-item-type-inventory = Stocked product
value-item-type-non-inventory = Product without stock
value-item-type-other = Other
value-item-type-service = Service
value-nature-credit = Credit
value-nature-debit = Debit

## Detail

detail-applied = Applied
detail-amount = Amount
detail-account = Account
detail-debit = Debit
detail-credit = Credit
detail-used-in = Used in
detail-documents = Documents
detail-used-nowhere = nothing that was read

## The native record

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
reason-stamped-not-deleted = It has a fiscal folio: it is not deleted. Options: credit note, replace or cancel.
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
