### Palabras de las formas de captura y de sus catálogos.

## Acciones

action-next-finding = Siguiente observación
    .short = observación
action-choose = Elegir
    .short = elegir

## Título y estado

form-new = { $kind ->
    [invoices] Nueva factura
    [credit-notes] Nueva nota de crédito
    [quotes] Nueva cotización
    [payments] Nuevo pago recibido
    [bills] Nueva factura de proveedor
    [purchase-orders] Nueva orden de compra
    [bill-payments] Nuevo pago a proveedor
    [journal-entries] Nueva póliza
    [customers] Nuevo cliente
    [suppliers] Nuevo proveedor
    [invoice-items] Nuevo ítem
    [ledger-accounts] Nueva cuenta contable
    [tax-rates] Nuevo impuesto
    [bank-accounts] Nueva cuenta de banco
    [departments] Nuevo centro de costos
   *[other] Nuevo registro
}
form-edit = Editar { $one } { $title }
form-state-saving = guardando…
form-state-changed = sin guardar
form-restored = Se recuperó lo que estaba sin guardar.
form-unknown = No llegó respuesta. Puede estar guardada. Se está verificando; no capturarla otra vez.

## Partidas y totales

form-line-item = Ítem
form-line-item-or-account = Ítem o cuenta
form-transferred = Traslados
form-withheld = Retenciones
form-choose = elegir ({ $key })

## Observaciones

form-errors = { $count ->
    [one] 1 error
   *[other] { $count } errores
}
form-warnings = { $count ->
    [one] 1 aviso
   *[other] { $count } avisos
}
form-next = { $key } la siguiente
form-catalogs-pending = Catálogos cargando…
form-inside-contact = En el contacto: { $text }
form-inside-item = En el ítem: { $text }
form-no-findings = No hay observaciones.
form-unreadable-date = «{ $text }» no es una fecha. Se acepta 31/03/2026, 31/3 o 31.
form-unreadable-amount = «{ $text }» no es un importe. Se acepta 1250.50 o 1,250.50.
form-missing-contact = Falta el cliente.
form-missing = Falta este dato.
form-missing-supplier = Falta el proveedor.
form-missing-delivery-date = Falta la fecha de entrega.
form-missing-item-or-account = Falta el ítem o la cuenta de gasto.
form-header-account = «{ $account }» es una cuenta acumulativa: sólo las de último nivel aceptan movimientos.
form-missing-date = Falta la fecha.
form-missing-due-date = Falta el vencimiento.
form-missing-name = Falta el nombre.
form-missing-lines = Falta al menos una partida.
form-missing-item = Falta el ítem: Alegra sólo factura lo que está en su catálogo.
form-missing-quantity = Falta la cantidad.
form-missing-price = Falta el precio.
form-no-product-key = El ítem «{ $item }» no tiene clave de producto del SAT: Alegra no acepta la partida. Ponerla en el ítem.

## Guardar

form-not-saved = No se guardó. Por corregir: { $count }.
form-nothing-changed = Nada que guardar: no hay cambios.
form-updated = Cambios guardados.
form-locked = Se está guardando: esperar el resultado.
form-refused = No se guardó. El servidor dice: { $text }
form-refused-code = No se guardó ({ $code }). El servidor dice: { $text }
form-saved-before = Se estaba guardando cuando el programa terminó. Buscarla en la lista antes de guardar otra vez.
form-left-saving = Se sigue guardando; el resultado se avisa aquí.
form-unreadable-edit = No se pudo recuperar la captura { $slot }.

## Captura

form-forma-locked = PPD exige forma de pago 99 (other).
form-rate-locked = En pesos (MXN) el tipo de cambio es 1.
form-at-end = Fin de la captura. { $key } guarda.
form-no-catalogue = Este campo no tiene catálogo.
form-no-lines = Esta captura no tiene partidas.
form-no-line = No hay partida seleccionada.
form-nothing-to-undo = Nada que deshacer.

## Catálogos

picker-prompt = Buscar:
picker-usual = usual
picker-searching = buscando…
picker-nothing = Nada encontrado con «{ $text }».
picker-nothing-so-far = Nada encontrado con «{ $text }» en lo leído hasta ahora; puede haber más.
form-barred-inactive = inactivo
form-barred-header = acumulativa: no acepta movimientos
form-barred-use = no va con el régimen { $regime }
form-barred-document = es de otro tipo de CFDI
form-barred-fisica-only = sólo de personas físicas
form-barred-moral-only = sólo de personas morales
form-barred-generic = el RFC genérico lleva 616
form-barred-taxed = la partida lleva impuestos que no admite
form-barred-untaxed = la partida no lleva el impuesto que pide
form-barred-at-home = el RFC es mexicano
form-barred-abroad = el cliente reside en el extranjero
form-barred-not-replaced = falta el CFDI que la sustituye
form-barred-nameless = se expidió al público en general
form-barred-no-country = no es un país que Alegra reciba

