# What a broken rule says. One message per rule: the value tells what is wrong, .hint what to do.
# The code in brackets is added by the program. SAT terms stay as the SAT writes them.

finding-local-format = { $state ->
        [unknown] «{ $found }» no es un dato del formato
        [twice] «{ $found }» viene repetido
        [missing] Falta «{ $found }»
       *[wrong] «{ $found }» no tiene la forma esperada
    }
    .hint = { $state ->
        [unknown] Revisar cómo se escribe. Aquí se puede: { $expected }
        [twice] Dejarlo una sola vez.
       *[wrong] { $expected ->
            [object] Se espera un objeto, entre llaves.
            [list] Se espera una lista, entre corchetes.
            [text] Se espera un texto, entre comillas.
            [decimal] Se espera un número sin comas ni signo de pesos, como "12500.00".
            [day] Se espera un día como "2026-03-18".
            [null] Con factor Exento se espera null.
           *[other] Se puede: { $expected }
        }
    }

## Receptor y emisor

finding-xsd-rfc = { $state ->
        [missing] Falta el RFC
       *[wrong] El RFC «{ $found }» no tiene la forma del SAT
    }
    .hint = Son 12 caracteres de una empresa o 13 de una persona, en mayúsculas y sin espacios ni guiones.
finding-cfdi40143-day = El RFC «{ $found }» lleva una fecha que no existe ({ $day })
    .hint = Compararlo con la constancia de situación fiscal.
finding-cfdi40143-digit = El dígito verificador de «{ $found }» no cuadra: se esperaba { $expected }
    .hint = Revisar si hubo un error de captura. Sólo el SAT puede confirmar un RFC.
finding-local-rfc-word = El SAT no asigna las letras «{ $found }» a una persona
    .hint = El SAT cambia la cuarta letra por X. Comparar el RFC con la constancia de situación fiscal.
finding-local-rfc-self = Emisor y receptor tienen el mismo RFC ({ $found })
    .hint = Revisar si el cliente es el correcto.
finding-alegra-xaxx = XAXX010101000 es el RFC genérico
    .hint = El SAT sí lo timbra; el cliente no podrá deducir. Si hay RFC, usar el suyo.
finding-xsd-name = { $reason ->
        [missing] Falta el nombre o la razón social
        [bar] El nombre lleva el carácter «|»
        [control] El nombre lleva un carácter invisible que el CFDI no admite
       *[long] El nombre pasa de 300 caracteres
    }
    .hint = Escribirlo como en la constancia de situación fiscal.
finding-cfdi40145-suffix = El nombre termina en «{ $found }»
    .hint = El SAT registra la razón social sin régimen de capital: { $expected }. Si la constancia lo trae, dejarlo.
finding-cfdi40145-form = El nombre «{ $found }» no está escrito como lo registra el SAT
    .hint = En mayúsculas y sin espacios de más: { $expected }
finding-cfdi40146 = PUBLICO EN GENERAL sólo va con XAXX010101000, no con «{ $found }»
    .hint = Escribir el nombre del cliente, o usar el RFC genérico en una factura global.
finding-local-pub = «{ $found }» se parece a PUBLICO EN GENERAL
    .hint = En una factura global el nombre es exactamente PUBLICO EN GENERAL, sin acento.
finding-xsd-zip = { $state ->
        [missing] Falta el código postal del cliente
       *[wrong] El código postal «{ $found }» no tiene 5 dígitos
    }
    .hint = Es el del domicilio fiscal. Revisar si se perdió el 0 inicial.
finding-cfdi40148 = El código postal { $found } no está en el catálogo del SAT
    .hint = Compararlo con la constancia de situación fiscal.
finding-cfdi40149 = Con RFC genérico el código postal no puede ser { $found }
    .hint = Es el del lugar de expedición: { $expected }
finding-cfdi40126 = { $state ->
        [missing] Falta el lugar de expedición
       *[wrong] El lugar de expedición «{ $found }» no está en el catálogo del SAT
    }
    .hint = Corregir el código postal en Alegra › Empresa.

## Régimen y uso

finding-cfdi40157 = { $state ->
        [missing] Falta el régimen fiscal del cliente
        [contact] Falta el régimen fiscal del cliente en el documento; en su ficha está { $expected }
       *[wrong] El régimen fiscal «{ $found }» no existe en CFDI 4.0
    }
    .hint = { $state ->
        [contact] Tomar el de la ficha del cliente.
       *[wrong] Elegir el que aparece en la constancia de situación fiscal.
    }
