### La línea de comandos y lo que dice fuera de la pantalla.

cli-about = Busca, revisa y timbra las facturas que se llevan en Alegra
cli-usage = Uso
cli-verbs = Verbos
cli-verb = VERBO
cli-flags = Opciones
cli-keys = Teclas
cli-environment = Variables de entorno
cli-exit-codes = Códigos de salida

cli-demo = Abre el programa con contabilidad de ejemplo; nada sale de este equipo
cli-sandbox = Sirve solo la API de prueba por HTTP, en este equipo
cli-check = Revisa borradores con las reglas del SAT: los de un archivo, sin cuenta y sin red, o los de la empresa
cli-completions = Escribe el autocompletado de una terminal
cli-man = Escribe la página de manual

cli-lang = Idioma: es o en
cli-read-only = Solo consulta: nada se guarda ni se timbra
cli-help = Muestra esta ayuda
cli-version = Muestra la versión
cli-invoices = Cuántas facturas tiene la contabilidad nueva
cli-seed = Número que decide el contenido; el mismo da lo mismo
cli-today = Día en que empieza su reloj, AAAA-MM-DD; si no, el del equipo
cli-demo-fresh = Tira la contabilidad guardada y empieza otra
cli-sandbox-listen = Dirección local en que escucha; con puerto 0 toma uno libre [127.0.0.1:8787]
cli-sandbox-latency = Milisegundos que tarda cada respuesta
cli-sandbox-rate-limit = Peticiones por minuto antes de contestar 429
cli-sandbox-raw = Dónde va el registro nativo: junto a los datos o dentro de cada registro
cli-sandbox-strict = Lo que declaran los documentos publicados y nada más
cli-sandbox-idempotency = Qué hace con una idempotency-key: respetarla, rechazarla o ignorarla [refuse]
cli-sandbox-faults = Archivo con fallas planeadas, un JSON por renglón; - es la entrada estándar
cli-check-file = Archivo con un borrador, una lista o uno por renglón, en JSON; - es la entrada estándar
cli-check-now = Momento en que se juzgan: 2026-03-18T12:00:00 en el lugar de expedición, o con -06:00 al final; si no, el reloj de este equipo
cli-check-json = Un resultado por renglón, en JSON
cli-check-xml = Carpeta donde escribir la vista previa del CFDI de cada borrador
cli-completions-shell = bash, zsh, fish, elvish o powershell

cli-env-api-url = Base de la API, si no es https://unify.apideck.com
cli-env-api-key = Llave de Apideck
cli-env-app-id = Id de la aplicación en Apideck
cli-env-consumer-id = Id del consumidor en Apideck: de quién son los libros
cli-env-config-dir = Carpeta de config.toml
cli-env-data-dir = Carpeta de los datos
cli-env-lang = Idioma, como --lang
cli-env-log = Filtro de la bitácora timbra.log, por ejemplo debug
cli-env-now = Instante en que empieza el reloj; solo con un servidor local
cli-env-no-color = Con cualquier valor, sin colores

cli-exit-0 = Hecho
cli-exit-1 = Falló
cli-exit-2 = La orden no se entiende, o no hay terminal
cli-exit-3 = Hay borradores que no se pueden timbrar
cli-exit-4 = Sin conexión, o credenciales rechazadas

cli-not-a-terminal = timbra necesita una terminal: la entrada y la salida no pueden ser un archivo ni una tubería.
cli-not-connected =
    Todavía no hay una cuenta conectada (falta { $missing }).

    Para probar con contabilidad de ejemplo, sin que nada salga de este equipo:

        timbra demo

    Para conectar la cuenta de Alegra a través de Apideck:

        timbra login

    O, solo por esta vez, con tres variables:

        export TIMBRA_API_KEY=…
        export TIMBRA_APP_ID=…
        export TIMBRA_CONSUMER_ID=…
        timbra
cli-now-is-for-loopback = TIMBRA_NOW solo vale con un servidor de este equipo: con el real, el reloj es el del equipo.
cli-now-is-no-instant = TIMBRA_NOW no es un instante; se escribe 2026-03-15T10:00:00-06:00.
cli-config-unknown = { $file }: no conozco { $keys }; lo paso por alto.
cli-config-no-home = No hay carpeta personal: definir TIMBRA_CONFIG_DIR y TIMBRA_DATA_DIR.
cli-config-not-written = No se pudo escribir { $file }.
cli-config-unreadable = No se pudo leer { $file }.
cli-config-not-understood = { $file }, línea { $line }: no se entiende. El lector de TOML dice:

