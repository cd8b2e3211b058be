//! The compressed form of a record and its raw text.
//!
//! Both go into one frame, because the longest values (seals, original string, UUID) stand in both and are kept once.
//! A sample of what all records have in common primes the compressor: records of every kind in the very form in which
//! they are written, the raw text with its keys in order, the most frequent at the end. It is part of the layout:
//! changing it needs another name there.

use zstd::bulk::{Compressor, Decompressor};

use super::super::error::Fault;
use crate::domain::record::Record;

const SAMPLE: &[u8] = include_bytes!("sample.txt");

/// What records gain beyond this level (three in a hundred at the third) is less than what it costs to make them.
const LEVEL: i32 = 1;

/// Larger than any record; a damaged length does not make us ask for all the memory there is.
const LARGEST: usize = 64 << 20;

/// Bytes before the frame: how many of the unpacked ones are the record.
const HEAD: usize = 4;

pub(super) struct Packer(Compressor<'static>);

impl Packer {
    pub(super) fn new() -> Result<Self, Fault> {
        Ok(Self(Compressor::with_dictionary(LEVEL, SAMPLE)?))
    }

    pub(super) fn pack(&mut self, record: &Record, raw: Option<&str>) -> Result<Vec<u8>, Fault> {
        let mut text = serde_json::to_vec(record)?;
        let length = u32::try_from(text.len()).map_err(|_| Fault::Crowded("byte in a record"))?;
        text.extend_from_slice(raw.unwrap_or_default().as_bytes());
        let mut frame = length.to_le_bytes().to_vec();
        frame.extend(self.0.compress(&text)?);
        Ok(frame)
    }
}

pub(super) struct Unpacker(Decompressor<'static>);

impl Unpacker {
    pub(super) fn new() -> Result<Self, Fault> {
        Ok(Self(Decompressor::with_dictionary(SAMPLE)?))
    }

    pub(super) fn record(&mut self, frame: &[u8]) -> Result<Record, Fault> {
        let (record, _) = self.open(frame)?;
        Ok(record)
    }

    pub(super) fn both(&mut self, frame: &[u8]) -> Result<(Record, Option<String>), Fault> {
        let (record, raw) = self.open(frame)?;
        let raw = String::from_utf8(raw).map_err(|error| Fault::Unreadable(error.to_string()))?;
        Ok((record, Some(raw).filter(|raw| !raw.is_empty())))
    }

    fn open(&mut self, frame: &[u8]) -> Result<(Record, Vec<u8>), Fault> {
        let short = || Fault::Unreadable("a body ends too early".to_owned());
        let (head, packed) = frame.split_first_chunk::<HEAD>().ok_or_else(short)?;
        let length = usize::try_from(u32::from_le_bytes(*head)).map_err(|_| short())?;
        let text = self.0.decompress(packed, LARGEST)?;
        let (record, raw) = text.split_at_checked(length).ok_or_else(short)?;
        Ok((serde_json::from_slice(record)?, raw.to_vec()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::kind::Kind;
    use crate::domain::record::Id;

    #[test]
    fn what_was_packed_comes_back() {
        let record = Record::new(Kind::Invoices, Id::from("6"));
        let (mut packer, mut unpacker) = (
            Packer::new().expect("a packer"),
            Unpacker::new().expect("an unpacker"),
        );
        for raw in [None, Some("{\"id\":\"6\",\"name\":\"Ñandú & 🦆\"}")] {
            let frame = packer.pack(&record, raw).expect("a frame");
            let (unpacked, found) = unpacker.both(&frame).expect("a record");
            assert_eq!((unpacked, found.as_deref()), (record.clone(), raw));
        }
    }

    #[test]
    fn a_damaged_frame_is_an_error() {
        let record = Record::new(Kind::Invoices, Id::from("6"));
        let frame = Packer::new()
            .and_then(|mut packer| packer.pack(&record, Some("{}")))
            .expect("a frame");
        let mut unpacker = Unpacker::new().expect("an unpacker");
        for length in 0..frame.len() {
            assert!(unpacker.both(&frame[..length]).is_err(), "{length}");
        }
        let mut longer = frame;
        longer[0] = 0xff;
        assert!(unpacker.both(&longer).is_err());
    }
}
