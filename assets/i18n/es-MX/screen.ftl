### Palabras de las páginas, las acciones y los avisos.

## Marco

company-unknown = empresa por leer
venue-demo = sandbox
venue-loopback = sandbox
venue-live = Alegra
data-of = datos de las { $hour }
loading = Cargando…
reading = leyendo…
reading-failed = no se pudo leer de nuevo
reading-fiscal = leyendo datos fiscales…
n-or-more = { $n } o más
n-of-m = { $n } de { $m }
n-so-far = { $n } hasta ahora
over-all = entre { $m }
over-cached = entre { $m } cargadas; puede haber más
marked = { $count ->
    [one] 1 marcada
   *[other] { $count } marcadas
}
unstamped-count = { $count } sin timbrar
walking = leyendo { $names }
walk-rate = { $n } por min
walk-left = faltan { $time }
walking-some = leyendo
fiscal-going = datos fiscales uno por uno: { $done }
fiscal-going-short = fiscales: { $done }
accounts-count = { $count } cuentas
yes = sí
no = no
list-empty = No hay registros aquí.
too-small = Terminal pequeña ({ $size }): hacen falta { $least }. Las teclas siguen vivas.

## Grupos y clases

place-home = Inicio
group-sales = Ventas
group-purchases = Compras
group-contacts = Contactos
group-ledger = Contabilidad
group-books = Catálogos
group-company = Empresa
kind-invoices = Facturas
    .one = factura
kind-credit-notes = Notas de crédito
    .one = nota de crédito
kind-quotes = Cotizaciones
    .one = cotización
kind-payments = Pagos recibidos
    .one = pago recibido
kind-bills = Facturas de proveedor
    .one = factura de proveedor
kind-purchase-orders = Órdenes de compra
    .one = orden de compra
kind-bill-payments = Pagos a proveedores
    .one = pago a proveedor
kind-journal-entries = Pólizas
    .one = póliza
kind-customers = Clientes
    .one = cliente
kind-suppliers = Proveedores
    .one = proveedor
kind-invoice-items = Productos y servicios
    .one = producto
kind-ledger-accounts = Catálogo de cuentas
    .one = cuenta
kind-tax-rates = Impuestos
    .one = impuesto
kind-bank-accounts = Cuentas bancarias
    .one = cuenta bancaria
kind-departments = Centros de costos
    .one = centro de costos
kind-company-info = Empresa
    .one = empresa
filter-all = todas
filter-unstamped = sin timbrar
filter-expired = fuera de las 72 h
filter-last-day = quedan menos de 24 h
filter-two-days = quedan de 24 a 48 h
filter-three-days = quedan de 48 a 72 h
filter-issued = emitidas sin timbrar
filter-ready = listas para timbrar
filter-warnings = con avisos
filter-errors = con errores
filter-unjudged = sin revisar
filter-not-read = sin leer sus datos fiscales
filter-owing = por cobrar
filter-without-receipt = PPD sin REP
filter-overdue = vencidas
filter-partially-paid = parcialmente pagadas

## Estados

status-draft = BORRADOR
status-receivable = POR COBRAR
status-payable = POR PAGAR
status-partially-paid = PARCIAL
status-paid = PAGADA
status-voided = ANULADA
status-open = ABIERTA
status-accepted = ACEPTADA
status-rejected = RECHAZADA
status-expired = CADUCADA
status-billed = FACTURADA
status-closed = CERRADA
status-posted = REGISTRADA
status-applied = APLICADO
status-deleted = ELIMINADA
status-overdue = VENCIDA
status-active = activo
status-inactive = inactivo
status-unknown = —
stamp-not-read = — sin leer
stamp-unstamped = ◇ SIN TIMBRAR
receipt-due = ◆ REP al { $day }
receipt-late = ! REP al { $day }
verdict-ready = ◈ LISTA
verdict-warnings = ▲ CON AVISOS
verdict-errors = ✗ CON ERRORES
stamp-sending = … TIMBRANDO
stamp-unknown = ? POR VERIFICAR
    .short = ? VERIFICAR
stamp-refused = ✖ RECHAZADA
stamp-stamped = ◆ TIMBRADA
stamp-cancel-sending = … CANCELANDO
stamp-cancel-pending = ◈ EN CANCELACIÓN
    .short = ◈ CANCELANDO
stamp-cancelled = ⊘ CANCELADA
column-stamp = Timbre
column-uuid = UUID
draft-number = borrador { $id }

## Campos

field-number = Serie y folio
    .column = Folio
field-reference = Referencia
field-name = Nombre
field-code = Código
field-description = Descripción
field-contact = Cliente
field-supplier = Proveedor
field-rfc = RFC
field-email = Correo
field-phone = Teléfono
field-individual = Persona física
field-is-customer = Es cliente
field-is-supplier = Es proveedor
field-date = Fecha
field-due-date = Vencimiento
    .column = Vence
field-delivery-date = Fecha de entrega
    .column = Entrega
field-created-at = Creado
field-updated-at = Modificado
field-currency = Moneda
field-exchange-rate = Tipo de cambio
field-sub-total = Subtotal
field-discount = Descuento
field-total-tax = Impuestos
field-total = Total
field-balance = Saldo
field-status = Estado
field-payment-method = Forma de pago
    .column = Forma
field-bank-account = Cuenta de banco
    .column = Cuenta
field-terms = Condiciones de pago
    .column = Condiciones
field-memo = Notas
field-department = Centro de costos
    .column = Centro costos
field-invoice = Factura
field-regime = Régimen fiscal
    .column = Rég.
field-cfdi-use = Uso del CFDI
    .column = Uso
field-payment-type = Método de pago
    .column = Método
field-zip = Código postal
    .column = CP
