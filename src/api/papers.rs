//! The files of a stamped document as `fields=pdf,xml` gives them (contract D.2): an address, base64, or the text itself.
//!
//! Which of the three it is, the value itself tells. Bytes that cannot be the form that was asked for (a page of a
//! gateway instead of a PDF) are an error and no file. Never reads what an XML says; that is for whoever checks it.

use base64::Engine as _;
use base64::alphabet;
use base64::engine::general_purpose::GeneralPurposeConfig;
use base64::engine::{DecodePaddingMode, GeneralPurpose};
use serde_json::Value;

use super::error::{ApiError, Cause};
use super::json;
use crate::domain::paper::Form;

/// The files that were asked for. Nothing stands where the server has no such file, or where it was not asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Papers {
    /// The CFDI, or why it could not be had.
    pub xml: Option<Result<Vec<u8>, ApiError>>,
    /// Its printed form, or why it could not be had.
    pub pdf: Option<Result<Vec<u8>, ApiError>>,
}

/// Where a file is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Sheet {
    /// To be fetched from this address.
    At(String),
    /// In the reply itself.
    Here(Vec<u8>),
}

/// These bytes, where they can be a file of this form.
pub(super) fn checked(form: Form, bytes: Vec<u8>) -> Result<Vec<u8>, ApiError> {
    let begins = match form {
        Form::Xml => is_markup(&bytes),
        Form::Pdf => bytes.starts_with(b"%PDF-"),
    };
    if begins {
        Ok(bytes)
    } else {
        Err(ApiError::new(
            Cause::Unreadable,
            format!("what came is no {}", form.name()),
        ))
    }
}

impl Papers {
    /// What came of this form.
    pub fn of(&self, form: Form) -> Option<&Result<Vec<u8>, ApiError>> {
        match form {
            Form::Xml => self.xml.as_ref(),
            Form::Pdf => self.pdf.as_ref(),
        }
    }

    pub(super) fn put(&mut self, form: Form, bytes: Result<Vec<u8>, ApiError>) {
        match form {
            Form::Xml => self.xml = Some(bytes),
            Form::Pdf => self.pdf = Some(bytes),
        }
    }
}

/// Base64 as servers write it: with its padding or without.
const LENIENT: GeneralPurpose = GeneralPurpose::new(
    &alphabet::STANDARD,
    GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent),
);

/// The file of this form in a native record; none where the record names none. A text that is none of the three forms
/// is handed on as it is, so that it is refused as what it is.
pub(super) fn read(record: &Value, form: Form) -> Option<Sheet> {
    let told = json::text_at(record, form.name())?;
    let text = told.trim();
    let scheme = |name: &str| {
        text.get(..name.len())
            .is_some_and(|start| start.eq_ignore_ascii_case(name))
    };
    if scheme("https://") || scheme("http://") {
        return Some(Sheet::At(text.to_owned()));
    }
    if is_markup(text.as_bytes()) || text.starts_with("%PDF-") {
        return Some(Sheet::Here(text.as_bytes().to_vec()));
    }
    // `data:application/pdf;base64,…`
    let digits = match text.split_once(";base64,") {
        Some((head, digits)) if head.starts_with("data:") => digits,
        _ => text,
    };
    let digits: String = digits.split_ascii_whitespace().collect();
    let bytes = LENIENT.decode(&digits);
    Some(Sheet::Here(bytes.unwrap_or_else(|_| digits.into_bytes())))
}

/// Whether these bytes begin as XML does, mark of the byte order and blanks aside.
fn is_markup(bytes: &[u8]) -> bool {
    let bytes = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(bytes);
    bytes.trim_ascii_start().starts_with(b"<")
}

#[cfg(test)]
mod tests {
    use super::*;
    use base64::engine::general_purpose::STANDARD;
    use serde_json::json;

    const XML: &str = "<?xml version=\"1.0\"?><a/>";

    #[test]
    fn a_file_is_an_address_or_base64_or_the_text_itself() {
        let address = json!({"xml": " https://files.example/a.xml "});
        assert_eq!(
            read(&address, Form::Xml),
            Some(Sheet::At("https://files.example/a.xml".into()))
        );
        let digits = STANDARD.encode(XML);
        let (first, rest) = digits.split_at(7);
        for text in [
            XML.to_owned(),
            digits.clone(),
            digits.trim_end_matches('=').to_owned(),
            format!("{first}\r\n{rest}"),
            format!("data:text/xml;base64,{digits}"),
        ] {
            let here = Some(Sheet::Here(XML.as_bytes().to_vec()));
            assert_eq!(read(&json!({"xml": text}), Form::Xml), here, "{text}");
        }
        for none in [json!({"xml": null}), json!({"xml": ""}), json!({})] {
            assert_eq!(read(&none, Form::Xml), None);
        }
    }

    #[test]
    fn what_is_no_file_of_that_form_is_an_error() {
        let of = |form: Form, bytes: &[u8]| checked(form, bytes.to_vec()).map_err(|e| e.cause);
        assert!(of(Form::Xml, "\u{feff} <a/>".as_bytes()).is_ok());
        assert!(of(Form::Pdf, b"%PDF-1.4\n").is_ok());
        assert_eq!(of(Form::Pdf, b"<html>"), Err(Cause::Unreadable));
        assert_eq!(of(Form::Xml, b"en proceso"), Err(Cause::Unreadable));
    }
}
