//! The rows of table F, whom each binds, and what the screen still owes.

/// Number, sides and what the row says in short. `S` the sandbox, `C` the client, `P` the program on screen.
pub const ROWS: &[(&str, &str, &str)] = &[
    (
        "0.1",
        "SCP",
        "Alegra auth is Basic e-mail+token, held in the connection",
    ),
    ("0.2", "SC", "all calls carry the four headers"),
    ("0.3", "SCP", "company-info is read only"),
    ("0.4", "SCP", "14 resources have full CRUD"),
    ("0.5", "SCP", "ledger accounts: no delete"),
    (
        "1.1",
        "SCP",
        "stamping yields a UUID and consumes a real folio",
    ),
    (
        "1.2",
        "SCP",
        "stamping applies to invoices and credit notes",
    ),
    (
        "1.3",
        "SCP",
        "bills and POs are not stamped, editable while open",
    ),
    ("1.4", "SCP", "create makes an unstamped draft, no folio"),
    (
        "1.5",
        "SP",
        "each line's product needs productKey or create is rejected",
    ),
    ("1.6", "SCP", "productKey has no unified field; code = SKU"),
    (
        "1.7",
        "SC",
        "set productKey via pass_through on item create",
    ),
    ("1.8", "SCP", "must be a valid SAT code string"),
    ("1.9", "SCP", "read productKey via Proxy GET /items/{id}"),
    ("1.10", "SP", "unset payment_method/paymentType → cash/PUE"),
    ("1.11", "SCP", "stamp needs pass_through with SAT fields"),
    ("1.12", "SCP", "generateStamp true vs draft"),
    (
        "1.13",
        "SCP",
        "payment_method is an Alegra word; numeric SAT code rejected",
    ),
    ("1.14", "SCP", "PUE or PPD; PPD requires other"),
    ("1.15", "SCP", "cfdiUse from SAT catalogue"),
    ("1.16", "SCP", "regimeClient required for CFDI 4.0"),
    ("1.17", "SP", "no dry-run stamp"),
    ("1.18", "SP", "client must have valid RFC"),
    ("1.19", "SP", "XAXX010101000 fine for drafts"),
    (
        "1.20",
        "SCP",
        "failed stamp: saved as draft, HTTP 400 + error + invoice",
    ),
    ("1.21", "SCP", "fix and re-stamp; nothing lost"),
    ("1.22", "SCP", "unified read lacks CFDI fields"),
    ("1.23", "SC", "?raw=true puts native record under data._raw"),
    ("1.24", "SP", "PDF/XML via Proxy ?fields=pdf,xml"),
    ("1.25", "SC", "proxy base /proxy, target in header"),
    (
        "1.26",
        "SP",
        "stamped invoice immutable; update/delete only draft",
    ),
    ("1.27", "SP", "bulk stamp POST /invoices/stamp {ids}"),
    ("1.28", "SCP", "stamp one POST /{id}/open"),
    ("1.29", "SCP", "cancel POST /{id}/void with cause 01–04"),
    ("1.30", "SCP", "01 also needs relatedFolio"),
    ("1.31", "SP", "id does not change on stamping"),
    ("2.1", "S", "native states draft/open/closed/void"),
    ("2.2", "SCP", "unified status from balance"),
    (
        "2.3",
        "SCP",
        "draft→draft, void→voided, none→authorised, part→partially_paid, full/closed→paid",
    ),
    ("2.4", "SCP", "applies to invoices, bills, credit notes"),
    ("2.5", "SCP", "partially_paid is no filter"),
    ("2.6", "SCP", "paid, authorised/unpaid, voided filter works"),
    (
        "3.1",
        "SCP",
        "payments = receipts, bill-payments = supplier payments",
    ),
    ("3.2", "SCP", "both full CRUD"),
    ("3.3", "SCP", "unapplied payment rejected"),
    (
        "3.4",
        "SCP",
        "documents come back in allocations with amount",
    ),
    ("3.5", "SP", "payment_method list of six"),
    (
        "3.6",
        "SCP",
        "bank-accounts types cash/checking/credit_card",
    ),
    ("3.7", "SCP", "no IBAN, BIC, routing, balance"),
    ("3.8", "SCP", "bank-type have account number"),
    (
        "4.1",
        "SCP",
        "bill/PO line: item or ledger account, may mix",
    ),
    ("4.2", "SC", "type tells which"),
    (
        "4.3",
        "SCP",
        "expense_item → item; expense_account → ledger_account",
    ),
    ("4.4", "SCP", "sales documents only catalogue items"),
    ("5.1", "SP", "tree up to 5 levels, ≈466 accounts"),
    ("5.2", "SCP", "parent_account and sub_accounts exposed"),
    ("5.3", "SCP", "only leaf accounts postable; header rejected"),
    ("5.4", "SCP", "code = own, nominal_code = SAT agrupador"),
    ("5.5", "SP", "SAT code not unique"),
    ("5.6", "SCP", "create needs parent_account.id"),
    ("5.7", "SCP", "create/update yes, delete no; block instead"),
    ("5.8", "SCP", "classification/type/nature inherited"),
    ("5.9", "SC", "PATCH changes only sent fields"),
    ("6.1", "SCP", "tax CRUD"),
    ("6.2", "SCP", "create needs type"),
    (
        "6.3",
        "SCP",
        "total_tax_rate or effective_tax_rate carries %",
    ),
    ("6.4", "SC", "update preserves ledger accounts"),
    ("7.1", "SCP", "debits = credits or rejected"),
    (
        "7.2",
        "SCP",
        "each line one debit or credit with type + total_amount + ledger_account",
    ),
    ("7.3", "SCP", "number always empty; no timestamps"),
    ("8.1", "SCP", "contact may be customer and supplier"),
    ("8.2", "SP", "same id in both lists; update hits both"),
    ("9.1", "SC", "offset paging, ≤30"),
    ("9.2", "SC", "walk cursors.next until null"),
    ("9.3", "SC", "ledger-accounts unpaginated"),
    ("9.4", "SC", "sort created_at/updated_at on most"),
    (
        "9.5",
        "SC",
        "ledger-accounts, journal-entries, departments unsortable",
    ),
    (
        "9.6",
        "SC",
        "status + customer_id/supplier_id on payments, bill-payments, journals",
    ),
    ("9.7", "SCP", "invoices, credit-notes, quotes no filters"),
    ("9.8", "SC", "invoice-items filter by name"),
    ("9.9", "P", "filter client-side otherwise"),
    ("10.1", "SCP", "extra Mexican fields not in schema"),
    ("10.2", "SC", "write with pass_through, read with raw/Proxy"),
    ("10.3", "SCP", "uuid is the most wanted field"),
    (
        "11.1",
        "SP",
        "native webhooks for four resources, create/update/delete",
    ),
    (
        "11.2",
        "SP",
        "contact change → customers and suppliers events",
    ),
    ("11.3", "SP", "other resources emit none"),
];