field-country = País
field-stamp = Timbre
field-uuid = Folio fiscal (UUID)
field-stamped-at = Fecha de timbrado
    .column = Timbrada
field-sat-seal = Sello del SAT
field-cfdi-seal = Sello del CFDI
field-sat-certificate = Certificado del SAT
    .column = Cert. SAT
field-cfdi-certificate = Certificado (CSD)
    .column = CSD
field-original-string = Cadena original
field-unit-price = Precio unitario
    .column = Precio
field-item-type = Tipo
field-product-key = Clave SAT
    .column = ClaveSAT
field-unit = Unidad SAT
    .column = Uni.
field-nominal-code = Código agrupador
    .column = Agrup.
field-ledger-account = Cuenta contable
    .column = Cta. contable
field-parent = Cuenta padre
field-parent-department = Depende de
field-level = Nivel
field-header = Acumulativa
field-account-type = Tipo de cuenta
field-classification = Clasificación
field-nature = Naturaleza
field-tax-type = Tipo de impuesto
    .column = Tipo
field-rate = Tasa
field-tax-payable-account = Cuenta por pagar
    .column = Por pagar
field-tax-favorable-account = Cuenta a favor
field-account-number = Número de cuenta
    .column = Núm. cuenta
field-iban = IBAN
field-bic = BIC (SWIFT)
field-routing-number = Clave de plaza
account-sort = Uso
account-header = acumulativa
account-postable = afectable
line-description = Partida
line-quantity = Cantidad
line-price = Precio
line-discount = Desc.
line-total = Importe
stamped-is-immutable = { $kind ->
    [credit-notes] Timbrada: ya no se edita. Una nota de crédito timbrada se cancela en Alegra, no desde aquí.
   *[other] Timbrada: ya no se edita. Opciones: nota de crédito, sustituir o cancelar.
}

## Inicio

home-unstamped = Facturas sin timbrar
home-overdue = Vencidas
home-unsettled = Resultado por verificar: { $name }
home-unfinished = Captura sin terminar
home-continue = continuar
home-waits = espera conexión
home-to-send = por enviar
home-expired = ─ fuera de las 72 h
home-last-day = ─ quedan menos de 24 h
home-two-days = ─ quedan de 24 a 48 h
home-three-days = ─ quedan de 48 a 72 h
home-issued = ─ ya emitidas (no borradores)
home-not-read = Sin leer sus datos fiscales
home-ready = Listas para timbrar
home-warnings = Con avisos
home-errors = Con errores
home-unjudged = Sin revisar
home-without-receipt = PPD sin REP
home-receipts-due = { $n } · vence { $day }
home-receipts = PPD sin REP: pagadas en todo o en parte y sin complemento de pago, con el día en que vence el primero (el 5 del mes que sigue al pago). Se emite en Alegra; aquí sólo se avisa.
home-owing = Por cobrar
home-unstamped-of = { $kind } sin timbrar
home-of-notes = NC · { $what }
home-fiscal = La lista de Alegra vino sin datos fiscales. Se leen uno por uno, primero los de los últimos trece meses; es la vía lenta: { $done }. Los de antes se leen al abrir cada documento.
home-hint = / busca folio, UUID, cliente, RFC o importe desde cualquier página; ? muestra las teclas.

## Buscar

find-prompt = Buscar
find-hint = Folio, UUID o parte, cliente, RFC, importe, mes… · cliente:ana >10000
find-lately = Lo último que se buscó (↑ ↓ y Enter)
find-similar = { $count ->
    [one] Nada se llama así · un nombre parecido
   *[other] Nada se llama así · { $count } parecidos
} · { $searched } facturas
find-similar-more = Nada se llama así · { $count } parecidos, hay más · { $searched } facturas
find-similar-rfc = { $count ->
    [one] Nadie tiene ese RFC · uno parecido
   *[other] Nadie tiene ese RFC · { $count } parecidos
} · { $searched } facturas
find-similar-rfc-more = Nadie tiene ese RFC · { $count } parecidos, hay más · { $searched } facturas
find-searching = Buscando…
find-nothing = Nada encontrado en { $searched } facturas.
find-hits = { $count ->
    [one] 1 resultado
   *[other] { $count } resultados
} · { $searched } facturas
find-more = Los primeros { $count }, hay más: acotar · { $searched } facturas
why-number = folio
why-uuid = folio fiscal
why-name = nombre
why-similar = nombre parecido
why-similar-rfc = RFC parecido
why-rfc = RFC
why-total = total
why-before-tax = sin impuestos
why-near = importe cercano
why-balance = saldo
why-due = vencimiento
why-code = código
why-date = fecha
why-kind = tipo
why-status = estado
why-stamp = timbre
why-policy = método
why-account = cuenta
palette-nothing = Ninguna acción se llama así.
help-title = Teclas de esta página
catalogs-edition =
    Catálogos del SAT: { $month ->
        [1] enero
        [2] febrero
        [3] marzo
        [4] abril
        [5] mayo
        [6] junio
        [7] julio
        [8] agosto
        [9] septiembre
        [10] octubre
        [11] noviembre
       *[other] diciembre
    } de { $year }
catalogs-rows = { $products } productos y servicios · { $units } unidades · { $zips } códigos postales
catalogs-more = { $groupings } códigos agrupadores · tasas de IEPS de { $year }

## Teclas

key-space = Espacio
key-delete = Supr
key-home = Inicio
key-end = Fin
key-page-up = RePág
key-page-down = AvPág

## Acciones

action-find = Buscar folio, UUID, cliente, RFC o importe
    .short = buscar
action-palette = Todas las acciones
    .short = acciones
action-help = Teclas de esta página
    .short = ayuda
action-back = Volver
    .short = volver
action-quit = Salir
    .short = salir
action-suspend = Dejar en segundo plano
    .short = suspender
