//! One side of a catalog: its rows, their columns, and what the configuration makes of them.

use std::borrow::Cow;
use std::sync::Arc;

use super::bounds::{Bounded, Bounds};
use super::layout::Layout;
use super::view::{Distinctions, View};
use crate::catalog::rows::columns::{Labels, SideColumns};
use crate::catalog::rows::table::{Row, Table};
use crate::error::{Error, ErrorKind};
use crate::score::Scorer;

/// Everything of one side. What does not depend on the configuration is shared between catalogs.
#[derive(Debug)]
pub(crate) struct Side<S: SideColumns> {
    pub(crate) table: Arc<Table<S::Row>>,
    pub(crate) columns: Arc<S>,
    /// The column row of each slot.
    pub(crate) rows: Arc<Vec<u32>>,
    pub(crate) view: Arc<View>,
    /// The places of the rows that were there when the columns were built.
    pub(crate) layout: Arc<Layout>,
    pub(crate) bounds: Arc<Bounds>,
    /// How many they were.
    pub(crate) built: usize,
}

/// Derived, it would ask `S::Row: Clone`, and rows are shared.
impl<S: SideColumns> Clone for Side<S> {
    fn clone(&self) -> Self {
        Self {
            table: Arc::clone(&self.table),
            columns: Arc::clone(&self.columns),
            rows: Arc::clone(&self.rows),
            view: Arc::clone(&self.view),
            layout: Arc::clone(&self.layout),
            bounds: Arc::clone(&self.bounds),
            built: self.built,
        }
    }
}

impl<S: Bounded> Side<S> {
    pub(crate) fn new(table: Table<S::Row>, scorer: &Scorer, labels: &mut Labels) -> Self {
        let mut columns = S::default();
        let mut rows = vec![u32::MAX; table.slot_count()];
        for (slot, row) in table.iter() {
            rows[slot] = number(columns.common().len());
            columns.push(row, slot, labels);
        }
        columns.shrink_to_fit();
        let view = columns.view(scorer);
        let layout = Layout::new(columns.common(), &view);
        let bounds = Arc::new(columns.bounds(&layout, &view, scorer));
        let (layout, view) = (Arc::new(layout), Arc::new(view));
        let built = columns.common().len();
        Self {
            table: Arc::new(table),
            columns: Arc::new(columns),
            rows: Arc::new(rows),
            view,
            layout,
            bounds,
            built,
        }
    }

    /// Returns the side under another configuration.
    ///
    /// Rows keep their places while the classes stay what they are: another
    /// order would be as right, only the bounds follow the rows' new factors.
    pub(crate) fn with_scorer(&self, from: &Scorer, to: &Scorer) -> Self {
        let view = self.columns.view(to);
        let layout = if Distinctions::of(from) == Distinctions::of(to) {
            Arc::clone(&self.layout)
        } else {
            Arc::new(Layout::new(self.columns.common(), &view))
        };
        let bounds = Arc::new(self.columns.bounds(&layout, &view, to));
        Self {
            table: Arc::clone(&self.table),
            columns: Arc::clone(&self.columns),
            rows: Arc::clone(&self.rows),
            view: Arc::new(view),
            built: layout.row_count(),
            layout,
            bounds,
        }
    }

    /// Returns values, given in the order of reading, by slot.
    pub(crate) fn by_slot<'v, V: Copy>(
        &self,
        values: Option<&'v [Option<V>]>,
    ) -> Result<Option<Cow<'v, [Option<V>]>>, Error> {
        let Some(values) = values else { return Ok(None) };
        if values.len() != self.table.len() {
            let (given, noun, rows) = (values.len(), S::Row::NOUN, self.table.len());
            let message = format!("{given} similarities are not one for each {noun}: there are {rows}");
            return Err(Error::new(ErrorKind::OutOfRange, message));
        }
        if values.len() == self.table.slot_count() {
            return Ok(Some(Cow::Borrowed(values)));
        }
        let mut by_slot = vec![None; self.table.slot_count()];
        for ((slot, _), value) in self.table.iter().zip(values) {
            by_slot[slot] = *value;
        }
        Ok(Some(Cow::Owned(by_slot)))
    }

    /// Replaces or appends a row. The old one's columns stay until the next merge.
    pub(crate) fn upsert(
        &mut self,
        row: &Arc<S::Row>,
        scorer: &Scorer,
        labels: &mut Labels,
    ) -> Result<(), Error> {
        let slot = Arc::make_mut(&mut self.table).upsert(Arc::clone(row))?;
        let columns = Arc::make_mut(&mut self.columns);
        let rows = Arc::make_mut(&mut self.rows);
        match rows.get(slot) {
            Some(old) if *old != u32::MAX => columns.common_mut().bury(*old as usize),
            Some(_) => {}
            None => rows.resize(slot + 1, u32::MAX),
        }
        let at = columns.common().len();
        rows[slot] = number(at);
        columns.push(row, slot, labels);
        columns.view_row(at, scorer, Arc::make_mut(&mut self.view));
        Ok(())
    }

    /// Removes a row and returns whether it was there.
    pub(crate) fn remove(&mut self, id: <S::Row as Row>::Id) -> bool {
        let Some(slot) = Arc::make_mut(&mut self.table).remove(id) else { return false };
        let rows = Arc::make_mut(&mut self.rows);
        Arc::make_mut(&mut self.columns).common_mut().bury(rows[slot] as usize);
        rows[slot] = u32::MAX;
        true
    }

    /// Returns whether more than `least` rows, and more than an eighth of all, changed since the columns were built.
    pub(crate) fn is_worth_merging(&self, least: usize) -> bool {
        let columns = self.columns.common();
        let appended = columns.len() - self.built;
        let dead = columns.len() - columns.live;
        let changes = appended.max(dead);
        changes > least && (least == 0 || changes > self.built / 8)
    }

    /// Builds the columns anew, without what is dead.
    pub(crate) fn merge(&mut self, scorer: &Scorer, labels: &mut Labels) {
        let mut table = Table::clone(&self.table);
        table.compact();
        *self = Self::new(table, scorer, labels);
    }
}

fn number(row: usize) -> u32 {
    u32::try_from(row).unwrap_or(u32::MAX)
}
