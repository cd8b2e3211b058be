# What a broken rule says. One message per rule: the value tells what is wrong, .hint what to do.
# The code in brackets is added by the program. SAT terms stay as the SAT writes them.

finding-local-format = { $state ->
        [unknown] "{ $found }" is no part of the format
        [twice] "{ $found }" is there twice
        [missing] "{ $found }" is missing
       *[wrong] "{ $found }" has not the expected form
    }
    .hint = { $state ->
        [unknown] Check how it is written. Known here: { $expected }
        [twice] Keep one of them.
       *[wrong] { $expected ->
            [object] An object in braces is expected.
            [list] A list in brackets is expected.
            [text] A text in quotation marks is expected.
            [decimal] A number without commas or currency sign is expected, like "12500.00".
            [day] A day is expected, like "2026-03-18".
            [null] With factor Exento, null is expected.
           *[other] Allowed: { $expected }
        }
    }

## Receiver and issuer

finding-xsd-rfc = { $state ->
        [missing] The RFC is missing
       *[wrong] RFC "{ $found }" has not the shape of the SAT
    }
    .hint = It has 12 characters for a company, 13 for a person, in capitals, without blanks or hyphens.
finding-cfdi40143-day = RFC "{ $found }" carries a day that does not exist ({ $day })
    .hint = Compare it with the tax-status sheet.
finding-cfdi40143-digit = The check digit of "{ $found }" does not fit: { $expected } was expected
    .hint = Look for a typing slip. Only the SAT can confirm an RFC.
finding-local-rfc-word = The SAT does not give the letters "{ $found }" to a person
    .hint = It puts an X in the place of the fourth. Compare it with the tax-status sheet.
finding-local-rfc-self = Issuer and receiver have the same RFC ({ $found })
    .hint = Check whether this is the right customer.
finding-alegra-xaxx = XAXX010101000 is the generic RFC
    .hint = The SAT does stamp it; the customer cannot deduct. If there is an RFC, use it.
finding-xsd-name = { $reason ->
        [missing] The legal name is missing
        [bar] The name contains the character "|"
        [control] The name has an invisible character that a CFDI cannot carry
       *[long] The name is longer than 300 characters
    }
    .hint = Write it as on the tax-status sheet.
finding-cfdi40145-suffix = The name ends in "{ $found }"
    .hint = The SAT registers names without the kind of company: { $expected }. If the tax-status sheet has it, leave it.
finding-cfdi40145-form = The name "{ $found }" is not written as the SAT registers it
    .hint = In capitals and without spare blanks: { $expected }
finding-cfdi40146 = PUBLICO EN GENERAL goes only with XAXX010101000, not with "{ $found }"
    .hint = Write the customer's name, or use the generic RFC on a global invoice.
finding-local-pub = "{ $found }" is nearly PUBLICO EN GENERAL
    .hint = On a global invoice the name is exactly PUBLICO EN GENERAL, without accent.
finding-xsd-zip = { $state ->
        [missing] The customer's zip is missing
       *[wrong] Zip "{ $found }" has not 5 digits
    }
    .hint = It is that of the tax address. Check whether a leading 0 was lost.
finding-cfdi40148 = Zip { $found } is not in the SAT catalogue
    .hint = Compare it with the tax-status sheet.
finding-cfdi40149 = With a generic RFC the zip cannot be { $found }
    .hint = It is that of the place of issue: { $expected }
finding-cfdi40126 = { $state ->
        [missing] The place of issue is missing
       *[wrong] The place of issue "{ $found }" is not in the SAT catalogue
    }
    .hint = Correct the zip in Alegra › Empresa.

## Régimen and use

finding-cfdi40157 = { $state ->
        [missing] The customer's régimen fiscal is missing
        [contact] The document lacks the customer's régimen fiscal; the customer's record has { $expected }
       *[wrong] Régimen fiscal "{ $found }" does not exist in CFDI 4.0
    }
    .hint = { $state ->
        [contact] Take the one of the customer's record.
       *[wrong] Choose the one on the tax-status sheet.
    }
finding-cfdi40158 = Régimen { $found } is not for { $person ->
        [moral] companies, and the RFC is of one
       *[fisica] natural persons, and the RFC is of one
    }
    .hint = Choose a régimen that goes with the RFC, or check the RFC.
finding-cfdi40159 = With a generic RFC the régimen cannot be { $found }
    .hint = Choose 616 Sin obligaciones fiscales.
finding-alegra-regime = No word of Alegra's is known for régimen { $found }
    .hint = It may not be saved. Check the régimen in Alegra before stamping.
finding-cfdi40160 = { $state ->
        [missing] The CFDI use is missing
       *[wrong] CFDI use "{ $found }" does not exist in CFDI 4.0
    }
    .hint = Ask the customer and choose one from the list.