action-switch-language = Cambiar de idioma (English)
    .short = English
action-go-home = Ir al inicio
    .short = inicio
action-go-invoices = Ir a las facturas
    .short = facturas
action-go-credit-notes = Ir a las notas de crédito
    .short = notas
action-go-quotes = Ir a las cotizaciones
    .short = cotizaciones
action-go-payments = Ir a los pagos recibidos
    .short = pagos
action-go-bills = Ir a las facturas de proveedor
    .short = compras
action-go-purchase-orders = Ir a las órdenes de compra
    .short = órdenes
action-go-bill-payments = Ir a los pagos a proveedores
    .short = egresos
action-go-journal-entries = Ir a las pólizas
    .short = pólizas
action-go-customers = Ir a los clientes
    .short = clientes
action-go-suppliers = Ir a los proveedores
    .short = proveedores
action-go-invoice-items = Ir a los productos y servicios
    .short = productos
action-go-ledger-accounts = Ir al catálogo de cuentas
    .short = cuentas
action-go-tax-rates = Ir a los impuestos
    .short = impuestos
action-go-bank-accounts = Ir a las cuentas bancarias
    .short = bancos
action-go-departments = Ir a los centros de costos
    .short = centros
action-go-company-info = Ir a la empresa
    .short = empresa
action-up = Arriba
action-down = Abajo
action-page-up = Página arriba
action-page-down = Página abajo
action-first = Primera fila
    .short = primera
action-last = Última fila
action-open = Abrir
    .short = abrir
action-refresh = Leer de nuevo
    .short = leer
action-new = Nueva
    .short = nueva
action-edit = Editar
    .short = editar
action-stamp = Timbrar
    .short = timbrar
action-cancel = Cancelar ante el SAT
    .short = cancelar
action-copy-uuid = Copiar el folio fiscal
    .short = copiar UUID
action-filter-unstamped = Ver sólo las facturas sin timbrar
    .short = sin timbrar
action-verify-now = Verificar ahora los resultados pendientes
    .short = verificar
action-fold = Plegar
    .short = plegar
action-unfold = Desplegar
    .short = desplegar
action-fold-all = Plegar todo
action-unfold-all = Desplegar todo
action-depth = Mostrar hasta el nivel { $number }
    .short = nivel (1–5)
action-pick = Elegir la opción { $number }
    .short = elegir (1–6)
action-save = Guardar
    .short = guardar
action-save-and-stamp = Guardar y timbrar en un solo envío
    .short = guardar y timbrar
action-catalogue = Abrir el catálogo del campo
    .short = catálogo
action-next-field = Campo siguiente
    .short = siguiente
action-previous-field = Campo anterior
    .short = anterior
action-add-line = Agregar partida
    .short = partida
action-add-native = Agregar otro campo nativo, por ruta y valor
    .short = otros
action-delete-line = Quitar partida
    .short = quitar
action-undo = Deshacer
    .short = deshacer
action-next-button = Cambiar de botón
    .short = No / Sí
action-confirm = Aceptar el botón elegido
    .short = aceptar

## Razones

reason-read-only = Modo de sólo lectura: nada se cambia.
reason-no-form = Aquí no se captura.
reason-nothing-selected = No hay nada seleccionado.
reason-never-edited = Alegra no permite editarlo.
reason-marking = Se están marcando todas las filas: un momento.
reason-receipt = Sólo se timbran facturas y notas de crédito. El REP se emite en Alegra.
reason-stamped = { $kind ->
    [credit-notes] Timbrada: ya no se edita. Una nota de crédito timbrada se cancela en Alegra, no desde aquí.
   *[other] Timbrada: ya no se edita. Opciones: nota de crédito, sustituir o cancelar.
}
reason-never-stamped = Sólo se timbran facturas y notas de crédito.
reason-not-read = Aún no se leen sus datos fiscales.
reason-sending = Se está timbrando.
reason-unknown = Resultado por verificar: no timbrar ni editar hasta saberlo.
reason-stamped-already = Ya está timbrada.
reason-voided = Está anulada.
reason-no-uuid = No tiene folio fiscal.
reason-nothing-unknown = No hay resultados por verificar.
reason-only-in-forms = Sólo dentro de una captura.
reason-only-in-the-tree = Sólo en el catálogo de cuentas.
reason-only-on-records = Sólo en una lista o en un registro.
reason-floor = Ésta es la primera página: no hay a dónde volver.

## Avisos

notice-unknown-key = La tecla { $key } no hace nada aquí. ? muestra las teclas.
notice-paste-dropped = Aquí no se pega texto.
notice-copied = Copiado: { $text }
notice-gone = Ese registro ya no existe en Alegra.
notice-other-books = La conexión lleva ahora a otra empresa: { $name } · { $rfc }. Lo anterior queda guardado aparte y se lee de nuevo.
notice-stamped = Timbrada: { $uuid }
notice-saved-new = Guardado: { $name }.
notice-created = Guardado como borrador { $id }.
notice-stamp-refused = No se timbró { $name } ({ $code }): { $text }
notice-create-refused = No se guardó ({ $code }): { $text }
notice-stamp-released = No se timbró { $name }: se verificó y no tiene folio fiscal. Se puede intentar de nuevo.
notice-create-released = No se guardó { $name }: se verificó y no existe en Alegra. Se puede intentar de nuevo.
notice-unsent = No se envió { $name }: { $cause }
notice-already-open = { $name }: otra ventana de este programa ya lo está enviando.
notice-broken = Falló una parte del programa; el resto sigue. Los detalles están en la bitácora.
notice-form-kept = Lo que estaba sin guardar sigue en Inicio, en «continuar».
notice-unfinished = { $count ->
    [one] Hay 1 captura sin terminar: está en Inicio.
   *[other] Hay { $count } capturas sin terminar: están en Inicio.
}
notice-waiting = { $count ->
    [one] 1 captura espera a enviarse: g m la abre, F8 la envía.
   *[other] { $count } capturas esperan a enviarse: g m abre la siguiente, F8 la envía.
}

