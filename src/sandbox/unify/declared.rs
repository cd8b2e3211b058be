//! What the published document declares for each body: the fields that the connector reads, with the
//! kind of value each takes, and the names that it declares besides.

use super::shape::{
    Fields,
    Kind::{Flag, Link, List, Number, Text},
    Shape,
};

/// What customers and suppliers share: they are one record of Alegra's.
const PARTY: Fields = &[
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
];

/// What every line of goods has.
const LINE: Fields = &[
    ("description", Text),
    ("type", Text),
    ("quantity", Number),
    ("unit_price", Number),
    ("unit_of_measure", Text),
    ("discount_percentage", Number),
    ("item", Link),
    ("tax_rate", Link),
];

/// What every document with lines of goods has.
const DOCUMENT: Fields = &[
    ("department_id", Text),
    ("terms", Text),
    ("currency", Text),
    ("currency_rate", Number),
    ("line_items", List),
];

/// What payments have, whichever way the money goes.
const PAID: Fields = &[
    ("total_amount", Number),
    ("transaction_date", Text),
    ("payment_method", Text),
    ("account", Link),
    ("currency", Text),
    ("currency_rate", Number),
    ("reference", Text),
    ("note", Text),
    ("status", Text),
    ("allocations", List),
];

/// A customer.
pub const CUSTOMER: Shape = Shape {
    read: &[PARTY],
    required: &[],
    declared: "id display_id company_id subsidiary customer_category title first_name middle_name \
               last_name suffix project websites bank_accounts tax_rate taxable currency account \
               parent terms_id channel custom_fields row_version pass_through downstream_id \
               custom_mappings updated_by created_by updated_at created_at",
    line: None,
};

/// A supplier.
pub const SUPPLIER: Shape = Shape {
    read: &[PARTY],
    required: &[],
    declared: "id display_id company_id subsidiary supplier_category title first_name middle_name \
               last_name suffix websites bank_accounts tax_rate taxable currency account terms_id \
               channel issued_method issued_email custom_fields tax_details tax_status_details \
               row_version pass_through subsidiary_id integration_system_id downstream_id \
               custom_mappings updated_by created_by updated_at created_at",
    line: None,
};

/// A tax rate.
pub const TAX_RATE: Shape = Shape {
    read: &[&[
        ("name", Text),
        ("code", Text),
        ("description", Text),
        ("effective_tax_rate", Number),
        ("total_tax_rate", Number),
        ("tax_payable_account_id", Text),
        ("tax_remitted_account_id", Text),
        ("type", Text),
        ("status", Text),
    ]],
    required: &[],
    declared: "id display_id country components report_tax_type original_tax_rate_id row_version \
               pass_through subsidiaries custom_fields custom_mappings updated_by created_by \
               updated_at created_at",
    line: None,
};

/// A ledger account.
pub const LEDGER_ACCOUNT: Shape = Shape {
    read: &[&[
        ("name", Text),
        ("code", Text),
        ("nominal_code", Text),
        ("description", Text),
        ("status", Text),
        ("active", Flag),
        ("parent_account", Link),
    ]],
    required: &[],
    declared: "id display_id classification type sub_type fully_qualified_name opening_balance \
               current_balance currency tax_type tax_rate level header bank_account sub_account \
               last_reconciliation_date subsidiaries custom_fields row_version pass_through \
               categories sub_accounts custom_mappings updated_by created_by updated_at created_at",
    line: None,
};

/// A department.
pub const DEPARTMENT: Shape = Shape {
    read: &[&[("name", Text), ("code", Text), ("status", Text)]],
    required: &[],
    declared: "id parent_id display_id subsidiaries row_version pass_through downstream_id \
               custom_mappings updated_by created_by updated_at created_at",
    line: None,
};

