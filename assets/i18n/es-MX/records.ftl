### Palabras de los registros y las listas: valores, vínculos, registro nativo, filtros, eliminación.

## Valores cerrados

draft-mark = b{ $id }
unnumbered-mark = n.º { $id }
unnumbered = sin número, { $id }
value-account-type-accounts-payable = cuentas por pagar
value-account-type-accounts-receivable = cuentas por cobrar
value-account-type-balancesheet = de balance
value-account-type-bank = bancos
value-account-type-cash = efectivo
value-account-type-checking = banco
value-account-type-costs-of-sales = costo de ventas
value-account-type-credit-card = tarjeta de crédito
value-account-type-current-asset = activo a corto plazo
value-account-type-current-liability = pasivo a corto plazo
value-account-type-equity = capital contable
value-account-type-expense = gastos
value-account-type-fixed-asset = activo fijo
value-account-type-line-of-credit = línea de crédito
value-account-type-money-market = inversión
value-account-type-non-current-asset = activo a largo plazo
value-account-type-non-current-liability = pasivo a largo plazo
value-account-type-other = otra
value-account-type-other-asset = otros activos
value-account-type-other-expense = otros gastos
value-account-type-other-income = otros ingresos
value-account-type-other-liability = otros pasivos
value-account-type-revenue = ingresos
value-account-type-sales = ventas
value-account-type-savings = ahorro
value-classification-asset = activo
value-classification-costs-of-sales = costo de ventas
value-classification-equity = capital
value-classification-expense = gasto
value-classification-income = ingreso
value-classification-liability = pasivo
value-classification-other = otra
value-classification-other-expense = otros gastos
value-classification-other-income = otros ingresos
value-classification-revenue = ingreso
value-item-type-description = descripción
value-item-type-inventory = producto con inventario
value-item-type-non-inventory = producto sin inventario
value-item-type-other = otro
value-item-type-service = servicio
value-nature-credit = acreedora
value-nature-debit = deudora

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
compare-field = Campo
compare-theirs = Allá ahora
compare-mine = Aquí
compare-lines = Partidas
compare-postings = Movimientos
compare-rows = { $count } en total