## Problemas

trouble-offline = Sin conexión con el servidor. Se muestra lo que ya se había leído.
trouble-offline-short = sin conexión
trouble-credentials = La llave o los datos de conexión no son aceptados. Revisar TIMBRA_API_KEY, TIMBRA_APP_ID y TIMBRA_CONSUMER_ID, o volver a autorizar Alegra.
trouble-credentials-short = conexión rechazada
trouble-quota = Se agotó la cuota del plan de Apideck (402). La lectura en segundo plano se detuvo.
trouble-quota-short = cuota agotada
trouble-rate-limit = Límite de la API; la lectura sigue sola en un momento.
trouble-rate-limit-short = límite de la API
trouble-not-found = Ese registro ya no existe en Alegra.
trouble-not-found-short = no existe
trouble-refused = El servidor dijo que no.
trouble-refused-short = rechazado
trouble-impossible = Eso no se puede pedir por esta conexión; no se envió nada. La bitácora dice por qué.
trouble-impossible-short = no se puede pedir
trouble-server = El servidor tiene problemas. Lo leído antes sigue a la vista.
trouble-server-short = servidor con problemas
trouble-unreadable = El servidor respondió algo que no se entiende.
trouble-unreadable-short = respuesta ilegible
trouble-storage = Falló un archivo de este programa en esta máquina. La bitácora dice cuál y por qué.
trouble-storage-short = problema de disco
trouble-disk-full = El disco está lleno: no se pudo escribir. Liberar espacio.
trouble-disk-full-short = disco lleno
trouble-file-locked = Otro programa tiene ocupado un archivo de este. Cerrarlo e intentar de nuevo.
trouble-file-locked-short = archivo ocupado
trouble-file-read-only = No hay permiso para escribir un archivo de este programa. Revisar los permisos.
trouble-file-read-only-short = sin permiso de escritura
trouble-file-damaged = Un archivo de este programa no se puede leer: está dañado o es de una versión más nueva.
trouble-file-damaged-short = archivo dañado

## Preguntas

confirm-title = Confirmar
confirm-abandon-form = Hay cambios sin guardar. ¿Descartarlos?
confirm-drop-kept = Lo escrito en esta captura no se ha enviado. ¿Descartarlo?
confirm-quit-sending = Se está enviando algo. Si se sale ahora, el resultado se verificará al volver a abrir. ¿Salir?
confirm-quit-unsaved = Hay una captura sin guardar. Si se sale, queda en Inicio para continuarla. ¿Salir?
button-no = No
button-yes = Sí
button-close = Cerrar
button-stamp = Sí, timbrar
button-correct = Corregir

## Timbrar

stamp-title = Timbrar
stamp-reading = Leyendo de nuevo la factura, el cliente y las partidas…
stamp-unreadable = No se pudo leer lo que se iba a timbrar; no se envió nada.
stamp-nothing-sent = No se envió nada.
stamp-verifying = Verificando una vez más antes de enviar…
stamp-changed = Cambió desde que se mostró. Revisar y confirmar de nuevo:
stamp-issuer = Emisor
stamp-document = { $kind ->
    [credit-notes] Nota de crédito
   *[other] Factura
}
stamp-receiver = Receptor
stamp-amounts = Importes
total-transferred = traslados
total-withheld = retenciones
stamp-barred = No se puede timbrar hasta corregir lo marcado con ✖.
stamp-only-sat-knows = RFC inscrito, nombre, código postal y régimen registrados: sólo el SAT puede confirmarlo.
stamp-cost = Se gasta un folio fiscal y no se puede deshacer. ¿Timbrar?
stamp-type-first = Lo que se pide no está escrito todavía: sigue elegido No.
stamp-type-total = Es un total grande; escribirlo para confirmar:
stamp-sending-long = Timbrando… Se envió una sola vez; no se repite.
stamp-refused-verifying = El servidor dijo que no; se verifica antes de creerlo…
stamp-unknown-long = No llegó respuesta clara. Puede estar timbrada. Se está verificando; no timbrar otra vez.
stamp-unknown-reads = { $count ->
    [0] Aún no se ha leído de nuevo.
    [one] Se ha verificado 1 vez.
   *[other] Se ha verificado { $count } veces.
}
stamp-done = Timbrada.
stamp-copy-hint = y copia el folio fiscal; Esc cierra.
stamp-refused-long = { $kind ->
    [credit-notes] No se timbró. Sigue guardada sin timbrar; no se gastó folio.
   *[other] No se timbró. Quedó como borrador; no se gastó folio.
}
stamp-code = Código
stamp-server-words = El servidor dijo
stamp-fault-lines = Corregir en las partidas: { $column }.
stamp-fault-document = { $kind ->
    [credit-notes] Corregir en la nota de crédito: { $field }.
   *[other] Corregir en la factura: { $field }.
}
stamp-fault-receiver = Corregir en el cliente: { $field }.
stamp-fault-unknown = El código no señala un campo conocido; revisar según el texto.
stamp-unsent-long = No se envió nada: no se timbró y no se gastó folio.
unsent-already-open = Otra ventana de este programa ya lo está enviando.
unsent-offline = no hay conexión con el servidor.
unsent-paused = el servidor pidió esperar; intentar de nuevo en un momento.
unsent-storage = no se pudo anotar en el disco de esta máquina, y sin anotar no se envía nada.
unsent-server = el servidor tiene problemas o dijo que no; intentar de nuevo en un momento.
unsent-other = esta petición no se puede hacer desde aquí; la bitácora dice por qué.
stamp-released-long = Se verificó después del plazo y no está timbrada. Se puede timbrar de nuevo.