cli-check-nth = borrador { $number }
cli-check-ok = sin hallazgos
cli-check-warnings = con avisos
cli-check-errors = no se puede timbrar
cli-check-error = error
cli-check-warning = aviso
cli-check-tally = { $drafts ->
        [one] 1 borrador
       *[other] { $drafts } borradores
    }: { $errors } con errores, { $warnings } con avisos, { $ok } sin hallazgos.
cli-check-only-the-sat = Sólo el SAT puede confirmar que el RFC esté inscrito y que nombre, código postal y régimen sean los suyos.
cli-check-standard-input = La entrada estándar
cli-check-unreadable = { $file }: no se pudo leer: { $cause }
cli-check-empty = { $file }: no hay nada (renglón 1, columna 1): se espera un borrador en JSON.
cli-check-no-json = { $file }: no es JSON a partir del renglón { $line }, columna { $column }: { $cause }

cli-usage-verb = No existe el verbo «{ $verb }».
cli-usage-argument = No existe aquí «{ $arg }».
cli-usage-value = «{ $value }» no es un valor de { $arg }.
cli-usage-no-value = Falta el valor de { $arg }.
cli-usage-missing = Falta { $arg }.
cli-usage-twice = { $arg } está dos veces.
cli-usage-conflict = { $arg } y { $prior } no van juntos.
cli-usage-no-verb = Falta el verbo.
cli-usage-unreadable = Un argumento no es texto legible (UTF-8).
cli-usage-other = La orden no se entiende.
cli-usage-meant = Lo más parecido: { $meant }
cli-usage-valid = Valores posibles: { $valid }
cli-usage-more = Todo lo que se puede: timbra --help
cli-usage-not-loopback = { $address } no es una dirección de este equipo: el sandbox sólo escucha en 127.0.0.1 o ::1.
cli-usage-day = { $day } está fuera de los días en que puede empezar un sandbox.
cli-usage-fault = El archivo de fallas no se entiende: { $cause }
cli-show = Muestra un registro tal como está en Alegra; sin conexión, como lo guarda este equipo, con su hora
cli-check-drafts = Revisa todo lo que está sin timbrar en la empresa conectada
cli-show-kind = Qué es, en inglés como en la API: invoice, credit-note, customer, invoice-item…
cli-show-id = Su id en Alegra
cli-show-raw = El registro nativo de Alegra, en JSON
cli-show-draft = El borrador que revisa «timbra check», en JSON
cli-show-json = En JSON, en un solo renglón
cli-show-no-draft = Sólo las facturas y las notas de crédito se timbran: de lo demás no hay borrador.
cli-show-no-raw = De este registro no hay nada más en Alegra que lo que ya se muestra.
cli-show-incomplete = No se pudo leer todo lo que necesita el borrador: la empresa, el cliente, un producto o un impuesto.
cli-reading = Leyendo · { $kind }: { $records }
cli-reading-fiscal = Leyendo datos fiscales uno por uno, la vía lenta: { $done }
cli-check-covered = Se leyeron todas · { $kinds } · sin timbrar: { $unstamped }
cli-check-incomplete = La revisión no está completa:
cli-check-skipped = renglones que no se pudieron leer: { $rows }
cli-check-unread = no se revisó { $name }: falta leer la empresa, el cliente, un producto o un impuesto

cli-download = Descarga el XML y el PDF de lo timbrado en un periodo
cli-download-period = El mes (2026-03) o el año (2026), por la fecha del documento
cli-download-out = La carpeta; lo que ya está completo en ella no se descarga otra vez
cli-download-json = El índice en JSON, en un solo renglón
cli-download-unusable = No se pudo usar { $path }: { $cause }
package-not-there = Alegra no tiene el { $form }
package-not-fetched = No se pudo descargar el { $form }
package-cut = El { $form } llegó incompleto y no se guardó
package-no-xml = El XML llegó incompleto o no es XML: no se guardó
package-no-cfdi = El XML no es un CFDI: no se guardó
package-no-stamp = El XML no trae timbre: no se guardó
package-differs = El XML no coincide en { $part }: el registro dice { $record }, el XML dice { $xml }
cli-download-summary = Se leyeron todas · { $kinds } · timbradas en { $period }: { $stamped }
    XML: { $xml } (nuevos: { $xmlnew }) · PDF: { $pdf } (nuevos: { $pdfnew }) · faltantes o distintos: { $gaps }
    { $folder }