finding-cfdi40161 = Use { $found } does not go with the customer's régimen { $regime }
    .hint = Allowed: { $allowed }
finding-guia-use = With a generic RFC the use cannot be { $found }
    .hint = Choose S01 Sin efectos fiscales.
finding-guia-use-g02 = With a generic RFC an invoice has use S01, not { $found }
    .hint = G02 is for credit notes. Choose S01 Sin efectos fiscales.
finding-guia-cp01 = Use CP01 is for payment receipts only
    .hint = Choose what the customer uses the purchase for.
finding-cfdi40140 = { $state ->
        [missing] The company's régimen fiscal is missing
       *[wrong] The company's régimen "{ $found }" does not exist in CFDI 4.0
    }
    .hint = Correct it in Alegra › Empresa.
finding-cfdi40141 = The company's régimen { $found } is not for { $person ->
        [moral] companies
       *[fisica] natural persons
    }
    .hint = Correct it in Alegra › Empresa.

## Payment

finding-alegra-forma = { $state ->
        [missing] The means of payment is missing
        [key] Alegra wants the word, not the key "{ $found }"
       *[wrong] Alegra does not know the means of payment "{ $found }"
    }
    .hint = { $state ->
        [key] The word is { $expected }.
       *[wrong] Choose one from the list.
    }
finding-alegra-deposit = "deposit" will be stamped as 03 Transferencia
    .hint = A deposit in cash is 01: choose cash then.
finding-cfdi40124 = { $state ->
        [missing] The payment policy is missing
       *[wrong] Payment policy "{ $found }" does not exist
    }
    .hint = Choose PUE if it is paid, or will be this month; PPD if later.
finding-cfdi40105 = PPD demands 99 (other), not "{ $found }"
    .hint = How they will pay is not known yet: choose other. The real means goes on the payment receipt.
finding-guia-pue99 = PUE names the real means of payment, not 99 Por definir
    .hint = Choose how it was paid, or PPD if it is not paid yet.
finding-local-pue-due = PUE, but due on { $found }, after the month of issue
    .hint = If it is not paid this month, PPD fits better.
finding-local-cash = In cash, over 2,000 MXN is not deductible for the customer (it is { $found } MXN)
    .hint = Confirm the means of payment with the customer.

## Currency, date, terms, export

finding-cfdi40113 = { $state ->
        [missing] The currency is missing
       *[wrong] Currency "{ $found }" is not in the SAT catalogue
    }
    .hint = Use the key of three letters: MXN, USD, EUR.
finding-cfdi40114 = In MXN the exchange rate is 1, not { $found }
    .hint = Remove the exchange rate.
finding-cfdi40115 = The exchange rate of { $currency } is missing
    .hint = Enter the pesos per unit of the day of the invoice.
finding-cfdi40117 = Exchange rate { $found } is not valid
    .hint = It is greater than 0, with 6 decimals at most.
finding-cfdi40118 = Exchange rate { $found } is far from the last one known, { $expected }
    .hint = Check the entry. The SAT does not refuse for this yet.
finding-local-xxx = Currency XXX is for payment receipts only
    .hint = Choose the currency of the sale.
finding-cfdi40101 = The date is missing, or is no calendar day
    .hint = Enter the date of issue.
finding-pac-401-old = Date { $found } is past the 72 hours that the PAC admits
    .hint = Change it to one of the last three days.
finding-pac-401-future = Date { $found } has not come yet
    .hint = The PAC does not stamp future dates: use today's.
finding-pac-401-closing = { $hours ->
        [0] Less than an hour is left to stamp with date { $found }
        [one] 1 hour is left to stamp with date { $found }
       *[other] { $hours } hours are left to stamp with date { $found }
    }
    .hint = Stamp soon, or change the date.
finding-pac-401-hour = Date { $found } is outside the 72 hours by less than one hour
    .hint = Along the border the catalogue's hour may differ: the PAC may refuse it.
finding-xsd-terms = { $reason ->
        [bar] The payment terms contain the character "|"
        [control] The payment terms have an invisible character that a CFDI cannot carry
       *[long] The payment terms are longer than 1000 characters
    }
    .hint = Shorten them or remove the character.
finding-cfdi40123 = { $state ->
        [missing] The export key is missing
       *[wrong] Export key "{ $found }" does not exist
    }
    .hint = For sales inside Mexico it is 01 No aplica.
finding-cfdi40122 = Export 02 (A1) needs the foreign-trade complement
    .hint = Alegra does not send it: it cannot be stamped from here.

## Lines

finding-xsd-lines = The invoice has no lines
    .hint = Add at least one.