finding-cfdi40158 = El RFC es de persona { $person ->
        [moral] moral y el régimen { $found } no le corresponde
       *[fisica] física y el régimen { $found } no le corresponde
    }
    .hint = Elegir un régimen que corresponda al RFC, o revisar el RFC.
finding-cfdi40159 = Con RFC genérico el régimen no puede ser { $found }
    .hint = Elegir 616 Sin obligaciones fiscales.
finding-alegra-regime = No se conoce la palabra de Alegra para el régimen { $found }
    .hint = Puede que no se guarde. Revisar el régimen en Alegra antes de timbrar.
finding-cfdi40160 = { $state ->
        [missing] Falta el uso del CFDI
       *[wrong] El uso del CFDI «{ $found }» no existe en CFDI 4.0
    }
    .hint = Preguntar al cliente y elegir uno de la lista.
finding-cfdi40161 = El uso { $found } no va con el régimen { $regime } del cliente
    .hint = Se puede: { $allowed }
finding-guia-use = Con RFC genérico el uso no puede ser { $found }
    .hint = Elegir S01 Sin efectos fiscales.
finding-guia-use-g02 = Con RFC genérico una factura lleva uso S01, no { $found }
    .hint = G02 es de las notas de crédito. Elegir S01 Sin efectos fiscales.
finding-guia-cp01 = El uso CP01 es sólo de los complementos de pago
    .hint = Elegir el uso que el cliente da a la compra.
finding-cfdi40140 = { $state ->
        [missing] Falta el régimen fiscal de la empresa
       *[wrong] El régimen «{ $found }» de la empresa no existe en CFDI 4.0
    }
    .hint = Corregir en Alegra › Empresa.
finding-cfdi40141 = El régimen { $found } de la empresa no es de persona { $person ->
        [moral] moral
       *[fisica] física
    }
    .hint = Corregir en Alegra › Empresa.

## Pago

finding-alegra-forma = { $state ->
        [missing] Falta la forma de pago
        [key] Alegra pide la palabra, no la clave «{ $found }»
       *[wrong] Alegra no conoce la forma de pago «{ $found }»
    }
    .hint = { $state ->
        [key] La palabra es { $expected }.
       *[wrong] Elegir una de la lista.
    }
finding-alegra-deposit = «deposit» se timbrará como 03 Transferencia electrónica de fondos
    .hint = Si el depósito fue en efectivo, elegir 01 Efectivo (cash).
finding-cfdi40124 = { $state ->
        [missing] Falta el método de pago
       *[wrong] El método de pago «{ $found }» no existe
    }
    .hint = Elegir PUE si ya está pagada o se paga este mes, PPD si se paga después.
finding-cfdi40105 = PPD exige forma 99 (other), no «{ $found }»
    .hint = Aún no se sabe cómo pagarán: elegir 99 Por definir (other). La forma real va en el complemento de pago.
finding-guia-pue99 = PUE lleva la forma real de pago, no 99 Por definir
    .hint = Elegir la forma en que se pagó, o PPD si aún no se paga.
finding-local-pue-due = PUE, pero vence el { $found }, después del mes de emisión
    .hint = Si no se paga este mes, conviene PPD.
finding-local-cash = Un pago en efectivo de más de $2,000 no es deducible para el cliente (son { $found } MXN)
    .hint = Confirmar con el cliente la forma de pago.

## Moneda, fecha, condiciones, exportación

finding-cfdi40113 = { $state ->
        [missing] Falta la moneda
       *[wrong] La moneda «{ $found }» no está en el catálogo del SAT
    }
    .hint = Usar la clave de tres letras: MXN, USD, EUR.
finding-cfdi40114 = En MXN el tipo de cambio es 1, no { $found }
    .hint = Quitar el tipo de cambio.
finding-cfdi40115 = Falta el tipo de cambio de { $currency }
    .hint = Capturar los pesos por unidad del día de la factura.
finding-cfdi40117 = El tipo de cambio { $found } no es válido
    .hint = Es mayor que 0, con 6 decimales a lo más.
finding-cfdi40118 = El tipo de cambio { $found } se aparta del último FIX conocido, { $expected }
    .hint = Revisar la captura. El SAT todavía no rechaza por esto.