## Pagos: documentos abiertos y su aplicación

action-fill = Saldar el documento, o completar lo que cuadra la póliza
    .short = completar
action-distribute-oldest = Aplicar del más antiguo al más nuevo
    .short = repartir
action-find-exact = Buscar los documentos que suman exactamente
    .short = suma exacta
action-clear-applied = Quitar todo lo aplicado
    .short = quitar todo
record-id = núm. interno { $id }
form-document = Documento
form-apply = Por abonar
form-paid = Importe
form-applied = Aplicado
form-to-apply = Por aplicar
form-open-choose = Al elegir el contacto salen sus documentos.
form-open-reading = Leyendo los documentos abiertos…
form-open-of = Abiertos: { $open }, entre { $cached } de { $total } leídas.
form-open-partial = Abiertos: { $open }, entre { $cached } de { $total } leídas; puede haber más.
form-open-so-far = Abiertos: { $open }, entre { $cached } leídas hasta ahora; puede haber más.
form-missing-amount = Falta el importe.
form-missing-bank-account = Falta la cuenta por la que pasa el dinero.
form-not-positive = El importe debe ser mayor que 0.
form-cents = El importe lleva a lo más dos decimales.
form-unapplied = Un pago debe aplicarse al menos a un documento.
form-left-to-apply = Quedan { $amount } por aplicar.
form-relations-kept = Tiene CFDI relacionados de varios tipos ({ $kinds }); no caben aquí y se conservan mientras aquí no se escriba nada.
form-came-unapplied = Este pago llegó sin aplicarse a ningún documento. Lo demás se puede cambiar y guardar así.
form-came-left-to-apply = Este pago llegó con { $amount } por aplicar. Lo demás se puede cambiar y guardar así.
form-over-applied = Se aplican { $amount } más que el importe del pago.
form-over-document = En { $document } sólo quedan { $amount } por pagar.
form-other-currency = Este documento está en otra moneda que el pago.
form-no-open-documents = No hay documentos abiertos a los que aplicar.
form-nothing-applied = Nada está aplicado.
form-nothing-to-fill = Nada que aplicar aquí: no queda importe o no hay saldo.
form-fill-where = Ir a la columna «Por abonar» del documento.
form-exact-found = { $count ->
    [1] Un documento suma exactamente el importe.
   *[other] { $count } documentos suman exactamente el importe.
}
form-exact-none = Ningún conjunto de documentos suma exactamente { $amount }.
form-exact-gave-up = Se dejó de buscar: son demasiadas combinaciones. Aplicar a mano o del más antiguo.
reason-no-amounts = Sólo al aplicar un pago o capturar una póliza.

## Pólizas

form-debit = Cargo
form-credit = Abono
form-debits = Cargos
form-credits = Abonos
form-difference = Diferencia
form-lacking-debits = Faltan en cargos
form-lacking-credits = Faltan en abonos
form-header-chosen = { $account } es acumulativa; elegir una de sus subcuentas.
form-account-inactive = { $account } está inactiva.
form-unknown-account = Ninguna cuenta coincide con «{ $text }».
form-chart-pending = El catálogo de cuentas no se ha leído todavía.
form-missing-account = Falta la cuenta.
form-missing-side = Falta el cargo o el abono.
form-both-sides = Un movimiento lleva cargo o abono, no los dos.
form-two-postings = Una póliza lleva al menos dos movimientos.
form-unbalanced = La póliza no cuadra: faltan { $amount } en { $side ->
    [debits] cargos
   *[credits] abonos
}.
form-nothing-to-balance = Ya cuadra: nada que completar.
## Palabras de los campos con pocas opciones

value-person-yes = Persona física
value-person-no = Persona moral
value-type-of-tax-iva = IVA, impuesto al valor agregado
value-type-of-tax-ieps = IEPS, impuesto especial
value-type-of-tax-isr = ISR, impuesto sobre la renta
value-type-of-tax-exento = Exento
value-type-of-tax-retencion-isr = Retención de ISR
value-type-of-tax-retencion-iva = Retención de IVA

## Contactos, ítems y cuentas

