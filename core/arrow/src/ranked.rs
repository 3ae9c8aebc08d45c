//! Rankings as tables.

use std::sync::{Arc, Mutex, PoisonError};

use arrow_array::{ArrayRef, StringViewArray, UInt32Array};
use arrow_buffer::{Buffer, ScalarBuffer};
use arrow_schema::{ArrowError, DataType, Field, SchemaRef};
use sponsorfit::Ranking;

use crate::columns::{self, Made, Nulls, Numbers, Table};
use crate::ids::{self, TEXT};
use crate::memory::{LARGE_PAGE, Memory};

/// Whose lists rankings are.
///
/// # Examples
/// See [`rankings`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Anchor {
    /// Each ranks the events for one sponsor.
    Sponsor,
    /// Each ranks the sponsors for one event.
    Event,
}

const VIEW: usize = size_of::<u128>();
const RANK: usize = size_of::<u32>();
/// The bytes of a row, at most.
const ROW: usize = Numbers::ROW + 2 * (VIEW + TEXT) + RANK;
/// A batch fills a large page.
const ROWS: usize = LARGE_PAGE / ROW;

fn schema(fingerprint: &str, insufficient: u64) -> SchemaRef {
    let rank = Field::new("rank", DataType::UInt32, false);
    columns::schema(Some(rank), fingerprint, insufficient)
}

/// Returns a ranking as a table, the best first.
///
/// # Errors
/// When Arrow refuses a column, such as one that is too long for its references.
///
/// # Examples
/// ```
/// use sponsorfit::{Catalog, Scorer, ScoringConfig, SponsorProfile};
/// use sponsorfit_arrow::{Anchor, ranking};
///
/// let sponsor: SponsorProfile = serde_json::from_str(r#"{"sponsor_id": "6f9619ff-8b86-d011-b42d-00c04fc964ff"}"#)?;
/// let catalog = Catalog::builder(Scorer::new(ScoringConfig::default())?).build()?;
/// let found = catalog.events_for(&sponsor).top(20)?;
/// assert_eq!(ranking(Anchor::Sponsor, found, "")?.schema.field(2).name(), "rank");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn ranking(anchor: Anchor, ranking: Ranking, fingerprint: &str) -> Result<Table, ArrowError> {
    let schema = schema(fingerprint, ranking.insufficient);
    columns::table(schema, [batch(anchor, &[ranking])])
}

/// Returns the rankings that `work` hands over as a table, each with the best first.
///
/// They become columns on the threads of the pool, while `work` makes the next.
///
/// # Errors
/// What `work` returns; and within, when Arrow refuses a column.
///
/// # Examples
/// ```
/// use sponsorfit::{Catalog, Filter, Scorer, ScoringConfig};
/// use sponsorfit_arrow::{Anchor, rankings};
///
/// let catalog = Catalog::builder(Scorer::new(ScoringConfig::default())?).build()?;
/// let table = rankings(Anchor::Event, "", |keep| {
///     catalog.sponsors_for_each_event(20, &Filter::new(), |_, _, ranking| {
///         keep(ranking);
///         Ok::<(), sponsorfit::Error>(())
///     })
/// })??;
/// assert_eq!(table.batches.len(), 0);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn rankings<E>(
    anchor: Anchor,
    fingerprint: &str,
    work: impl FnOnce(&mut dyn FnMut(Ranking)) -> Result<(), E>,
) -> Result<Result<Table, ArrowError>, E> {
    let made: Mutex<Vec<(usize, Made)>> = Mutex::default();
    let mut insufficient = 0;
    rayon::in_place_scope(|scope| {
        let (mut waiting, mut rows, mut batches) = (Vec::new(), 0, 0);
        let mut convert = |rankings: Vec<Ranking>| {
            let (place, made) = (batches, &made);
            batches += 1;
            scope.spawn(move |_| {
                let columns = batch(anchor, &rankings);
                made.lock().unwrap_or_else(PoisonError::into_inner).push((place, columns));
            });
        };
        work(&mut |ranking| {
            insufficient += ranking.insufficient;
            if rows > 0 && rows + ranking.len() > ROWS {
                rows = 0;
                convert(std::mem::take(&mut waiting));
            }
            rows += ranking.len();
            // However many anchors find nothing, none of them takes room.
            if !ranking.is_empty() {
                waiting.push(ranking);
            }
        })?;
        if rows > 0 {
            convert(waiting);
        }
        Ok(())
    })?;
    let mut made = made.into_inner().unwrap_or_else(PoisonError::into_inner);
    made.sort_unstable_by_key(|(place, _)| *place);
    Ok(columns::table(schema(fingerprint, insufficient), made.into_iter().map(|(_, columns)| columns)))
}