finding-local-xxx = La moneda XXX es sólo de los complementos de pago
    .hint = Elegir la moneda de la venta.
finding-cfdi40101 = Falta la fecha, o no es un día del calendario
    .hint = Capturar la fecha de emisión.
finding-pac-401-old = La fecha { $found } pasa de las 72 horas que admite el PAC
    .hint = Cambiar la fecha a una de los últimos tres días.
finding-pac-401-future = La fecha { $found } todavía no llega
    .hint = El PAC no timbra con fecha futura: usar la de hoy.
finding-pac-401-closing = { $hours ->
        [0] Queda menos de una hora para timbrar con fecha { $found }
        [one] Queda 1 hora para timbrar con fecha { $found }
       *[other] Quedan { $hours } horas para timbrar con fecha { $found }
    }
    .hint = Timbrar pronto, o cambiar la fecha.
finding-pac-401-hour = La fecha { $found } queda fuera de las 72 horas por menos de una hora
    .hint = En la frontera el horario del catálogo puede diferir: puede que el PAC la rechace.
finding-xsd-terms = { $reason ->
        [bar] Las condiciones de pago llevan el carácter «|»
        [control] Las condiciones de pago llevan un carácter invisible que el CFDI no admite
       *[long] Las condiciones de pago pasan de 1000 caracteres
    }
    .hint = Acortarlas o quitar el carácter.
finding-cfdi40123 = { $state ->
        [missing] Falta la clave de exportación
       *[wrong] La clave de exportación «{ $found }» no existe
    }
    .hint = En ventas dentro de México es 01 No aplica.
finding-cfdi40122 = La exportación 02 Definitiva con clave A1 necesita el complemento de comercio exterior
    .hint = Alegra no lo envía: no se puede timbrar desde aquí.

## Partidas

finding-xsd-lines = El documento no tiene partidas
    .hint = Agregar al menos una.
finding-cfdi40162 = { $state ->
        [missing] Falta la clave de producto o servicio
       *[wrong] La clave «{ $found }» no está en el catálogo del SAT
    }
    .hint = Son 8 dígitos. Buscarla por palabra en el catálogo y guardarla en el producto.
finding-cfdi40162-schema = La clave { $found } ya no está en el catálogo vigente del SAT
    .hint = Puede que el PAC la rechace. Buscar una vigente.
finding-local-0101 = 01010101 significa «No existe en el catálogo»
    .hint = El cliente suele rechazarla fuera de una factura global. Buscar la clave que corresponde.
finding-cfdi40163 = La clave { $found } es de combustible y pide un complemento
    .hint = Alegra no lo envía. Confirmar antes de timbrar.
finding-cfdi40165 = { $state ->
        [missing] Falta la clave de unidad
       *[wrong] La unidad «{ $found }» no es clave del SAT
    }
    .hint = { $state ->
        [meant] Posible clave: { $expected }.
       *[wrong] Pieza es H87, servicio es E48. Las mayúsculas cuentan.
    }
finding-xsd-qty = { $state ->
        [missing] Falta la cantidad
       *[wrong] La cantidad { $found } no es válida
    }
    .hint = Es mayor que 0, con 6 decimales a lo más.
finding-cfdi40166 = { $state ->
        [missing] Falta el precio
       *[wrong] El precio { $found } no es mayor que 0
    }
    .hint = Capturar el precio unitario. Para descontar, usar el descuento.
finding-xsd-price = El precio { $found } tiene demasiados dígitos
    .hint = A lo más 18 enteros y 6 decimales.
finding-cfdi40169 = El descuento de { $found } % no es válido
    .hint = Va de 0 a 100 %.
finding-xsd-desc = { $reason ->
        [missing] Falta la descripción
        [bar] La descripción lleva el carácter «|»
        [control] La descripción lleva un carácter invisible que el CFDI no admite
       *[long] La descripción pasa de 1000 caracteres
    }
    .hint = Describir lo vendido en 1000 caracteres a lo más. Si se pegó de otro programa, volver a escribirla.
finding-xsd-sku = { $reason ->
        [bar] El código propio lleva el carácter «|»
        [control] El código propio lleva un carácter invisible que el CFDI no admite
       *[long] El código propio pasa de 100 caracteres
    }
    .hint = Acortarlo o quitar el carácter.