field-quote = Cotización
field-relation = Tipo de relación
    .column = Relación
field-related = CFDI relacionado
    .column = CFDI relac.
action-duplicate = Duplicar como borrador nuevo
    .short = duplicar
action-make-invoice = Facturar la cotización
    .short = facturar
action-make-credit-note = Hacer nota de crédito de la factura
    .short = nota de crédito
action-make-bill = Hacer factura de proveedor de la orden
    .short = a factura
reason-only-quotes = Sólo una cotización se factura.
reason-only-invoices = Sólo de una factura se hace nota de crédito.
reason-only-orders = Sólo una orden de compra se convierte en factura de proveedor.
reason-no-lines = Esto no tiene partidas que duplicar.
reason-billed-already = Ya se facturó.
reason-draft-is-edited = Es borrador: se edita, no se acredita.
reason-lines-not-read = Aún no se leen sus partidas.
reason-closed = Ya está cerrada: no se edita.
## Decidir lo que ninguna lectura pudo aclarar

action-decide = Decidir un resultado que la lectura no aclaró
    .short = decidir
home-decide = decidir
decide-title = Decidir
decide-asked = Lo que se envió
decide-twins = No llegó respuesta y, pasado el plazo, la lectura encuentra más de un registro que podría ser éste. ¿Cuál es?
decide-too-many = No llegó respuesta y se capturó tanto desde entonces que no se pudo leer todo. Buscarlo en Alegra antes de decidir.
decide-gone = No llegó respuesta clara y el documento ya no está en Alegra. Si alguien lo borró, no se timbró.
decide-nothing = Ya no hay nada que decidir: la lectura lo aclaró.
decide-who = Queda escrito en la bitácora quién decidió.
decide-later = Todavía no; seguir verificando
decide-mine = Es éste: { $record }
decide-none-of-them = Ninguno es el mío: darlo por no guardado
decide-not-stamped = No se timbró: darlo por terminado
decide-not-deleted = No se eliminó: darlo por terminado
notice-decided-mine = Decidido: es el registro { $id }.
notice-decided-not-done = Decidido: { $name } no se hizo. Se puede intentar de nuevo.
stamp-decided-not-done = Una persona decidió que no se timbró.
reason-nothing-to-decide = Nada que decidir: sólo se decide lo que la lectura no aclara pasados 90 segundos.
reason-reading-back = Se está leyendo ahora mismo; puede aclararse solo.
reason-saving = Se está guardando.

## Antes del sí

decide-next = siguiente
stamp-changed-lines = Las partidas no son las mismas.
stamp-changed-rules = Con los mismos datos, las reglas dicen ahora otra cosa.
stamp-too-small = La terminal es muy pequeña para ver todo lo que se declara: agrandarla para poder timbrar.
stamp-more = ↑↓ renglones más: { $above } arriba, { $below } abajo
stamp-folios-spent = Folios gastados por este programa: { $today } hoy, { $month } este mes.

qr-title = Verificar en el SAT
qr-too-small = El código no cabe: agrandar la terminal o copiar el enlace.
qr-no-seal = Alegra no dio el sello: la página del SAT puede pedir sus últimos ocho caracteres.
reason-qr-incomplete = Faltan datos que todavía no se leen: RFC o total.
notice-papers-saving = Guardando XML y PDF de { $title }…
notice-papers-saved = { $files } en { $folder }
notice-papers-missing = No se pudo obtener: { $missing } · guardado en { $folder }: { $files }
notice-papers-differ = El XML no coincide con el registro en { $parts } · { $files } en { $folder }

## Empresas

action-switch-company = Cambiar de empresa
    .short = otra empresa
companies-title = ¿De qué empresa se abre la contabilidad?
companies-here = esta
companies-out-of-reach = otro servidor
reason-one-company = No hay otra empresa conectada. Para conectar una, en la terminal: timbra login
notice-company = Ahora: { $name } · { $rfc }
notice-company-unknown = Ahora: { $profile }
notice-company-unsettled = Ahora: { $name } · { $rfc }. En { $old } queda por verificar: { $count }
notice-company-other = La conexión lleva a { $name } · { $rfc }: no es la empresa del perfil. Para corregirlo: timbra login
notice-company-out-of-reach = Esa empresa está en otro servidor; se abre aparte, en la terminal: timbra --profile { $profile }
stamp-type-rfc = Otra empresa: escribir los 3 últimos de su RFC, { $rfc }:

## La primera página

welcome-title = facturas de Alegra México, desde la terminal
welcome-text = Todavía no hay ninguna empresa conectada.
welcome-demo = Probar con contabilidad de ejemplo
welcome-demo-help = Dos empresas inventadas en este equipo. Nada sale de él y no se gasta ningún folio.
welcome-connect = Conectar una empresa
welcome-connect-help = Se piden tres datos de Apideck y se prueban. La llave se guarda en el llavero del sistema, en ningún archivo.
welcome-values = Los tres datos están en Apideck: la aplicación, el consumidor (uno por empresa) y la llave.
welcome-app-id = Id de la aplicación
welcome-consumer-id = Id del consumidor
welcome-key = Llave (no se ve)
welcome-trying = Probando…
welcome-met = ✔ Conectada: { $name } · { $rfc }
welcome-in-keyring = La llave está en el llavero del sistema; en ningún archivo.
welcome-nowhere = La llave NO se guardó, porque el llavero del sistema no se puede usar ({ $reason }). Sirve para esta vez. Para las siguientes: export TIMBRA_API_KEY=… en la terminal, o key_command = "pass show timbra" en { $file }
welcome-failed = No se pudo conectar: { $text }
welcome-keys-choice = ↑↓ elegir   Intro abrir   F9 English   q salir
welcome-keys-fields = Tab siguiente   Intro probar   Esc volver   Ctrl+C salir
welcome-keys-met = Intro abrir la contabilidad   Ctrl+C salir
## Timbrado masivo
action-stamp-fixed = Timbrar las que se corrigieron
    .short = volver a timbrar
