//! The rows themselves, in the order in which they were read, found by their identifiers.

use std::collections::HashMap;
use std::hash::{BuildHasher, Hasher, RandomState};
use std::sync::Arc;

use crate::error::{Error, ErrorKind};
use crate::model::{AudienceInsights, Event, EventId, SponsorId, SponsorProfile};

/// An event and what its audience did.
#[derive(Clone, Debug)]
pub(crate) struct EventRow {
    pub(crate) event: Event,
    pub(crate) insights: Option<AudienceInsights>,
}

/// What the tables hold, and how their rows are called.
pub(crate) trait Row {
    type Id: Copy + std::fmt::Display;
    const NOUN: &'static str;

    fn id(&self) -> Self::Id;

    /// Returns the identifier as a number whose order is that of its bytes.
    fn key(id: Self::Id) -> u128;
}

impl Row for EventRow {
    type Id = EventId;
    const NOUN: &'static str = "event";

    fn id(&self) -> EventId {
        self.event.event_id
    }

    fn key(id: EventId) -> u128 {
        u128::from_be_bytes(*id.as_bytes())
    }
}

impl Row for SponsorProfile {
    type Id = SponsorId;
    const NOUN: &'static str = "sponsor";

    fn id(&self) -> SponsorId {
        self.sponsor_id
    }

    fn key(id: SponsorId) -> u128 {
        u128::from_be_bytes(*id.as_bytes())
    }
}

/// Hashes identifiers, which are the only keys: one multiplication of two halves.
///
/// The halves are first mixed with secrets of the process, so that nobody can
/// choose identifiers that collide. No order follows from it.
#[derive(Clone, Debug)]
struct IdState([u64; 2]);

impl Default for IdState {
    fn default() -> Self {
        let secrets = RandomState::new();
        Self([secrets.hash_one(0), secrets.hash_one(1)])
    }
}

impl BuildHasher for IdState {
    type Hasher = IdHasher;

    fn build_hasher(&self) -> IdHasher {
        IdHasher { secrets: self.0, hash: 0 }
    }
}

struct IdHasher {
    secrets: [u64; 2],
    hash: u64,
}

impl Hasher for IdHasher {
    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.write_u128(u128::from(*byte));
        }
    }

    #[allow(clippy::cast_possible_truncation, reason = "the halves of a product are folded")]
    fn write_u128(&mut self, id: u128) {
        let [low, high] = [id as u64 ^ self.secrets[0] ^ self.hash, (id >> 64) as u64 ^ self.secrets[1]];
        let product = u128::from(low) * u128::from(high);
        self.hash = product as u64 ^ (product >> 64) as u64;
    }

    fn finish(&self) -> u64 {
        self.hash
    }
}

/// Rows by slot. A removed row leaves its slot empty, so the others keep theirs.
#[derive(Debug)]
pub(crate) struct Table<R> {
    slots: Vec<Option<Arc<R>>>,
    index: HashMap<u128, u32, IdState>,
}

/// Derived, it would ask `R: Clone`, and rows are shared.
impl<R> Clone for Table<R> {
    fn clone(&self) -> Self {
        Self { slots: self.slots.clone(), index: self.index.clone() }
    }
}

impl<R: Row> Table<R> {
    /// Takes rows whose identifiers all differ.
    pub(crate) fn new(rows: Vec<Arc<R>>) -> Result<Self, Error> {
        let mut index = HashMap::with_capacity_and_hasher(rows.len(), IdState::default());
        for (slot, row) in rows.iter().enumerate() {
            let slot = slot_number(slot)?;
            if index.insert(R::key(row.id()), slot).is_some() {
                let message = format!("{} `{}` is there twice", R::NOUN, row.id());
                return Err(Error::new(ErrorKind::DuplicateId, message));
            }
        }
        Ok(Self { slots: rows.into_iter().map(Some).collect(), index })
    }

    pub(crate) fn len(&self) -> usize {
        self.index.len()
    }

    pub(crate) fn slot_count(&self) -> usize {
        self.slots.len()
    }

    /// Returns the slot of an identifier.
    pub(crate) fn find(&self, id: R::Id) -> Option<usize> {
        self.index.get(&R::key(id)).map(|slot| *slot as usize)
    }

    /// Returns the slot of an identifier that a caller names.
    pub(crate) fn require(&self, id: R::Id) -> Result<usize, Error> {
        let missing = || Error::new(ErrorKind::UnknownId, format!("no {} `{id}` in the catalog", R::NOUN));
        self.find(id).ok_or_else(missing)
    }

    pub(crate) fn get(&self, slot: usize) -> Option<&Arc<R>> {
        self.slots.get(slot).and_then(Option::as_ref)
    }

    /// Returns a row to change; one that is shared becomes a copy.
    pub(crate) fn get_mut(&mut self, slot: usize) -> Option<&mut R>
    where
        R: Clone,
    {
        self.slots.get_mut(slot)?.as_mut().map(Arc::make_mut)
    }

    /// Returns the rows that are there, in the order in which they were read, with their slots.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (usize, &Arc<R>)> {
        self.slots.iter().enumerate().filter_map(|(slot, row)| Some((slot, row.as_ref()?)))
    }

    /// Replaces the row with this identifier, or appends it.
    pub(crate) fn upsert(&mut self, row: Arc<R>) -> Result<usize, Error> {
        let slot = if let Some(slot) = self.find(row.id()) {
            slot
        } else {
            let slot = slot_number(self.slots.len())?;
            self.index.insert(R::key(row.id()), slot);
            self.slots.push(None);
            slot as usize
        };
        self.slots[slot] = Some(row);
        Ok(slot)
    }

    /// Empties the slot of an identifier and returns which it was.
    pub(crate) fn remove(&mut self, id: R::Id) -> Option<usize> {
        let slot = self.index.remove(&R::key(id))? as usize;
        self.slots[slot] = None;
        Some(slot)
    }

    /// Gives up the empty slots.
    pub(crate) fn compact(&mut self) {
        self.slots.retain(Option::is_some);
        for (slot, row) in self.slots.iter().enumerate() {
            if let (Some(row), Ok(slot)) = (row, slot_number(slot)) {
                self.index.insert(R::key(row.id()), slot);
            }
        }
    }

    pub(crate) fn index_bytes(&self) -> usize {
        self.index.capacity() * (size_of::<(u128, u32)>() + 1) + self.slots.capacity() * size_of::<usize>()
    }
}

fn slot_number(slot: usize) -> Result<u32, Error> {
    // The last number means `no row`.
    u32::try_from(slot).ok().filter(|slot| *slot < u32::MAX).ok_or_else(|| {
        Error::new(ErrorKind::OutOfRange, format!("{slot} rows are more than a catalog's 4294967294"))
    })
}