finding-cfdi40162 = { $state ->
        [missing] The product key is missing
       *[wrong] Key "{ $found }" is not in the SAT catalogue
    }
    .hint = It has 8 digits. Look it up by word in the catalogue and save it in the item.
finding-cfdi40162-schema = Key { $found } is in the schema but no longer in the catalogue
    .hint = The PAC may refuse it. Look for a current one.
finding-local-0101 = 01010101 means "not in the catalogue"
    .hint = Customers tend to refuse it outside a global invoice. Look for the key that fits.
finding-cfdi40163 = Key { $found } is a fuel and demands a complement
    .hint = Alegra does not send it. Confirm before stamping.
finding-cfdi40165 = { $state ->
        [missing] The unit key is missing
       *[wrong] Unit "{ $found }" is no key of the SAT
    }
    .hint = { $state ->
        [meant] Perhaps { $expected }.
       *[wrong] A piece is H87, a service is E48. Capitals matter.
    }
finding-xsd-qty = { $state ->
        [missing] The quantity is missing
       *[wrong] Quantity { $found } is not valid
    }
    .hint = It is greater than 0, with 6 decimals at most.
finding-cfdi40166 = { $state ->
        [missing] The price is missing
       *[wrong] Price { $found } is not greater than 0
    }
    .hint = Enter the unit price. To take something off, use the discount.
finding-xsd-price = Price { $found } has too many digits
    .hint = It admits 18 integer digits and 6 decimals.
finding-cfdi40169 = A discount of { $found } % does not fit the amount
    .hint = It goes from 0 to 100 %.
finding-xsd-desc = { $reason ->
        [missing] The description is missing
        [bar] The description contains the character "|"
        [control] The description has an invisible character that a CFDI cannot carry
       *[long] The description is longer than 1000 characters
    }
    .hint = Describe what is sold in 1000 characters at most.
finding-xsd-sku = { $reason ->
        [bar] The own code contains the character "|"
        [control] The own code has an invisible character that a CFDI cannot carry
       *[long] The own code is longer than 100 characters
    }
    .hint = Shorten it or remove the character.

## Taxes

finding-cfdi40170 = { $state ->
        [missing] The tax object is missing
       *[wrong] Tax object "{ $found }" does not exist
    }
    .hint = With taxes it is 02; without, 01.
finding-cfdi40171 = The line says "subject to tax" and has none
    .hint = Add the tax, or change the object to 01 or 04. IVA 0 % and exempt are taxes too.
finding-cfdi40172 = Tax object { $object } admits no tax on the line
    .hint = Remove the taxes, or change the object to 02.
finding-cfdi140226 = Tax object { $object } admits no { $tax }
    .hint = Remove it, or change the object to 02. Only ISR may be withheld.
finding-cfdi140227-iva = Tax object { $object } admits no IVA
    .hint = Remove the IVA, or change the object to 02.
finding-cfdi140227-ieps = Tax object { $object } lacks the IEPS
    .hint = Add the transfer of IEPS, or change the object.
finding-cfdi40174 = The base of the transferred { $tax } is 0
    .hint = Remove the tax (object 01 or 04), the discount or the line.
finding-cfdi40181 = The base of the withheld { $tax } is 0
    .hint = Remove the withholding, the discount or the line.
finding-cfdi40179 = Rate "{ $found }" of { $tax } does not exist
    .hint = Allowed: { $allowed }, or exempt.
finding-cfdi40179-isr = ISR is never transferred
    .hint = Make it a withholding, or remove it.
finding-cfdi40179-ieps = Rate or quota "{ $found }" of IEPS is not in the table of { $year }
    .hint = Check the tax in Alegra.
finding-cfdi40179-ieps-dated = Rate or quota "{ $found }" of IEPS is not in the table of { $year }
    .hint = The invoice is of another year: check that year's rate.
finding-cfdi40185 = Withholding "{ $found }" of { $tax } is out of range
    .hint = It goes from 0 to { $highest }.
finding-cfdi40185-ieps = Withholding "{ $found }" of IEPS is not in the table of { $year }
    .hint = Check the tax in Alegra.
finding-cfdi40185-ieps-dated = Withholding "{ $found }" of IEPS is not in the table of { $year }
    .hint = The invoice is of another year: check that year's rate.
finding-cfdi40184 = A withholding of { $tax } cannot be exempt
    .hint = Remove it, or give its rate.
finding-local-iva8 = IVA at 8 %, but the place of issue { $zip } is not in a border strip
    .hint = Outside the strips it is 16 %.
finding-local-iva8-reg = This company's first invoice with IVA at 8 %
    .hint = Confirm that the company is enrolled in the border stimulus.
finding-cfdi140225 = A person in RESICO invoices a company without 1.25 % of ISR withheld
    .hint = It is usually withheld. Confirm before stamping.