part-uuid = folio fiscal
part-issuer = RFC del emisor
part-receiver = RFC del receptor
part-total = total

cli-audit = Muestra lo que este programa hizo en los libros, según su bitácora
cli-audit-json = En JSON, un renglón por asiento
cli-audit-since = Desde este día, como 2026-03-01
cli-audit-until = Hasta este día, incluido
cli-audit-event = Sólo estos sucesos: stamp, stamp-refused, create, delete…
cli-audit-document = Sólo los de este documento, por su id o por su serie y folio
cli-audit-text = Sólo los que digan estas palabras en cualquier parte
cli-audit-csv = En CSV, para hojas de cálculo; ninguna celda es fórmula
cli-audit-verify = Revisa que a la bitácora no le hayan quitado ni cambiado nada
cli-audit-none = En esta máquina no hay bitácora: no se ha hecho nada con este programa.
cli-audit-whole = La bitácora está completa: { $entries } asientos, el último con huella { $head }
cli-audit-broken = La bitácora fue alterada: el asiento { $entry } no es el que debería ser.
audit-stamp-sent = Timbrado: se mandó
audit-stamp-unknown = Timbrado: sin respuesta clara
audit-stamp-adopted = Timbrado: hecho
audit-stamp-refused = Timbrado: rechazado
audit-stamp-unsent = Timbrado: no salió
audit-stamp-released = Timbrado: liberado, no se timbró
audit-stamp-decided = Timbrado: decidido por una persona
audit-create-sent = Creación: se mandó
audit-create-unknown = Creación: sin respuesta clara
audit-create-adopted = Creación: hecha
audit-create-refused = Creación: rechazada
audit-create-unsent = Creación: no salió
audit-create-released = Creación: liberada, no se creó
audit-create-decided = Creación: decidida por una persona
audit-delete-sent = Eliminación: se mandó
audit-delete-unknown = Eliminación: sin respuesta clara
audit-delete-adopted = Eliminación: hecha
audit-delete-refused = Eliminación: rechazada
audit-delete-unsent = Eliminación: no salió
audit-delete-released = Eliminación: liberada, no se eliminó
audit-delete-decided = Eliminación: decidida por una persona
audit-cancel-sent = Cancelación: se mandó
audit-cancel-unknown = Cancelación: sin respuesta clara
audit-cancel-awaiting = Cancelación: en proceso
audit-cancel-adopted = Cancelación: hecha
audit-cancel-declined = Cancelación: el cliente no la aceptó
audit-cancel-refused = Cancelación: rechazada
audit-cancel-unsent = Cancelación: no salió
audit-cancel-released = Cancelación: liberada, no se canceló
audit-cancel-decided = Cancelación: decidida por una persona

cli-stamp = Timbra facturas: las lee, las revisa, las envía una sola vez y lee el resultado
cli-stamp-ids = Id de cada factura, o su serie y folio (A-101)
cli-stamp-confirm = Cuántas se timbran: tiene que ser el número de facturas nombradas
cli-stamp-json = Un resultado por renglón, en JSON
cli-stamp-count = No se envió nada: --confirm dice { $confirmed } y se nombraron { $named }.
cli-stamp-twice = No se envió nada: una factura se nombró dos veces.
cli-stamp-not-found = No se envió nada: no hay factura { $name }.
cli-stamp-ambiguous = No se envió nada: hay más de una factura { $name }; nombrarla por su id.
cli-exit-5 = No se sabe si algo se hizo: verificar antes de intentarlo de nuevo
## Empresas, llaves y doctor

