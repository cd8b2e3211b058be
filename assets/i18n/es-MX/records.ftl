### Palabras de los registros y las listas: valores, vínculos, registro nativo, filtros, eliminación.

## Valores cerrados

draft-mark = b{ $id }
unnumbered-mark = n.º { $id }
unnumbered = sin número, { $id }
value-account-type-accounts-payable = Cuentas por pagar
value-account-type-accounts-receivable = Cuentas por cobrar
value-account-type-balancesheet = De balance
value-account-type-bank = Bancos
value-account-type-cash = Efectivo
value-account-type-checking = Banco
value-account-type-costs-of-sales = Costo de ventas
value-account-type-credit-card = Tarjeta de crédito
value-account-type-current-asset = Activo a corto plazo
value-account-type-current-liability = Pasivo a corto plazo
value-account-type-equity = Capital contable
value-account-type-expense = Gastos
value-account-type-fixed-asset = Activo fijo
value-account-type-line-of-credit = Línea de crédito
value-account-type-money-market = Inversión
value-account-type-non-current-asset = Activo a largo plazo
value-account-type-non-current-liability = Pasivo a largo plazo
value-account-type-other = Otra
value-account-type-other-asset = Otros activos
value-account-type-other-expense = Otros gastos
value-account-type-other-income = Otros ingresos
value-account-type-other-liability = Otros pasivos
value-account-type-revenue = Ingresos
value-account-type-sales = Ventas
value-account-type-savings = Ahorro
value-classification-asset = Activo
value-classification-costs-of-sales = Costo de ventas
value-classification-equity = Capital
value-classification-expense = Gasto
value-classification-income = Ingreso
value-classification-liability = Pasivo
value-classification-other = Otra
value-classification-other-expense = Otros gastos
value-classification-other-income = Otros ingresos
value-classification-revenue = Ingreso
value-item-type-description = Descripción
value-item-type-inventory = Producto con inventario
value-item-type-non-inventory = Producto sin inventario
value-item-type-other = Otro
value-item-type-service = Servicio
value-nature-credit = Acreedora
value-nature-debit = Deudora

## Detalle

detail-applied = Aplicado
detail-amount = Importe
detail-account = Cuenta
detail-debit = Cargo
detail-credit = Abono
detail-used-in = Se usa en
detail-documents = Documentos
detail-used-nowhere = nada de lo leído

## Registro nativo

native-prompt = Registro nativo
native-counts = { $shown } de { $all } valores, { $empty } vacíos
native-read-at = leído { $at }
native-nothing = Nada con ese nombre o valor.

## Vínculos

links-of = Relacionados con
links-none = Nada de lo leído se relaciona con este registro.
list-of = de { $name }

## Ordenar y filtrar

sort-by = Ordenar por
sort-rising = de menor a mayor
sort-falling = de mayor a menor
narrow-prompt = Filtrar
accounts-uncoded = sin código agrupador

## Acciones

action-native = Ver el registro nativo completo
    .short = nativo
action-links = Ver los registros relacionados
    .short = relacionados
action-delete = Eliminar
    .short = eliminar
action-sort = Ordenar la lista
    .short = ordenar
action-narrow = Filtrar por texto o estado
    .short = filtrar
action-keep-narrowed = Volver a la lista con el filtro puesto
    .short = dejar filtro
action-mark = Marcar o desmarcar la fila
    .short = marcar
action-mark-all = Marcar todas las filas, o ninguna
    .short = todas
action-copy-value = Copiar el valor
    .short = copiar valor
action-filter-uncoded = Ver sólo las cuentas sin código agrupador
    .short = sin código

## Eliminar

confirm-delete = Se eliminará { $kind } { $name } de { $company } ({ $rfc }). No se puede deshacer. ¿Eliminar?
confirm-delete-both = Se eliminará { $kind } { $name } de { $company } ({ $rfc }). Es cliente y proveedor: desaparece de las dos listas y no se puede deshacer. ¿Eliminar?
reason-account-not-deleted = Alegra no permite eliminar cuentas contables; se puede bloquear la cuenta en Alegra.
reason-company-not-deleted = La empresa no se elimina.
reason-never-deleted = Alegra no permite eliminarlo.
reason-stamped-not-deleted = Tiene folio fiscal: no se elimina. Opciones: nota de crédito, sustituir o cancelar.
reason-only-drafts-deleted = Sólo se eliminan borradores; una factura emitida se anula.
reason-no-value = No hay valor que copiar.
notice-deleted = Eliminado: { $name }.
notice-delete-refused = No se eliminó { $name } ({ $code }): { $text }
notice-delete-released = No se eliminó { $name }: se verificó y sigue en Alegra. Se puede intentar de nuevo.

## Comparar

compare-title = { $name } cambió en otro lado desde que se abrió
compare-explained = ▲ cambió en los dos lados: uno se pierde. No se ha enviado nada; lo demás se conserva.
compare-field = Campo
compare-theirs = Allá ahora
compare-mine = Aquí
compare-lines = Partidas
compare-postings = Movimientos
compare-rows = { $count } en total