finding-cfdi140224 = A person in RESICO invoices a company with ISR withheld
    .hint = Only the SAT knows whether the company must withhold. Confirm before stamping.
finding-local-mix-line = The line has { $tax } twice
    .hint = Leave one.
finding-local-mix = The invoice has IVA at 16 % and at 8 %
    .hint = Check the rates of the lines.

## Totals

finding-local-overflow = The amount is too large for a CFDI
    .hint = Check quantity and price.
finding-local-zero = The total is 0
    .hint = A folio will be spent. Confirm that it shall be stamped.
finding-local-total-near = Alegra's total is { $found }; ours comes to { $expected }
    .hint = The difference is from rounding each line: both can be stamped.
finding-local-total = Alegra's total is { $found }; ours comes to { $expected }
    .hint = Check prices, discounts and taxes of the lines.

## Global invoice

finding-cfdi40130 = The global invoice lacks periodicity, months and year
    .hint = Enter the period that it sums up, or invoice the customer by name.
finding-cfdi40131 = { $state ->
        [missing] The periodicity of the global invoice is missing
       *[wrong] Periodicity "{ $found }" does not exist
    }
    .hint = It goes from 01 Diario to 05 Bimestral.
finding-cfdi40132 = Two-monthly is only for régimen 621, and the company has { $regime }
    .hint = Choose another periodicity.
finding-cfdi40133 = { $state ->
        [missing] The months of the global invoice are missing
       *[wrong] Key of months "{ $found }" does not exist
    }
    .hint = 01 to 12 is one month; 13 to 18, two.
finding-cfdi40134 = When two-monthly, the months cannot be { $found }
    .hint = Choose a pair, from 13 to 18.
finding-cfdi40135 = Months { $found } are a pair and the periodicity is not two-monthly
    .hint = Choose a month, from 01 to 12.
finding-cfdi40136 = { $state ->
        [missing] The year of the global invoice is missing
       *[wrong] Year "{ $found }" of the global invoice is not admitted
    }
    .hint = It is { $expected }, or the one before.
finding-cfdi40136-old = Year { $found } of the global invoice is more than one ago
    .hint = The guide of the SAT asks for this year or the one before.
finding-guia-global = { $part ->
        [metodo] A global invoice has método PUE
        [terms] A global invoice has no payment terms
        [product] A global invoice has key 01010101
        [unit] A global invoice has unit ACT
        [description] A global invoice has the description "Venta"
       *[withholding] A global invoice withholds nothing
    }
    .hint = The guide of the SAT asks for it. The PAC may accept it otherwise.
finding-guia-global-stray = It has the data of a global invoice and is none
    .hint = Remove them, or use XAXX010101000 and PUBLICO EN GENERAL.

## Related CFDI

finding-cfdi40137 = { $state ->
        [missing] The type of relation is missing
       *[wrong] Type of relation "{ $found }" does not exist
    }
    .hint = It goes from 01 to 07; 04 is replacement.
finding-xsd-uuid = { $state ->
        [missing] The related folio fiscal is missing
       *[wrong] The related folio fiscal "{ $found }" is no UUID
    }
    .hint = Copy it from the CFDI: 36 characters in groups of 8-4-4-4-12.
finding-guia-rel = Relation { $found } does not go with { $doc ->
        [credit-note] a credit note
       *[invoice] an invoice
    }
    .hint = Check the type of relation or that of the document.
finding-guia-rel-none = The credit note is related to no invoice
    .hint = Relate it to the invoice that it corrects (01).

## Chart of accounts

finding-local-agrup = Grouping code "{ $found }" is not in Anexo 24
    .hint = Look for the one that belongs to the account.
finding-local-agrup-group = { $found } is a heading, not an account
    .hint = Choose a code of an account under that heading.
finding-local-agrup-parent = Grouping code { $found } disagrees with the parent's, { $expected }
    .hint = Both begin with the same digit. Check where the account stands.
finding-local-agrup-none = Postable account without a grouping code
    .hint = Electronic bookkeeping asks for it on every postable account.

## Cancellation: what is objected to before it is sent

objection-replacement-missing = Cause 01 needs the UUID of the CFDI that replaces this one
    .hint = Choose the invoice that replaces it, or cause 02 if none does.
objection-replacement-unknown = The replacing CFDI is not stamped, or not of this company
    .hint = Stamp the new invoice first, with relation 04 to this one, then cancel.
objection-replacement-is-itself = A CFDI does not replace itself
    .hint = Choose the new invoice, not the one that is cancelled.
objection-replacement-unwanted = Only cause 01 names the UUID of a replacing CFDI
    .hint = Remove the UUID, or choose cause 01.
