//! What the published document declares for each body: the fields that the connector reads, with the
//! kind of value each takes, and the names that it declares besides.

use super::shape::{
    Kind::{Flag, Link, List, Number, Text},
    Shape,
};

/// A customer.
pub const CUSTOMER: Shape = Shape {
    read: &[
        ("display_name", Text),
        ("company_name", Text),
        ("individual", Flag),
        ("tax_number", Text),
        ("addresses", List),
        ("phone_numbers", List),
        ("emails", List),
        ("notes", Text),
        ("status", Text),
        ("payment_method", Text),
        ("terms", Text),
    ],
    required: &[],
    declared: "id display_id company_id subsidiary customer_category title first_name middle_name \
               last_name suffix project websites bank_accounts tax_rate taxable currency account \
               parent terms_id channel custom_fields row_version pass_through",
    line: None,
};

/// A supplier.
pub const SUPPLIER: Shape = Shape {
    read: &[
        ("display_name", Text),
        ("company_name", Text),
        ("individual", Flag),
        ("tax_number", Text),
        ("addresses", List),
        ("phone_numbers", List),
        ("emails", List),
        ("notes", Text),
        ("status", Text),
        ("payment_method", Text),
        ("terms", Text),
    ],
    required: &[],
    declared: "id display_id company_id subsidiary supplier_category title first_name middle_name \
               last_name suffix websites bank_accounts tax_rate taxable currency account terms_id \
               channel issued_method issued_email custom_fields tax_details tax_status_details \
               row_version pass_through subsidiary_id integration_system_id",
    line: None,
};

/// A tax rate.
pub const TAX_RATE: Shape = Shape {
    read: &[
        ("name", Text),
        ("code", Text),
        ("description", Text),
        ("effective_tax_rate", Number),
        ("total_tax_rate", Number),
        ("tax_payable_account_id", Text),
        ("tax_remitted_account_id", Text),
        ("type", Text),
        ("status", Text),
    ],
    required: &[],
    declared: "id display_id country components report_tax_type original_tax_rate_id row_version \
               pass_through subsidiaries custom_fields",
    line: None,
};

/// A ledger account.
pub const LEDGER_ACCOUNT: Shape = Shape {
    read: &[
        ("name", Text),
        ("code", Text),
        ("nominal_code", Text),
        ("description", Text),
        ("status", Text),
        ("active", Flag),
        ("parent_account", Link),
    ],
    required: &[],
    declared: "id display_id classification type sub_type fully_qualified_name opening_balance \
               current_balance currency tax_type tax_rate level header bank_account sub_account \
               last_reconciliation_date subsidiaries custom_fields row_version pass_through",
    line: None,
};

/// A department.
pub const DEPARTMENT: Shape = Shape {
    read: &[("name", Text), ("code", Text), ("status", Text)],
    required: &[],
    declared: "id parent_id display_id subsidiaries row_version pass_through",
    line: None,
};

/// A bank account.
pub const BANK_ACCOUNT: Shape = Shape {
    read: &[
        ("name", Text),
        ("account_number", Text),
        ("account_type", Text),
        ("ledger_account", Link),
        ("description", Text),
        ("status", Text),
        ("balance", Number),
    ],
    required: &[],
    declared: "id display_id bank_name currency available_balance overdraft_limit routing_number \
               iban bic bsb_number branch_identifier bank_code country custom_fields",
    line: None,
};

/// An invoice item.
pub const INVOICE_ITEM: Shape = Shape {
    read: &[
        ("name", Text),
        ("description", Text),
        ("code", Text),
        ("unit_price", Number),
        ("type", Text),
        ("active", Flag),
    ],
    required: &[],
    declared: "id display_id sold purchased tracked taxable inventory_date sales_details \
               purchase_details quantity currency asset_account income_account expense_account \
               tracking_category tracking_categories department_id location_id subsidiary_id \
               category_id tax_schedule_id row_version pass_through",
    line: None,
};