batch-row-uncorrected = Se rechazó así: se corrige, o se timbra en su página.
action-next-to-fix = Abrir la siguiente por corregir, en su campo
    .short = corregir
action-next-waiting = Abrir la siguiente captura que espera a enviarse
    .short = enviar lo que espera
reason-nothing-waits = Ninguna captura espera a enviarse.
batch-title = Timbrar varias
batch-reading = Leyendo y revisando: { $read } de { $all }…
batch-ready = { $ready ->
        [0] Ninguna lista
        [one] 1 lista
       *[other] { $ready } listas
    }{ $warned ->
        [0] {""}
        [one] {" "}(1 con avisos)
       *[other] {" "}({ $warned } con avisos)
    }{ $barred ->
        [0] {""}
        [one] {" "}· 1 no lista: no se envía
       *[other] {" "}· { $barred } no listas: no se envían
    }
batch-total = Suma de las listas
batch-cost = { $count ->
    [one] Se gasta 1 folio fiscal.
   *[other] Se gastan { $count } folios fiscales.
}
batch-final = No se puede deshacer.
batch-type-count = Escribir { $count } y elegir Sí para timbrar:
batch-type-first = Primero hay que escribir cuántas se timbran.
choose-yes = Está elegido No. Tab elige Sí; Esc cierra.
button-stamp-all = Sí, timbrar todas
batch-count-stamped = { $count ->
    [one] 1 timbrada
   *[other] { $count } timbradas
}
batch-count-refused = { $count ->
    [one] 1 rechazada
   *[other] { $count } rechazadas
}
batch-count-unknown = { $count } por verificar
batch-count-elsewhere = { $count ->
    [one] 1 timbrada por alguien más
   *[other] { $count } timbradas por alguien más
}
batch-count-changed = { $count ->
    [one] 1 cambió
   *[other] { $count } cambiaron
}
batch-count-barred = { $count ->
    [one] 1 no lista
   *[other] { $count } no listas
}
batch-count-left = { $count ->
    [one] 1 sin timbrar
   *[other] { $count } sin timbrar
}
batch-count-pending = { $count ->
    [one] 1 pendiente
   *[other] { $count } pendientes
}
batch-checking = Leyendo de nuevo las del siguiente envío…
batch-sending = Timbrando… Cada envío sale una sola vez.
batch-awaiting = El servidor pidió esperar; se verifica si hizo algo antes de intentarlo de nuevo.
batch-paused = { $count ->
    [one] El servidor pide esperar: sigue en 1 segundo.
   *[other] El servidor pide esperar: sigue en { $count } segundos.
}
batch-stopping = Se detiene en cuanto se conteste lo ya enviado.
batch-stopped = Detenido: no se envió nada más.
batch-stopped-unclear = Detenido: dos envíos seguidos sin respuesta clara. Se verifica lo enviado; no timbrar otra vez.
batch-stopped-refused = Detenido: el servidor rechaza todo ({ $status }): { $text }
batch-stopped-trouble = Detenido: { $cause }
batch-over = Terminado.
batch-esc = Esc detiene después de este envío.
batch-esc-stops = detener
batch-rows = { $from }–{ $to } de { $all }
batch-row-reading = leyendo…
batch-row-ready = lista
batch-row-warned = { $count ->
    [one] ▲ lista, 1 aviso
   *[other] ▲ lista, { $count } avisos
}
batch-row-hours = { $said } · { $hours } h
batch-told-hours = Quedan { $hours } horas para timbrarla.
batch-row-waiting = en espera
batch-row-checking = leyendo de nuevo…
batch-row-changed = ▲ cambió: revisarla
batch-row-elsewhere = ◆ de alguien más …{ $uuid }
batch-row-stamped = ◆ ya timbrada …{ $uuid }
batch-row-mended = ✔ corregida: falta timbrar
batch-row-left = no se envió
batch-row-gone = ✖ ya no existe en Alegra
batch-row-unread = ✖ no se pudo leer completa
batch-row-sending = … timbrando
batch-row-verifying = … verificando el rechazo
batch-row-unknown = ? por verificar
batch-row-done = ◆ timbrada …{ $uuid }
batch-row-other-window = ▲ otra ventana la envía
batch-row-released = ▲ no se timbró (verificado)
batch-nothing-corrected = { $count ->
    [one] La que hay por corregir no está lista todavía. Tab la abre; si la causa estaba fuera de ella, T la timbra ahí.
   *[other] Ninguna de las { $count } por corregir está lista todavía. Tab abre la siguiente; si la causa estaba fuera de ella, T la timbra ahí.
}
batch-all-visited = No hay más por corregir. V timbra las corregidas.
reason-notes-one-by-one = Alegra no tiene timbrado masivo de notas de crédito: se timbran una por una, sin marcar.
reason-nothing-to-fix = No quedó nada por corregir de un timbrado masivo.
batch-told-uuid = Folio fiscal: { $uuid }
## Cancelación ante el SAT

cancel-title = Cancelar ante el SAT
cancel-reading = Leyendo la factura y lo que depende de ella…
cancel-unreadable = No se pudo leer la factura: no se cancela nada.
cancel-why = ¿Por qué se cancela?
cancel-cause = Motivo
cancel-cause-01 = 01 Emitida con errores con relación
    .help = Se hace y se timbra otra que la sustituye; después se cancela ésta.
cancel-cause-02 = 02 Emitida con errores sin relación
    .help = Tiene errores y ninguna otra la sustituye.
