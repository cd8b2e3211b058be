### Words of records and lists: values, links, the native record, filters, deletion.

## Closed values

draft-mark = d{ $id }
unnumbered-mark = no. { $id }
unnumbered = without number, { $id }
value-account-type-accounts-payable = accounts payable
value-account-type-accounts-receivable = accounts receivable
value-account-type-balancesheet = balance sheet
value-account-type-bank = bank
value-account-type-cash = cash
value-account-type-checking = bank account
value-account-type-costs-of-sales = cost of sales
value-account-type-credit-card = credit card
value-account-type-current-asset = current asset
value-account-type-current-liability = current liability
value-account-type-equity = equity
value-account-type-expense = expense
value-account-type-fixed-asset = fixed asset
value-account-type-line-of-credit = line of credit
value-account-type-money-market = money market
value-account-type-non-current-asset = non-current asset
value-account-type-non-current-liability = non-current liability
value-account-type-other = other
value-account-type-other-asset = other assets
value-account-type-other-expense = other expense
value-account-type-other-income = other income
value-account-type-other-liability = other liabilities
value-account-type-revenue = revenue
value-account-type-sales = sales
value-account-type-savings = savings
value-classification-asset = asset
value-classification-costs-of-sales = cost of sales
value-classification-equity = equity
value-classification-expense = expense
value-classification-income = income
value-classification-liability = liability
value-classification-other = other
value-classification-other-expense = other expense
value-classification-other-income = other income
value-classification-revenue = revenue
value-item-type-description = description
value-item-type-inventory = stocked product
value-item-type-non-inventory = product without stock
value-item-type-other = other
value-item-type-service = service
value-nature-credit = credit
value-nature-debit = debit

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
compare-field = Field
compare-theirs = There now
compare-mine = Here
compare-lines = Lines
compare-postings = Postings
compare-rows = { $count } in all