/// A line of invoices and credit notes; the published document also gives it to purchase orders.
const SOLD_LINE: Shape = Shape {
    read: &[
        ("description", Text),
        ("type", Text),
        ("quantity", Number),
        ("unit_price", Number),
        ("unit_of_measure", Text),
        ("discount_percentage", Number),
        ("item", Link),
        ("tax_rate", Link),
        ("ledger_account", Link),
    ],
    required: &[],
    declared: "id row_id code line_number tax_amount total_amount discount_amount service_date \
               category_id location_id department_id subsidiary_id shipping_id memo prepaid \
               tax_applicable_on tax_recoverability tax_method worktags tracking_categories \
               custom_fields row_version",
    line: None,
};

/// A line of a quote.
const QUOTED_LINE: Shape = Shape {
    read: &[
        ("description", Text),
        ("type", Text),
        ("quantity", Number),
        ("unit_price", Number),
        ("unit_of_measure", Text),
        ("discount_percentage", Number),
        ("item", Link),
        ("tax_rate", Link),
    ],
    required: &[],
    declared: "id row_id code line_number tax_amount total_amount discount_amount service_date \
               category_id location_id department_id tracking_categories ledger_account \
               custom_fields row_version",
    line: None,
};

/// A line of a bill.
const BILL_LINE: Shape = Shape {
    read: &[
        ("description", Text),
        ("type", Text),
        ("quantity", Number),
        ("unit_price", Number),
        ("unit_of_measure", Text),
        ("discount_percentage", Number),
        ("item", Link),
        ("tax_rate", Link),
        ("ledger_account", Link),
    ],
    required: &[],
    declared: "id row_id code line_number tax_amount total_amount discount_amount location_id \
               department_id subsidiary_id category_id shipping_id memo prepaid tax_applicable_on \
               tax_recoverability tax_method retention_amount payment_amount purchase_order \
               tracking_categories customer rebilling row_version worktags",
    line: None,
};

/// A line of a journal entry.
const JOURNAL_LINE: Shape = Shape {
    read: &[
        ("description", Text),
        ("type", Text),
        ("total_amount", Number),
        ("ledger_account", Link),
        ("customer", Link),
        ("supplier", Link),
        ("department_id", Text),
    ],
    required: &["ledger_account", "type"],
    declared: "id tax_amount sub_total tax_rate tax_type tracking_category tracking_categories \
               employee location_id line_number worktags",
    line: None,
};

/// An invoice.
pub const INVOICE: Shape = Shape {
    read: &[
        ("customer", Link),
        ("department_id", Text),
        ("invoice_date", Text),
        ("due_date", Text),
        ("terms", Text),
        ("currency", Text),
        ("currency_rate", Number),
        ("customer_memo", Text),
        ("payment_method", Text),
        ("line_items", List),
    ],
    required: &[],
    declared: "id display_id type number company_id subsidiary location_id terms_id po_number \
               reference status invoice_sent tax_inclusive sub_total total_tax tax_code \
               discount_percentage discount_amount total balance deposit tracking_category \
               tracking_categories billing_address shipping_address template_id source_document_url \
               payment_allocations channel language accounting_by_row bank_account ledger_account \
               custom_fields row_version pass_through",
    line: Some(&SOLD_LINE),
};

/// A credit note.
pub const CREDIT_NOTE: Shape = Shape {
    read: &[
        ("customer", Link),
        ("department_id", Text),
        ("date_issued", Text),
        ("total_amount", Number),
        ("currency", Text),
        ("currency_rate", Number),
        ("note", Text),
        ("terms", Text),
        ("line_items", List),
        ("allocations", List),
    ],
    required: &["total_amount"],
    declared: "id number company_id subsidiary location_id tax_inclusive sub_total total_tax \
               tax_code balance remaining_credit status reference date_paid type account terms_id \
               billing_address shipping_address tracking_categories custom_fields row_version \
               pass_through",
    line: Some(&SOLD_LINE),
};