/// A bank account.
pub const BANK_ACCOUNT: Shape = Shape {
    read: &[&[
        ("name", Text),
        ("account_number", Text),
        ("account_type", Text),
        ("ledger_account", Link),
        ("description", Text),
        ("status", Text),
        ("balance", Number),
    ]],
    required: &[],
    declared: "id display_id bank_name currency available_balance overdraft_limit routing_number \
               iban bic bsb_number branch_identifier bank_code country custom_fields downstream_id \
               custom_mappings created_at updated_at created_by updated_by",
    line: None,
};

/// An invoice item.
pub const INVOICE_ITEM: Shape = Shape {
    read: &[&[
        ("name", Text),
        ("description", Text),
        ("code", Text),
        ("unit_price", Number),
        ("type", Text),
        ("active", Flag),
    ]],
    required: &[],
    declared: "id display_id sold purchased tracked taxable inventory_date sales_details \
               purchase_details quantity currency asset_account income_account expense_account \
               tracking_category tracking_categories department_id location_id subsidiary_id \
               category_id tax_schedule_id row_version pass_through custom_mappings updated_by \
               created_by updated_at created_at",
    line: None,
};

/// A line of invoices and credit notes; the published document also gives it to purchase orders.
const SOLD_LINE: Shape = Shape {
    read: &[LINE, &[("ledger_account", Link)]],
    required: &[],
    declared: "id row_id code line_number tax_amount total_amount discount_amount service_date \
               category_id location_id department_id subsidiary_id shipping_id memo prepaid \
               tax_applicable_on tax_recoverability tax_method worktags tracking_categories \
               custom_fields row_version updated_by created_by created_at updated_at",
    line: None,
};

/// A line of a quote.
const QUOTED_LINE: Shape = Shape {
    read: &[LINE],
    required: &[],
    declared: "id row_id code line_number tax_amount total_amount discount_amount service_date \
               category_id location_id department_id tracking_categories ledger_account \
               custom_fields row_version updated_by created_by created_at updated_at",
    line: None,
};

/// A line of a bill.
const BILL_LINE: Shape = Shape {
    read: &[LINE, &[("ledger_account", Link)]],
    required: &[],
    declared: "id row_id code line_number tax_amount total_amount discount_amount location_id \
               department_id subsidiary_id category_id shipping_id memo prepaid tax_applicable_on \
               tax_recoverability tax_method retention_amount payment_amount purchase_order \
               tracking_categories customer rebilling row_version worktags updated_by created_by \
               created_at updated_at",
    line: None,
};

/// A line of a journal entry.
const JOURNAL_LINE: Shape = Shape {
    read: &[&[
        ("description", Text),
        ("type", Text),
        ("total_amount", Number),
        ("ledger_account", Link),
        ("customer", Link),
        ("supplier", Link),
        ("department_id", Text),
    ]],
    required: &["ledger_account", "type"],
    declared: "id tax_amount sub_total tax_rate tax_type tracking_category tracking_categories \
               employee location_id line_number worktags",
    line: None,
};

/// An invoice.
pub const INVOICE: Shape = Shape {
    read: &[
        DOCUMENT,
        &[
            ("customer", Link),
            ("invoice_date", Text),
            ("due_date", Text),
            ("customer_memo", Text),
            ("payment_method", Text),
        ],
    ],
    required: &[],
    declared: "id display_id type number company_id subsidiary location_id terms_id po_number \
               reference status invoice_sent tax_inclusive sub_total total_tax tax_code \
               discount_percentage discount_amount total balance deposit tracking_category \
               tracking_categories billing_address shipping_address template_id source_document_url \
               payment_allocations channel language accounting_by_row bank_account ledger_account \
               custom_fields row_version pass_through downstream_id custom_mappings updated_by \
               created_by updated_at created_at",
    line: Some(&SOLD_LINE),
};

/// A credit note.
pub const CREDIT_NOTE: Shape = Shape {
    read: &[
        DOCUMENT,
        &[
            ("customer", Link),
            ("date_issued", Text),
            ("total_amount", Number),
            ("note", Text),
            ("allocations", List),
        ],
    ],
    required: &["total_amount"],
    declared: "id number company_id subsidiary location_id tax_inclusive sub_total total_tax \
               tax_code balance remaining_credit status reference date_paid type account terms_id \
               billing_address shipping_address tracking_categories custom_fields row_version \
               pass_through custom_mappings updated_by created_by updated_at created_at",
    line: Some(&SOLD_LINE),
};