## Impuestos

finding-cfdi40170 = { $state ->
        [missing] Falta el objeto de impuesto
       *[wrong] El objeto de impuesto «{ $found }» no existe
    }
    .hint = Con impuestos es 02; sin ellos, 01.
finding-cfdi40171 = La partida dice «sí objeto de impuesto» y no lleva ninguno
    .hint = Agregar el impuesto, o cambiar el objeto a 01 o 04. IVA 0 % y exento también son impuestos.
finding-cfdi40172 = El objeto de impuesto { $object } no admite impuestos en la partida
    .hint = Quitar los impuestos, o cambiar el objeto a 02.
finding-cfdi140226 = El objeto de impuesto { $object } no admite { $tax }
    .hint = Quitarlo, o cambiar el objeto a 02. Sólo cabe la retención de ISR.
finding-cfdi140227-iva = El objeto de impuesto { $object } no admite IVA
    .hint = Quitar el IVA, o cambiar el objeto a 02.
finding-cfdi140227-ieps = Al objeto de impuesto { $object } le falta el IEPS
    .hint = Agregar el traslado de IEPS, o cambiar el objeto.
finding-cfdi40174 = La base del traslado de { $tax } no es mayor que 0
    .hint = Quitar el impuesto (objeto 01 o 04), el descuento o la partida.
finding-cfdi40181 = La base de la retención de { $tax } no es mayor que 0
    .hint = Quitar la retención, el descuento o la partida.
finding-cfdi40179 = La tasa «{ $found }» de { $tax } no existe
    .hint = Se puede: { $allowed }, o Exento.
finding-cfdi40179-isr = El ISR no se traslada
    .hint = Cambiarlo a retención, o quitarlo.
finding-cfdi40179-ieps = La tasa o cuota «{ $found }» de IEPS no está en la tabla de { $year }
    .hint = Revisar el impuesto en Alegra.
finding-cfdi40179-ieps-dated = La tasa o cuota «{ $found }» de IEPS no está en la tabla de { $year }
    .hint = El documento es de otro ejercicio: revisar la tasa de ese año.
finding-cfdi40185 = La retención «{ $found }» de { $tax } está fuera de rango
    .hint = Va de 0 a { $highest }.
finding-cfdi40185-ieps = La retención «{ $found }» de IEPS no está en la tabla de { $year }
    .hint = Revisar el impuesto en Alegra.
finding-cfdi40185-ieps-dated = La retención «{ $found }» de IEPS no está en la tabla de { $year }
    .hint = El documento es de otro ejercicio: revisar la tasa de ese año.
finding-cfdi40184 = Una retención de { $tax } no puede ser exenta
    .hint = Quitarla, o poner su tasa.
finding-local-iva8 = IVA al 8 %, pero el lugar de expedición { $zip } no está en la franja fronteriza
    .hint = Fuera de la franja es 16 %.
finding-local-iva8-reg = Primera factura de esta empresa con IVA al 8 %
    .hint = Confirmar que la empresa está en el padrón del estímulo fronterizo.
finding-cfdi140225 = El emisor es persona física en RESICO y factura a una empresa sin retención de ISR de 1.25 %
    .hint = Suele llevarla. Confirmar antes de timbrar.
finding-cfdi140224 = El emisor es persona física en RESICO y factura a una empresa con retención de ISR
    .hint = Sólo el SAT sabe si la empresa debe retener. Confirmar antes de timbrar.
finding-local-mix-line = La partida lleva { $tax } dos veces
    .hint = Dejar uno solo.
finding-local-mix = El documento lleva IVA al 16 % y al 8 %
    .hint = Revisar las tasas de las partidas.

## Totales

finding-local-overflow = El importe es demasiado grande para un CFDI
    .hint = Revisar la cantidad y el precio.
finding-local-zero = El total es 0
    .hint = Se gastará un folio. Confirmar que se quiere timbrar.
finding-local-total-near = El total de Alegra es { $found }; el cálculo propio da { $expected }
    .hint = Es diferencia de redondeo por partida: el SAT acepta cualquiera de los dos.
finding-local-total = El total de Alegra es { $found }; el cálculo propio da { $expected }
    .hint = Revisar precios, descuentos e impuestos de las partidas.

## Factura global