form-also-supplier = Este contacto también es proveedor; el cambio vale para los dos.
form-also-customer = Este contacto también es cliente; el cambio vale para los dos.
form-rfc-twice = Ya hay un contacto con este RFC: { $name }.
form-item-without-key = Sin clave SAT no se puede facturar este ítem.
form-inherited = { $text } · heredada
form-missing-parent = Falta la cuenta padre: una cuenta nueva va dentro de una acumulativa.
form-missing-rate = Falta la tasa.
form-missing-type = Falta el tipo.
form-barred-no-header = no es acumulativa: nada va dentro de ella
form-from-quote = De la cotización { $quote }: al guardar, la cotización queda facturada.
## Cambios sin respuesta clara

form-left-unsaved = No se guardaron los cambios. La captura sigue en Inicio.
form-unclear-nothing = No llegó respuesta clara y se leyó de nuevo: los cambios no se guardaron. Se puede guardar otra vez. { $text }
form-unclear-some = No llegó respuesta clara y se leyó de nuevo: sólo una parte quedó como aquí. Revisar y guardar otra vez. { $text }
form-unclear-unread = No llegó respuesta clara ni se pudo leer de nuevo: los cambios pueden estar guardados. Guardar otra vez no duplica nada. { $text }
form-stamp-refused = No se timbró ({ $code }). El servidor dice: { $text }
form-stamp-refused-kept = No se timbró ({ $code }); quedó guardada sin timbrar ({ $id }). El servidor dice: { $text }
form-create-stamp-refused = No se guardó ni se timbró ({ $code }). El servidor dice: { $text }

## Guardado


## Lo sugerido y lo cambiado en otro lado

action-accept = Aceptar lo sugerido
    .short = aceptar
action-keep-mine = Guardar lo de aquí, encima de lo de allá
    .short = guardar lo de aquí
action-take-theirs = Tomar lo de allá y seguir en la captura
    .short = tomar lo de allá
reason-no-suggestion = No hay nada que sugerir en este campo.
form-suggested = → { $value }  ({ $key } lo acepta)
form-suggested-contact = → { $value } en el contacto  ({ $key })
form-suggested-item = → { $value } en el ítem  ({ $key })
form-leads-contact = → corregir { $value } en el contacto  ({ $key })
form-leads-item = → corregir { $value } en el ítem  ({ $key })
form-suggested-nothing = (vacío)
form-changed-elsewhere = Cambió en otro lado mientras se capturaba: no se envió nada. Al guardar se comparan los dos lados.
form-stamped-meanwhile = Se timbró en otro lado mientras se capturaba (folio fiscal { $uuid }): ya no se puede cambiar y no se envió nada.
form-voided-meanwhile = Se anuló en otro lado mientras se capturaba: ya no se puede cambiar y no se envió nada.
form-theirs-taken = Lo de allá está en la captura; los demás cambios siguen sin guardar.
form-from-order = De la orden de compra { $order }: las partidas que vienen de ella la nombran; si Alegra conserva la liga, queda facturada.
form-credit-applied = Se aplica a { $invoice }, hasta donde se debe.
form-credit-only-related = { $invoice } ya no debe nada: la nota no se aplica, sólo queda relacionada con su folio fiscal.

## Lo que no tiene campo propio
form-others = Otros campos nativos · { $key } agrega ruta y valor
form-other-path = ruta
form-other-value = valor
form-other-hint = Ruta en el registro nativo (anotation, items[0].unit) y su valor: texto o JSON.
form-other-no-path = Falta la ruta del valor.
form-other-unreadable-path = No es una ruta. Se escribe como $.anotation o $.items[0].unit.
form-other-twice = Otra fila ya escribe ahí.
form-other-no-row = No existe ese renglón: hay { $count }, contados desde 0.
form-other-no-value = Falta el valor. Para vaciar el campo: null.
form-other-unreadable-json = El JSON no está completo. Para un texto: "entre comillas".
form-other-control = No se aceptan saltos de línea ni caracteres de control.
form-other-owned = Tiene su propio campo: { $field }. Se captura ahí.
form-other-rows = Los renglones se capturan en la tabla; por ruta sólo una parte, como $.items[0].unit.
form-other-stamp = El timbre no se escribe: guardar nunca timbra.
form-other-server = Lo pone Alegra; no se escribe.
form-other-secret = Aquí no van claves ni contraseñas: lo capturado queda en el disco.
reason-no-pass-through = Las cuentas bancarias no aceptan otros campos nativos.
