### Palabras de los registros y las listas: valores, vínculos, registro nativo, filtros, eliminación.

## Valores cerrados

draft-mark = b{ $id }
unnumbered-mark = n.º { $id }
unnumbered = sin número, { $id }
value-type-of-account-accounts-payable = Cuentas por pagar
value-type-of-account-accounts-receivable = Cuentas por cobrar
value-type-of-account-balancesheet = De balance
value-type-of-account-bank = Bancos
value-type-of-account-cash = Efectivo
value-type-of-account-checking = Banco
value-type-of-account-costs-of-sales = Costo de ventas
value-type-of-account-credit-card = Tarjeta de crédito
value-type-of-account-current-asset = Activo a corto plazo
value-type-of-account-current-liability = Pasivo a corto plazo
value-type-of-account-equity = Capital contable
value-type-of-account-expense = Gastos
value-type-of-account-fixed-asset = Activo fijo
value-type-of-account-line-of-credit = Línea de crédito
value-type-of-account-money-market = Inversión
value-type-of-account-non-current-asset = Activo a largo plazo
value-type-of-account-non-current-liability = Pasivo a largo plazo
value-type-of-account-other = Otra
value-type-of-account-other-asset = Otros activos
value-type-of-account-other-expense = Otros gastos
value-type-of-account-other-income = Otros ingresos
value-type-of-account-other-liability = Otros pasivos
value-type-of-account-revenue = Ingresos
value-type-of-account-sales = Ventas
value-type-of-account-savings = Ahorro
value-class-asset = Activo
value-class-costs-of-sales = Costo de ventas
value-class-equity = Capital
value-class-expense = Gasto
value-class-income = Ingreso
value-class-liability = Pasivo
value-class-other = Otra
value-class-other-expense = Otros gastos
value-class-other-income = Otros ingresos
value-class-revenue = Ingreso
value-type-of-item-description = Descripción
value-type-of-item-inventory = Producto con inventario
value-type-of-item-non-inventory = Producto sin inventario
value-type-of-item-other = Otro
value-type-of-item-service = Servicio
value-nature-credit = Acreedora
value-nature-debit = Deudora

## Detalle

detail-applied = Aplicado
detail-billed = Facturada en
detail-amount = Importe
detail-account = Cuenta
detail-debit = Cargo
detail-credit = Abono
detail-used-in = Se usa en
detail-documents = Documentos
detail-used-nowhere = nada de lo leído

## Registro nativo

native-typing = escribir filtra por ruta o valor
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
reason-stamped-not-deleted = { $kind ->
    [credit-notes] Tiene folio fiscal: no se elimina. Una nota de crédito timbrada se cancela en Alegra, no desde aquí.
   *[other] Tiene folio fiscal: no se elimina. Opciones: nota de crédito, sustituir o cancelar.
}
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

action-show-qr = Verificar en el SAT (código QR y enlace)
    .short = verificar
action-copy-link = Copiar el enlace
    .short = copiar enlace
action-save-papers = Guardar XML y PDF
    .short = XML y PDF

## El paquete de un periodo

package-title = XML y PDF de un periodo
package-company = Empresa
package-period = Periodo
package-files = Archivos
package-both = XML y PDF
package-xml = sólo XML
package-pdf = sólo PDF
package-documents = Timbradas
package-folder = Carpeta
package-index = Índice
package-hint = Un mes o un año: marzo, mar 2025, 2026-03, mes pasado. Vacío es el mes pasado. Tab cambia los archivos, Enter descarga.
package-going = { $done } de { $all }
package-stop = Esc detiene después del documento en curso; lo descargado se queda.
package-stopping = Se detiene después del documento en curso…
package-tally = { $files } de { $all } en la carpeta, { $fresh } nuevos
package-index-kept = index.csv e index.json
package-complete = No falta nada.
package-missing = { $count ->
    [one] Falta o difiere 1:
   *[other] Faltan o difieren { $count }:
}
package-unread-count = { $count } sin leer
package-unread = { $name }: no se han leído sus datos fiscales; no se sabe si está timbrada
package-partial = { $kind }: se han leído { $count } hasta ahora; puede haber más
package-stopped = { $form } por descargar: se detuvo
notice-packed = { $count ->
    [one] 1 documento en { $folder }
   *[other] { $count } documentos en { $folder }
}
action-package = Descargar XML y PDF de un periodo
    .short = descargar
action-other-files = Cambiar qué archivos se descargan
    .short = archivos
action-pack = Descargar, o cerrar al terminar
    .short = descargar
reason-company-unknown = Aún no se sabe de qué empresa son los libros.
reason-no-period = No se entiende el periodo: marzo, mar 2025, 2026-03, 2025.
reason-empty-period = No hay nada timbrado en ese periodo, entre lo leído.
reason-packing = Ya se está descargando.
action-show-live = Ver avisos en vivo (webhooks)
    .short = avisos
action-subscribe = Suscribirse a los avisos
    .short = suscribirse
action-unsubscribe = Quitar la suscripción a los avisos
    .short = quitar

## Vistas con nombre

views-title = Vistas guardadas
views-none = Ninguna todavía. En una lista, F8 guarda la que se ve.
view-name-new = Guardar la vista como
view-name-other = Nuevo nombre de la vista
action-save-view = Guardar la lista y su filtro como vista
    .short = guardar vista
action-show-views = Ir a las vistas guardadas
    .short = vistas
action-rename-view = Cambiar el nombre de la vista
    .short = renombrar
action-delete-view = Eliminar la vista
    .short = eliminar
action-give-name = Guardar con este nombre
    .short = guardar
confirm-replace-view = Ya hay una vista «{ $name }». ¿Reemplazarla?
confirm-delete-view = Se eliminará la vista «{ $name }»; los documentos no se tocan. ¿Eliminar?
notice-view-kept = Vista «{ $name }» guardada: g s la abre.
notice-view-renamed = La vista se llama ahora «{ $name }».
notice-view-dropped = Vista «{ $name }» eliminada.
reason-view-unnamed = Falta el nombre de la vista.
reason-view-long-name = Ese nombre es demasiado largo: caben { $count } letras.
reason-view-puzzle = El filtro no se entiende todavía; no se guarda como vista.
reason-nothing-typed = Aquí no se ha escrito nada que guardar: e abre el formulario; como vista se guarda sólo una lista.
reason-only-lists = Sólo una lista se guarda como vista.