/// A quote.
pub const QUOTE: Shape = Shape {
    read: &[
        DOCUMENT,
        &[
            ("customer", Link),
            ("quote_date", Text),
            ("expiry_date", Text),
            ("customer_memo", Text),
        ],
    ],
    required: &[],
    declared: "id number sales_order_id company_id project_id terms_id reference status \
               tax_inclusive sub_total total_tax tax_code discount_percentage discount_amount total \
               billing_address shipping_address tracking_categories template_id source_document_url \
               custom_fields row_version pass_through downstream_id invoice_id updated_by \
               created_by updated_at created_at",
    line: Some(&QUOTED_LINE),
};

/// A bill.
pub const BILL: Shape = Shape {
    read: &[
        DOCUMENT,
        &[
            ("supplier", Link),
            ("bill_date", Text),
            ("due_date", Text),
            ("bill_number", Text),
            ("notes", Text),
        ],
    ],
    required: &[],
    declared: "id display_id company_id subsidiary location_id tax_inclusive paid_date po_number \
               reference terms_id balance deposit sub_total total_tax total tax_code status \
               ledger_account payment_method channel language accounting_by_row bank_account \
               discount_percentage template_id approved_by amortization_type tax_method \
               document_received source_document_url payment_allocations tracking_categories \
               row_version custom_fields pass_through accounting_period attachments downstream_id \
               updated_by created_by updated_at created_at custom_mappings",
    line: Some(&BILL_LINE),
};

/// A purchase order.
pub const PURCHASE_ORDER: Shape = Shape {
    read: &[
        DOCUMENT,
        &[
            ("supplier", Link),
            ("issued_date", Text),
            ("delivery_date", Text),
            ("notes", Text),
            ("memo", Text),
            ("status", Text),
        ],
    ],
    required: &[],
    declared: "id display_id po_number reference subsidiary_id company_id location_id \
               expected_arrival_date sub_total total_tax total tax_inclusive billing_address \
               shipping_address ledger_account template_id discount_percentage bank_account \
               accounting_by_row due_date payment_method terms_id amortization_type tax_code \
               tax_method issued_method issued_email channel tracking_categories custom_fields \
               row_version pass_through downstream_id custom_mappings updated_by created_by \
               updated_at created_at",
    line: Some(&SOLD_LINE),
};

/// A payment of a customer.
pub const PAYMENT: Shape = Shape {
    read: &[PAID, &[("customer", Link)]],
    required: &["total_amount", "transaction_date"],
    declared: "id payment_method_reference payment_method_id accounts_receivable_account_type \
               accounts_receivable_account_id supplier company_id subsidiary reconciled type number \
               tracking_categories custom_fields row_version display_id pass_through downstream_id \
               custom_mappings updated_by created_by created_at updated_at",
    line: None,
};

/// A payment to a supplier.
pub const BILL_PAYMENT: Shape = Shape {
    read: &[PAID, &[("supplier", Link)]],
    required: &["total_amount", "transaction_date"],
    declared: "id payment_method_reference payment_method_id company_id subsidiary reconciled type \
               number tracking_categories custom_fields row_version display_id pass_through \
               downstream_id custom_mappings updated_by created_by created_at updated_at",
    line: None,
};

/// A journal entry.
pub const JOURNAL_ENTRY: Shape = Shape {
    read: &[&[
        ("title", Text),
        ("memo", Text),
        ("posted_at", Text),
        ("currency", Text),
        ("status", Text),
        ("line_items", List),
    ]],
    required: &[],
    declared: "id display_id currency_rate company_id subsidiary journal_symbol tax_type tax_code \
               number tracking_categories accounting_period tax_inclusive source_type source_id \
               row_version custom_fields pass_through downstream_id custom_mappings updated_by \
               created_by updated_at created_at",
    line: Some(&JOURNAL_LINE),
};