cli-login = Conecta una empresa: pide sus tres datos, los prueba y guarda la llave en el llavero del sistema
cli-login-app-id = Id de la aplicación en Apideck
cli-login-consumer-id = Id del consumidor en Apideck
cli-logout = Quita una empresa de la configuración, y su llave del llavero
cli-profiles = Muestra las empresas conectadas
cli-doctor = Revisa red, credenciales, límite, reloj, catálogos, archivos y terminal
cli-profile = Empresa, por el nombre de su perfil
cli-profiles-json = En JSON, un renglón por empresa
cli-doctor-json = En JSON, un renglón por revisión
cli-env-profile = Empresa, como --profile
cli-profile-unknown = No hay un perfil { $name }; los que hay: { $known }.
cli-no-profiles = No hay un perfil { $name }: todavía no hay ninguno. Para conectar una empresa: timbra login
cli-key-in-environment = llave en TIMBRA_API_KEY
cli-key-in-command = llave por key_command
cli-key-in-keyring = llave en el llavero del sistema
cli-key-not-kept =
    El llavero del sistema no tiene la llave de esta aplicación.

    Para guardarla: timbra login
    Solo por esta vez: export TIMBRA_API_KEY=…
cli-key-no-keyring =
    El llavero del sistema no se puede usar ({ $reason }).

    Sin llavero, la llave se da de una de estas dos formas:

        export TIMBRA_API_KEY=…                 en la terminal, por esta vez
        key_command = "pass show timbra"        en config.toml, antes de la primera sección
cli-key-command =
    La llave no llegó: { $reason }.

    La orden está en config.toml, en key_command. Si pide una contraseña, darla primero en la terminal.
cli-login-key = llave de Apideck
cli-login-key-hidden = Llave de Apideck (no se ve al escribirla)
cli-login-key-or-kept = Llave de Apideck (no se ve al escribirla; Intro usa la que está guardada)
cli-login-trying = Probando…
cli-login-missing = Falta: { $name }.
unsendable-base = La dirección de la API no sirve: tiene que ser https://…, sin usuario, consulta ni fragmento.
unsendable-plain-http = La dirección de la API es http://: sin cifrar sólo se acepta este mismo equipo.
unsendable-key = La llave está vacía o tiene caracteres que ninguna llave tiene. Copiarla otra vez, completa y sola.
unsendable-app-id = El id de la aplicación está vacío o tiene caracteres que ninguno tiene. Copiarlo otra vez.
unsendable-consumer-id = El id del consumidor está vacío o tiene caracteres que ninguno tiene. Copiarlo otra vez.
unsendable-tls = No se pudo preparar la conexión cifrada en este equipo: { $text }
cli-login-no-argument = La llave no se escribe en la orden: ahí la ven todos los programas del equipo. Basta con timbra login, y la pide.
cli-login-met =
    Conectada: { $name } · { $rfc }
    Perfil { $profile } en { $file }
cli-login-in-keyring = La llave está en el llavero del sistema; en ningún archivo.
cli-login-in-environment = La llave se toma de TIMBRA_API_KEY; no se guardó.
cli-login-in-command = La llave la da key_command ({ $command }); no se guardó.
cli-login-nowhere =
    La llave NO se guardó: el llavero del sistema no se puede usar ({ $reason }).

    Se da de una de estas dos formas:

        export TIMBRA_API_KEY=…                 en la terminal, por esta vez
        key_command = "pass show timbra"        en { $file }, antes de la primera sección
cli-logout-nobody = No hay ninguna empresa conectada.
cli-logout-environment = La conexión viene de las variables TIMBRA_…; basta con quitarlas.
cli-logout-done = { $profile } ya no está en la configuración. Lo leído de su contabilidad sigue en { $folder }
cli-logout-key-forgotten = Su llave se borró del llavero del sistema.
cli-logout-no-key = El llavero del sistema no tenía su llave.
cli-logout-key-left = Su llave no se pudo borrar del llavero del sistema: { $reason }
cli-logout-key-shared = La llave se queda en el llavero del sistema: también la usan { $names }
cli-logout-key-elsewhere = Su llave no estaba en el llavero: viene de una variable o de key_command.
cli-profiles-none = No hay ninguna empresa conectada. Para conectar una: timbra login
cli-profiles-environment = (variables)
doctor-config = Configuración
doctor-profile = Empresa
doctor-key = Llave
doctor-network = Red
doctor-credentials = Credenciales
doctor-limit = Límite
doctor-clock = Reloj
doctor-catalogues = Catálogos
doctor-cache = Caché
doctor-durable = Registro
doctor-audit = Bitácora
doctor-terminal = Terminal
doctor-not-looked-at = sin revisar: falta lo anterior
doctor-nobody = ninguna; para conectar una: timbra login
doctor-answers = { $base } respondió en { $took } ms
doctor-reached = { $base } responde
doctor-other-company = La conexión lleva a otra empresa que la del perfil: { $met }. Para corregir el perfil: timbra login
doctor-limit-told = { $limit } consultas por minuto; quedan { $left }
doctor-limit-used-up = no quedan consultas; el servidor pide esperar { $wait } s
doctor-no-limit = el servidor no dice su límite
doctor-clock-of-server = el del servidor local: { $when }
doctor-clock-right = a la hora del servidor
doctor-clock-ahead = El reloj de este equipo va adelantado { $seconds } s. Corregirlo: los plazos del SAT se cuentan con él.
doctor-clock-behind = El reloj de este equipo va atrasado { $seconds } s. Corregirlo: los plazos del SAT se cuentan con él.
doctor-no-date = el servidor no dice su hora
doctor-absent = todavía no hay
doctor-whole = íntegro · { $size } · { $path }
doctor-audit-whole = íntegra · { $entries } renglones
doctor-no-terminal = la orden no se ejecuta en una terminal
doctor-colours = con colores
doctor-no-colours = sin colores (NO_COLOR)
doctor-small = se necesitan 80×24