cancel-cause-03 = 03 No se llevó a cabo la operación
    .help = La venta no ocurrió o se deshizo por completo.
cancel-cause-04 = 04 Operación nominativa en una factura global
    .help = Esta venta ya está incluida en una factura global.
cancel-which = ¿Qué factura la sustituye?
cancel-offer-make = Hacer la sustituta: copia en borrador, con relación 04 a ésta
cancel-offer-go-on = Seguir con { $name }: falta timbrarla
cancel-offer-forget = Olvidar esta sustitución; lo capturado se queda
cancel-make-hint = Se corrige, se guarda y se timbra; después se vuelve aquí con el folio fiscal puesto. Se puede parar en cualquier paso y seguir otro día desde Inicio.
cancel-substitute = Sustituta
cancel-cost = Se cancela ante el SAT y no se puede deshacer. ¿Cancelar?
cancel-type = Escribir { $folio } para poder cancelar:
cancel-type-first = Primero escribir serie y folio como se muestran.
cancel-else-changed = Cambió lo que depende de la factura o la sustituta desde que se mostró: revisar y decidir de nuevo.
cancel-hanging = Tiene aplicado: { $kind } { $name } por ${ $amount }. Al cancelar queda sin aplicar.
cancel-hanging-stamped = Tiene aplicada: { $kind } { $name } por ${ $amount }, timbrada. Mientras siga vigente el SAT no cancela: cancelarla antes, en Alegra.
cancel-hanging-more = Y { $count } más aplicados a esta factura.
cancel-hanging-partly = Las notas de crédito aún no se han leído todas: puede haber más.
cancel-tries = { $count ->
    [2] Segundo intento de cancelar esta factura. Alegra habla de unos cinco.
    [3] Tercer intento de cancelar esta factura. Alegra habla de unos cinco.
   *[other] Intento { $count } de cancelar esta factura. Alegra habla de unos cinco.
}
cancel-needs-acceptance = Puede requerir aceptación del cliente: queda «en proceso» hasta que acepte o pasen tres días hábiles.
cancel-no-acceptance = Por lo que se ve desde aquí no requiere aceptación del cliente; la última palabra es del SAT.
cancel-deadline = Se puede cancelar hasta el { $day }.
cancel-late = El plazo para cancelarla terminó el { $day }: hay multa, y el SAT puede rechazarla.
cancel-not-related = La sustituta no declara la relación 04 con ésta: el SAT puede rechazar la cancelación.
stamp-not-related = Falta la relación 04 con { $number }: Alegra no la guardó en el borrador. Ponerla en Alegra antes de timbrar.
cancel-sending-long = Enviando la cancelación… No cerrar la terminal; si se cierra, se verifica al volver.
cancel-refused-verifying = El servidor dijo que no. Se lee la factura para estar seguros…
cancel-unknown-long = No llegó respuesta clara. Puede estar cancelada. Se está verificando; no cancelar otra vez.
cancel-pending-long = Cancelación en proceso: se espera al cliente o al SAT.
cancel-pending-hint = La factura sigue vigente hasta entonces. Se vuelve a leer cada tanto, al abrirla y con v.
cancel-done = Cancelada.
cancel-declined-long = El cliente no aceptó la cancelación: la factura sigue vigente.
cancel-refused-long = No se canceló. La factura sigue vigente.
cancel-released-long = No se canceló: pasó el plazo y la factura sigue vigente. Se puede volver a intentar.
cancel-decided-not-done = Decidido: no se canceló.
cancel-unsent-long = No se envió nada: la factura sigue vigente.
cancel-reading-already = El SAT ya la tenía como cancelada: leerla de nuevo.
cancel-reading-issuer = El folio fiscal no es de este emisor.
cancel-reading-related = El SAT no la cancela porque otro CFDI vigente la relaciona (complemento de pago o nota de crédito): cancelar antes ése, del más nuevo al más viejo.
cancel-reading-not-there = El SAT aún no conoce este folio fiscal: si se timbró hoy, intentar más tarde.
cancel-reading-cause = El motivo falta o no es válido.
cancel-reading-substitute = El folio fiscal de la sustituta no es válido: tiene que estar timbrada y vigente.
cancel-reading-substitute-unwanted = Este motivo no lleva sustituta.
cancel-reading-late = El plazo para cancelar ya pasó.
cancel-reading-relation = La sustituta no declara la relación 04 con esta factura.
cancel-reading-unknown = Revisar lo que dice el servidor; no se sabe de una causa común.
button-cancel = Sí, cancelar
button-cancel-replaced = Seguir: cancelar la sustituida
notice-cancelled = { $name }: cancelada ante el SAT.
notice-cancel-pending = { $name }: cancelación en proceso; la factura sigue vigente hasta que el cliente acepte.
notice-cancel-declined = { $name }: el cliente no aceptó la cancelación; la factura sigue vigente.
notice-cancel-refused = { $name }: no se canceló ({ $code }). { $text }
notice-cancel-released = { $name }: no se canceló; se puede volver a intentar.
reason-never-cancelled = Sólo las facturas timbradas se cancelan ante el SAT.
reason-notes-not-cancelled = Las notas de crédito no se cancelan por esta vía: Alegra no tiene ruta para ello. Se cancelan en Alegra.
reason-draft-not-cancelled = Es borrador: no se cancela, se elimina (D).
reason-unstamped-not-cancelled = No tiene timbre: no hay nada que cancelar ante el SAT.
reason-cancel-pending = La cancelación ya está en proceso.
reason-cancelled = Ya está cancelada.
decide-not-cancelled = No se canceló
home-cancelling = Cancelación en proceso: { $name }
home-awaiting = ◈ en espera
home-thread-make = Sustitución de { $old }: falta hacer la sustituta
home-thread-look = Sustitución de { $old }: falta leer la sustituta
home-thread-stamp = Sustitución de { $old }: falta timbrar { $new }
home-thread-cancel = Sustitución de { $old }: falta cancelarla, { $new } ya está timbrada
thread-stamp-next = Falta timbrar la sustituta: T. Después se vuelve a la cancelación.
form-replaces = Sustituye al folio fiscal { $uuid } (relación 04)
## Avisos en vivo