finding-cfdi40130 = A la factura global le faltan periodicidad, meses y año
    .hint = Capturar el periodo que resume, o facturar a nombre del cliente.
finding-cfdi40131 = { $state ->
        [missing] Falta la periodicidad de la factura global
       *[wrong] La periodicidad «{ $found }» no existe
    }
    .hint = Va de 01 Diario a 05 Bimestral.
finding-cfdi40132 = La periodicidad bimestral es sólo del régimen 621, y la empresa tiene { $regime }
    .hint = Elegir otra periodicidad.
finding-cfdi40133 = { $state ->
        [missing] Faltan los meses de la factura global
       *[wrong] La clave de meses «{ $found }» no existe
    }
    .hint = De 01 a 12 es un mes; de 13 a 18, un bimestre.
finding-cfdi40134 = Con periodicidad bimestral los meses no pueden ser { $found }
    .hint = Elegir un bimestre, de 13 a 18.
finding-cfdi40135 = Los meses { $found } son un bimestre y la periodicidad no es bimestral
    .hint = Elegir un mes, de 01 a 12.
finding-cfdi40136 = { $state ->
        [missing] Falta el año de la factura global
       *[wrong] El año «{ $found }» de la factura global no se admite
    }
    .hint = Es { $expected }, o el anterior.
finding-cfdi40136-old = El año { $found } de la factura global es de hace más de uno
    .hint = La guía del SAT pide el año en curso o el anterior.
finding-guia-global = { $part ->
        [metodo] Una factura global lleva método PUE
        [terms] Una factura global no lleva condiciones de pago
        [product] Una factura global lleva la clave 01010101
        [unit] Una factura global lleva la unidad ACT
        [description] Una factura global lleva la descripción «Venta»
       *[withholding] Una factura global no lleva retenciones
    }
    .hint = Así lo pide la guía del SAT. Puede que el PAC la acepte de otro modo.
finding-guia-global-stray = La factura lleva el periodo de una factura global y no lo es
    .hint = Quitarlo, o usar XAXX010101000 y PUBLICO EN GENERAL.

## CFDI relacionados

finding-cfdi40137 = { $state ->
        [missing] Falta el tipo de relación
       *[wrong] El tipo de relación «{ $found }» no existe
    }
    .hint = Va de 01 a 07; 04 es sustitución.
finding-xsd-uuid = { $state ->
        [missing] Falta el folio fiscal relacionado
       *[wrong] El folio fiscal relacionado «{ $found }» no es un UUID
    }
    .hint = Copiarlo del CFDI: 36 caracteres en grupos de 8-4-4-4-12.
finding-guia-rel = La relación { $found } no va con { $doc ->
        [credit-note] una nota de crédito
       *[invoice] una factura
    }
    .hint = Revisar el tipo de relación o el de documento.
finding-guia-rel-none = La nota de crédito no está relacionada con ninguna factura
    .hint = Relacionarla con la factura que corrige (01).

## Catálogo de cuentas

finding-local-agrup = El código agrupador «{ $found }» no está en el Anexo 24
    .hint = Buscar el que corresponde a la cuenta.
finding-local-agrup-group = { $found } es un rubro, no una cuenta
    .hint = Elegir un código de la cuenta dentro del rubro.
finding-local-agrup-parent = El código agrupador { $found } no concuerda con el de la cuenta padre, { $expected }
    .hint = Ambos deben empezar con el mismo dígito. Revisar dónde está la cuenta.
finding-local-agrup-none = Cuenta afectable sin código agrupador
    .hint = La contabilidad electrónica lo pide en cada cuenta de detalle.

## Cancelación: lo que se objeta antes de enviarla

objection-replacement-missing = El motivo 01 pide el folio fiscal del CFDI que sustituye a éste
    .hint = Elegir la factura que lo sustituye, o el motivo 02 si ninguna lo sustituye.
objection-replacement-unknown = El CFDI que sustituye no está timbrado, o no es de esta empresa
    .hint = Timbrar primero la factura nueva, con relación 04 a ésta, y después cancelar.
objection-replacement-is-itself = Un CFDI no se sustituye a sí mismo
    .hint = Elegir la factura nueva, no la que se cancela.
objection-replacement-unwanted = Sólo el motivo 01 lleva el folio fiscal del CFDI que sustituye
    .hint = Quitar el folio, o elegir el motivo 01.