/// How the columns of some rankings lie in one piece of memory, one behind the other.
struct Layout {
    rows: usize,
    lists: usize,
}

impl Layout {
    /// The numbers, the references to the anchors' texts and to the others', the ranks, and the texts of both.
    fn sizes(&self) -> [usize; 6] {
        let Self { rows, lists } = self;
        [rows * Numbers::ROW, rows * VIEW, rows * VIEW, rows * RANK, lists * TEXT, rows * TEXT]
    }

    fn start(&self, part: usize) -> usize {
        self.sizes()[..part].iter().sum()
    }

    fn texts(&self, memory: &Buffer, views: usize, texts: usize) -> Result<ArrayRef, ArrowError> {
        let views = ScalarBuffer::new(memory.clone(), self.start(views) / VIEW, self.rows);
        let texts = memory.slice_with_length(self.start(texts), self.sizes()[texts]);
        Ok(Arc::new(StringViewArray::try_new(views, [texts], None)?))
    }

    fn ranks(&self, memory: &Buffer) -> ArrayRef {
        let ranks = ScalarBuffer::new(memory.clone(), self.start(3) / RANK, self.rows);
        Arc::new(UInt32Array::new(ranks, None))
    }
}

fn batch(anchor: Anchor, rankings: &[Ranking]) -> Made {
    let rows = rankings.iter().map(|ranking| ranking.len()).sum();
    let layout = Layout { rows, lists: rankings.len() };
    let mut memory = Memory::of(layout.sizes().iter().sum());
    let nulls = fill(anchor, rankings, memory.bytes(), &layout);
    let memory = memory.freeze();

    let (own, others) = (layout.texts(&memory, 1, 4)?, layout.texts(&memory, 2, 5)?);
    let (sponsors, events) = if anchor == Anchor::Sponsor { (own, others) } else { (others, own) };
    let mut columns = vec![sponsors, events, layout.ranks(&memory)];
    columns.extend(columns::numbers(&memory, rows, nulls));
    Ok(columns)
}

/// Fills the memory, and tells which numbers have nulls.
fn fill(anchor: Anchor, rankings: &[Ranking], mut memory: &mut [u8], layout: &Layout) -> Nulls {
    let [numbers, own_views, views, ranks, own_texts, texts] =
        layout.sizes().map(|size| memory.split_off_mut(..size).unwrap_or_default());
    let mut numbers = Numbers::fill(numbers);
    let (own_texts, texts) = (own_texts.as_chunks_mut().0, texts.as_chunks_mut().0);
    let (own_views, views) = (own_views.as_chunks_mut().0, views.as_chunks_mut().0);
    let ranks = ranks.as_chunks_mut().0;
    let mut row = 0;
    for (list, ranking) in rankings.iter().enumerate() {
        let mut own_view = [0; VIEW];
        for (rank, found) in (1_u32..).zip(ranking) {
            let (own, other) = match anchor {
                Anchor::Sponsor => (found.sponsor_id.as_bytes(), found.event_id.as_bytes()),
                Anchor::Event => (found.event_id.as_bytes(), found.sponsor_id.as_bytes()),
            };
            if rank == 1 {
                own_view = ids::write(*own, &mut own_texts[list], list).to_ne_bytes();
            }
            own_views[row] = own_view;
            views[row] = ids::write(*other, &mut texts[row], row).to_ne_bytes();
            ranks[row] = rank.to_ne_bytes();
            numbers.push(columns::numbers_of(found));
            row += 1;
        }
    }
    numbers.nulls()
}