/// A quote.
pub const QUOTE: Shape = Shape {
    read: &[
        ("customer", Link),
        ("department_id", Text),
        ("quote_date", Text),
        ("expiry_date", Text),
        ("terms", Text),
        ("currency", Text),
        ("currency_rate", Number),
        ("customer_memo", Text),
        ("line_items", List),
    ],
    required: &[],
    declared: "id number sales_order_id company_id project_id terms_id reference status \
               tax_inclusive sub_total total_tax tax_code discount_percentage discount_amount total \
               billing_address shipping_address tracking_categories template_id source_document_url \
               custom_fields row_version pass_through",
    line: Some(&QUOTED_LINE),
};

/// A bill.
pub const BILL: Shape = Shape {
    read: &[
        ("supplier", Link),
        ("department_id", Text),
        ("bill_date", Text),
        ("due_date", Text),
        ("bill_number", Text),
        ("terms", Text),
        ("currency", Text),
        ("currency_rate", Number),
        ("notes", Text),
        ("line_items", List),
    ],
    required: &[],
    declared: "id display_id company_id subsidiary location_id tax_inclusive paid_date po_number \
               reference terms_id balance deposit sub_total total_tax total tax_code status \
               ledger_account payment_method channel language accounting_by_row bank_account \
               discount_percentage template_id approved_by amortization_type tax_method \
               document_received source_document_url payment_allocations tracking_categories \
               row_version custom_fields pass_through accounting_period attachments",
    line: Some(&BILL_LINE),
};

/// A purchase order.
pub const PURCHASE_ORDER: Shape = Shape {
    read: &[
        ("supplier", Link),
        ("department_id", Text),
        ("issued_date", Text),
        ("delivery_date", Text),
        ("terms", Text),
        ("currency", Text),
        ("currency_rate", Number),
        ("notes", Text),
        ("memo", Text),
        ("status", Text),
        ("line_items", List),
    ],
    required: &[],
    declared: "id display_id po_number reference subsidiary_id company_id location_id \
               expected_arrival_date sub_total total_tax total tax_inclusive billing_address \
               shipping_address ledger_account template_id discount_percentage bank_account \
               accounting_by_row due_date payment_method terms_id amortization_type tax_code \
               tax_method issued_method issued_email channel tracking_categories custom_fields \
               row_version pass_through",
    line: Some(&SOLD_LINE),
};

/// A payment of a customer.
pub const PAYMENT: Shape = Shape {
    read: &[
        ("total_amount", Number),
        ("transaction_date", Text),
        ("payment_method", Text),
        ("account", Link),
        ("customer", Link),
        ("currency", Text),
        ("currency_rate", Number),
        ("reference", Text),
        ("note", Text),
        ("status", Text),
        ("allocations", List),
    ],
    required: &["total_amount", "transaction_date"],
    declared: "id payment_method_reference payment_method_id accounts_receivable_account_type \
               accounts_receivable_account_id supplier company_id subsidiary reconciled type number \
               tracking_categories custom_fields row_version display_id pass_through",
    line: None,
};

/// A payment to a supplier.
pub const BILL_PAYMENT: Shape = Shape {
    read: &[
        ("total_amount", Number),
        ("transaction_date", Text),
        ("payment_method", Text),
        ("account", Link),
        ("supplier", Link),
        ("currency", Text),
        ("currency_rate", Number),
        ("reference", Text),
        ("note", Text),
        ("status", Text),
        ("allocations", List),
    ],
    required: &["total_amount", "transaction_date"],
    declared: "id payment_method_reference payment_method_id company_id subsidiary reconciled type \
               number tracking_categories custom_fields row_version display_id pass_through",
    line: None,
};

/// A journal entry.
pub const JOURNAL_ENTRY: Shape = Shape {
    read: &[
        ("title", Text),
        ("memo", Text),
        ("posted_at", Text),
        ("currency", Text),
        ("status", Text),
        ("line_items", List),
    ],
    required: &[],
    declared: "id display_id currency_rate company_id subsidiary journal_symbol tax_type tax_code \
               number tracking_categories accounting_period tax_inclusive source_type source_id \
               row_version custom_fields pass_through",
    line: Some(&JOURNAL_LINE),
};