/// Tests of the screen that prove a row without being named after it.
pub const SCREEN: &[(&str, &str)] = &[
    ("0.1", "what_is_missing_is_not_connected_and_no_key_is_told"),
    ("0.5", "what_cannot_be_deleted_says_why"),
    (
        "1.1",
        "a_yes_stamps_once_and_the_folio_fiscal_on_screen_is_the_one_that_was_given",
    ),
    (
        "1.4",
        "a_new_invoice_of_several_lines_is_saved_as_a_draft_and_edited_again",
    ),
    (
        "1.5",
        "an_item_without_a_sat_key_is_named_before_the_server_refuses_it",
    ),
    (
        "1.6",
        "an_item_has_its_sat_key_by_word_and_keeps_what_others_changed",
    ),
    (
        "1.10",
        "a_new_invoice_begins_with_today_and_payment_at_once_and_says_nothing_yet",
    ),
    (
        "1.11",
        "the_card_shows_everything_that_is_declared_and_its_default_is_no",
    ),
    (
        "1.12",
        "a_new_invoice_of_several_lines_is_saved_as_a_draft_and_edited_again",
    ),
    (
        "1.13",
        "every_pairing_of_metodo_and_forma_is_judged_by_the_code_behind_the_word",
    ),
    ("1.14", "ppd_takes_forma_99_and_gives_the_former_one_back"),
    ("1.15", "a_use_that_does_not_fit_names_those_that_do"),
    ("1.16", "findings_bar_the_stamp_and_say_what_is_wrong"),
    ("1.17", "enter_pressed_again_and_again_never_stamps"),
    ("1.18", "a_wrong_digit_names_the_one_that_would_fit"),
    (
        "1.19",
        "nearly_publico_en_general_is_told_from_a_buyers_own_name",
    ),
    (
        "1.20",
        "a_refusal_names_code_words_and_field_and_the_corrected_draft_stamps",
    ),
    (
        "1.21",
        "a_refused_regime_is_corrected_in_the_form_and_stamped",
    ),
    (
        "1.21",
        "a_draft_that_a_refusal_left_behind_is_changed_and_not_made_twice",
    ),
    (
        "1.22",
        "commercial_data_are_there_at_once_and_fiscal_data_follow",
    ),
    (
        "1.24",
        "xml_and_pdf_of_a_stamped_invoice_are_saved_and_it_is_said_where",
    ),
    ("1.26", "a_stamped_invoice_is_read_only_and_says_why"),
    (
        "1.28",
        "a_yes_stamps_once_and_the_folio_fiscal_on_screen_is_the_one_that_was_given",
    ),
    ("3.2", "a_payment_is_changed_and_what_it_left_is_owed_again"),
    ("3.3", "too_much_and_too_little_never_leave_the_form"),
    (
        "4.1",
        "walk_11_a_bill_has_a_line_on_an_item_and_one_on_an_account",
    ),
    (
        "4.1",
        "a_purchase_order_needs_a_day_of_delivery_and_becomes_a_bill",
    ),
    (
        "4.3",
        "walk_11_a_bill_has_a_line_on_an_item_and_one_on_an_account",
    ),
    (
        "5.1",
        "the_chart_of_accounts_has_five_levels_and_digits_set_the_depth",
    ),
    (
        "5.3",
        "a_header_account_is_refused_while_it_is_picked_and_says_why",
    ),
    (
        "5.3",
        "a_header_account_and_an_unbalanced_poliza_never_leave_the_form",
    ),
    (
        "5.5",
        "which_accounts_carry_a_sat_code_is_one_question_and_enter_says_where_one_is_used",
    ),
    (
        "5.7",
        "an_account_is_made_under_a_header_and_inherits_what_it_is",
    ),
    ("5.7", "what_cannot_be_deleted_says_why"),
    (
        "5.8",
        "an_account_under_another_shows_what_it_inherits_and_does_not_send_it",
    ),
    (
        "6.1",
        "a_tax_demands_its_type_and_an_edit_keeps_its_accounts",
    ),
    (
        "6.2",
        "a_tax_demands_its_type_and_an_edit_keeps_its_accounts",
    ),
    (
        "6.3",
        "a_tax_demands_its_type_and_an_edit_keeps_its_accounts",
    ),
    (
        "7.1",
        "a_header_account_and_an_unbalanced_poliza_never_leave_the_form",
    ),
    (
        "7.1",
        "a_poliza_is_keyed_in_by_code_and_name_and_balanced_by_a_key",
    ),
    (
        "7.2",
        "a_poliza_is_keyed_in_by_code_and_name_and_balanced_by_a_key",
    ),
    (
        "8.2",
        "walk_12_a_contact_with_two_hats_says_so_and_both_lists_show_the_change",
    ),
    (
        "9.7",
        "a_list_is_narrowed_by_badge_and_text_and_esc_takes_it_away",
    ),
    (
        "9.9",
        "the_filter_of_unstamped_is_switched_on_and_off_by_one_key",
    ),
    ("10.1", "a_stamped_invoice_shows_folio_fiscal_and_seals"),
    (
        "10.3",
        "an_invoice_is_found_by_folio_and_by_every_part_of_its_uuid",
    ),
    ("10.3", "a_stamped_invoice_shows_folio_fiscal_and_seals"),
];

/// Rows that no test of the screen proves yet. Whoever writes one takes its row off this list; nothing is added to it.
pub const OWED: &[&str] = &[];
