//! The files of a stamped document: where they are looked for, and where the key never goes.

use serde_json::json;
use timbra::api::{Books, Cause};
use timbra::domain::kind::Kind;
use timbra::domain::paper::Form;
use timbra::domain::record::Id;

use super::server::{KEY, Script, Seen, Server, answer};

const XML: &str = "<?xml version=\"1.0\"?><a/>";

fn is_bare(request: &Seen) -> bool {
    let ours = |(name, value): &(String, String)| {
        name.eq_ignore_ascii_case("authorization")
            || name.to_ascii_lowercase().starts_with("x-apideck")
            || value.contains(KEY)
    };
    !request.headers.iter().any(ours)
}

fn file(bytes: &str) -> Script {
    answer(200, bytes).with("content-type", "application/octet-stream")
}

async fn papers(server: &Server, kind: Kind) -> timbra::api::Papers {
    server
        .client()
        .papers(kind, &Id::from("6"), &Form::ALL)
        .await
        .expect("an answer")
}

#[tokio::test]
async fn files_are_asked_of_the_native_record_and_fetched_bare() {
    let place = Server::new([file(XML), file("%PDF-1.4 %%EOF")]);
    let (xml, pdf) = (
        format!("{}/6.xml?signature=abc", place.url),
        format!("{}/6.pdf", place.url),
    );
    let server = Server::new([answer(200, json!({"id": "6", "xml": xml, "pdf": pdf}))]);
    let papers = papers(&server, Kind::CreditNotes).await;
    assert_eq!(papers.xml, Some(Ok(XML.as_bytes().to_vec())));
    assert_eq!(papers.pdf, Some(Ok(b"%PDF-1.4 %%EOF".to_vec())));
    assert_eq!(
        server.only().header("x-apideck-downstream-url"),
        Some("https://api.alegra.com/api/v1/credit-notes/6?fields=xml,pdf")
    );
    let seen = place.seen();
    assert_eq!(seen[0].target, "/6.xml?signature=abc");
    assert!(seen.iter().all(is_bare), "{seen:#?}");
}

#[tokio::test]
async fn files_that_are_sent_on_and_replies_that_are_too_large_are_followed_bare() {
    let last = Server::new([file(XML)]);
    let between = Server::new([answer(302, "").with("location", format!("{}/x", last.url))]);
    let large = Server::new([answer(200, json!({"id": "6", "xml": between.url}))]);
    let server = Server::new([answer(301, "").with("location", &large.url)]);
    assert_eq!(
        papers(&server, Kind::Invoices).await.xml,
        Some(Ok(XML.as_bytes().to_vec()))
    );
    for place in [&large, &between, &last] {
        assert!(is_bare(&place.only()), "{:#?}", place.only());
    }
}

#[tokio::test]
async fn text_and_base64_are_files_and_nothing_is_none() {
    let body = json!({"id": 6, "xml": XML, "pdf": "JVBERi0xLjQ="});
    let papers_here = papers(&Server::new([answer(200, body)]), Kind::Invoices).await;
    assert_eq!(papers_here.xml, Some(Ok(XML.as_bytes().to_vec())));
    assert_eq!(papers_here.pdf, Some(Ok(b"%PDF-1.4".to_vec())));
    let none = Server::new([answer(200, json!({"id": "6", "xml": null}))]);
    assert_eq!(
        papers(&none, Kind::Invoices).await,
        timbra::api::Papers::default()
    );
}

#[tokio::test]
async fn one_file_that_cannot_be_had_does_not_keep_the_other_back() {
    let place = Server::new([answer(404, "gone")]);
    let body = json!({"id": "6", "xml": place.url, "pdf": "JVBERi0xLjQ="});
    let papers = papers(&Server::new([answer(200, body)]), Kind::Invoices).await;
    let cause = papers.xml.and_then(Result::err).map(|error| error.cause);
    assert_eq!(cause, Some(Cause::NotFound));
    assert!(papers.pdf.is_some_and(|pdf| pdf.is_ok()));
}

#[tokio::test]
async fn nobody_else_s_record_no_page_of_a_gateway_and_no_unsafe_address_is_a_file() {
    let other = Server::new([answer(200, json!({"id": "7", "xml": XML}))]);
    let outcome = other
        .client()
        .papers(Kind::Invoices, &Id::from("6"), &[Form::Xml])
        .await;
    assert_eq!(outcome.map_err(|e| e.cause), Err(Cause::Unreadable));
    let user = "https://me:word@files.example/6.xml";
    for told in ["http://files.example/6.xml", user, "en proceso"] {
        let server = Server::new([answer(200, json!({"id": "6", "xml": told}))]);
        let papers = papers(&server, Kind::Invoices).await;
        let cause = papers.xml.and_then(Result::err).map(|error| error.cause);
        assert_eq!(cause, Some(Cause::Unreadable), "{told}");
        assert_eq!(server.seen().len(), 1);
    }
    let bills = Server::new([answer(200, json!({}))]);
    let outcome = bills
        .client()
        .papers(Kind::Bills, &Id::from("6"), &Form::ALL)
        .await;
    assert_eq!(outcome.map_err(|e| e.cause), Err(Cause::NotOffered));
    assert_eq!(bills.seen().len(), 0);
}