live-title = Avisos en vivo (webhooks)
live-off = Nadie escucha. Para que los cambios hechos en Alegra lleguen solos, poner en el archivo de configuración, en [webhooks], listen = "127.0.0.1:8790" y public_url con la dirección pública que lleva ahí. Avisan facturas, facturas de proveedor, productos, clientes y proveedores; lo demás se actualiza con r.
live-taken = En { $address } ya escucha otro programa, quizá otra ventana de timbra: los avisos llegan ahí.
live-listening = Se escucha en { $address }.
live-no-url = Falta public_url en la configuración: sin dirección pública no hay suscripción.
live-subscribed = Suscrito: Apideck entrega en { $url }
live-not-subscribed = Sin suscripción para { $url }
live-switched-off = La suscripción de { $url } está apagada: { $reason }
live-off-delivery-url-validation-failed = la dirección no contestó cuando la probaron
live-off-retry-limit = no se contestó durante 24 horas
live-off-usage-limit = se acabaron las entregas del plan
live-nothing = Todavía no ha llegado ningún aviso.
live-probe = prueba de la dirección
live-invoice = factura
live-bill = factura de proveedor
live-invoice-item = producto
live-customer = cliente
live-supplier = proveedor
live-created = se creó
live-updated = cambió
live-deleted = se eliminó
reason-not-listening = No se escucha: falta listen en [webhooks] del archivo de configuración.
reason-port-taken = Otro programa escucha en esa dirección.
reason-no-public-url = Falta public_url en [webhooks] del archivo de configuración.
reason-subscribed = Ya hay suscripción.
reason-not-subscribed = No hay suscripción.
notice-subscribing = Suscribiendo…
notice-unsubscribing = Quitando la suscripción…
## Guardar y timbrar en un solo envío

reason-stamped-from-page = Ya está guardada: guardar los cambios y timbrar desde su página con T.
stamp-not-saved-yet = nueva, sin guardar
stamp-made-reading = Alegra la guardó con el id { $id }; leyendo su folio fiscal…
stamp-made-unstamped = Se verificó después del plazo: quedó guardada ({ $id }) y sin timbrar; no se gastó folio. Está abierta aquí abajo.
stamp-refused-kept = { $kind ->
    [credit-notes] No se timbró. Quedó guardada sin timbrar ({ $id }); no se gastó folio.
   *[other] No se timbró. Quedó como borrador { $id }; no se gastó folio.
}
stamp-refused-decide = El servidor dijo que no, y más de un registro podría ser el que guardó. R pregunta cuál.
create-stamp-refused-long = No se guardó ni se timbró; no se gastó folio.
create-stamp-unknown-long = No llegó respuesta clara. Puede estar guardada y timbrada. Se está verificando; no capturarla ni timbrarla otra vez.
create-stamp-released-long = Se verificó después del plazo: no se guardó ni se timbró. Lo capturado sigue en el formulario.
notice-taken = Ese registro ya es de otra captura; se lee de nuevo.
notice-made-unstamped = Guardada ({ $id }), sin timbrar: se verificó y no tiene folio fiscal.
notice-stamp-refused-kept = No se timbró ({ $code }); quedó guardada sin timbrar ({ $id }): { $text }
notice-create-stamp-refused = No se guardó ni se timbró ({ $code }): { $text }
notice-create-stamp-released = No se guardó ni se timbró { $name }: se verificó y no existe en Alegra. Se puede intentar de nuevo.

action-mask = Ocultar importes y nombres, o volver a mostrarlos
    .short = ocultar
masked = OCULTO
notice-masked = Importes y nombres ocultos. Con la misma tecla se vuelven a ver.
notice-unmasked = Importes y nombres a la vista.
reason-going-over = Se está cambiando de empresa: nada se empieza hasta ver la otra contabilidad.
reason-only-left-forms = En Inicio se descartan sólo las capturas sin terminar: primero elegir una.
reason-masked = Los datos están ocultos: para esto hay que verlos. Alt+M los muestra.

## Lo que no se entiende de una búsqueda

puzzle-operator = No se entiende «{ $word }»: no hay operador con ese nombre.
puzzle-missing = «{ $word }» espera un valor.
puzzle-value = No se entiende «{ $word }»: el operador no admite ese valor.
puzzle-amount = No se entiende «{ $word }»: se espera un importe, como >10000 o 1000..2000.
puzzle-day = No se entiende «{ $word }»: se espera una fecha, como 2026-03 o 12/03..15/03.
puzzle-amount-or-day = No se entiende «{ $word }»: se espera un importe o una fecha.
puzzle-backwards = «{ $word }» va al revés: empieza después de donde termina.
puzzle-no-such-day = «{ $word }» no existe en el calendario.
puzzle-negation = «{ $word }»: no se puede excluir; se busca sólo lo que sí debe estar.
puzzle-too-many = Demasiadas palabras: desde «{ $word }» no se leyeron.

find-prompt-everywhere = Buscar en todas las empresas
find-among = { $count ->
    [one] en { $count } empresa
   *[other] en { $count } empresas
}
find-unread = Sin datos aquí: { $names }
action-find-everywhere = Buscar en todas las empresas, o sólo en ésta
    .short = todas las empresas
live-foreign = { $count ->
    [one] Llegó 1 aviso de otra empresa; aquí no se leyó nada por él.
   *[other] Llegaron { $count } avisos de otra empresa; aquí no se leyó nada por ellos.
}