## sync, find, export

cli-sync = Actualiza lo que este equipo guarda de los libros
cli-sync-json = En JSON, en un solo renglón
cli-synced-fiscal = datos fiscales uno por uno
cli-synced = { $records } registros en { $seconds } s
cli-find = Busca como el buscador: folio, UUID, nombre, RFC, importe, periodo; sin conexión, en lo que este equipo guarda
cli-find-query = Lo que se busca: «11600 mar», «jimena», «A-101»
cli-find-all-companies = En todas las empresas de la configuración, de lo que se guarda de cada una
cli-find-view = Lo que muestra una vista guardada
cli-export-view = Lo que muestra una vista guardada, en su orden
cli-no-view = No hay una vista «{ $name }». Guardadas: { $names }.
cli-find-limit = Cuántos a lo más
cli-find-json = En JSON, un registro por renglón
cli-find-similar = Nada se llama así; son nombres parecidos.
cli-find-similar-rfc = Nadie tiene ese RFC; son RFC parecidos.
cli-find-more = Solo los primeros { $count }; hay más.
cli-export = Exporta una lista o lo que encuentra una búsqueda; sin conexión, de lo que este equipo guarda
cli-export-kind = Qué lista, en inglés como en la API: invoices, customers, payments…
cli-export-query = Solo lo que encuentra esta búsqueda
cli-export-format = csv, xlsx (importes y fechas de verdad) o json (un registro por renglón)
cli-export-out = El archivo; sin esto, a la salida
cli-export-needs-out = Un libro de Excel no se escribe en la terminal: dar --out ARCHIVO.
cli-export-too-long = Son más registros que renglones tiene una hoja; exportar como csv, o acotar con --query.
cli-export-cut = La búsqueda se detuvo en 10,000 registros: puede haber más.
cli-exported = { $count } registros exportados.
cli-kept = { $company } · { $rfc } · { $kind }: { $n } de { $m } · datos del { $age }
cli-nothing-kept = Este equipo todavía no guarda nada de estos libros. «timbra sync» los trae.
export-kind = Documento
export-id = Id
export-stamp = Timbre
export-uuid = Folio fiscal (UUID)
doctor-webhooks = Avisos
doctor-webhooks-last = se escucha en { $address }; lo último: { $name }, { $when }
doctor-webhooks-none = se escucha en { $address }; de esta contabilidad no ha llegado nada
doctor-webhooks-deaf = en { $address } no se puede escuchar ({ $reason }). Corregir listen en config.toml: una dirección de este equipo y un puerto libre
cli-kept-one = guardado en este equipo · { $company } · { $rfc } · leído el { $age }
cli-show-not-kept = Alegra no contesta ({ $why }) y este equipo no guarda ese registro.
cli-show-raw-not-kept = Alegra no contesta y este equipo no guarda el registro nativo; sin --raw se muestra lo que sí guarda.
cli-reading-others = { $count ->
    [one] y otra lista
   *[other] y otras { $count } listas
}
doctor-clock-chosen = TIMBRA_NOW está a { $seconds } s de la hora del servidor local; los plazos se cuentan con TIMBRA_NOW
