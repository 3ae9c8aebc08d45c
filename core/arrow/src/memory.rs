//! Memory that the columns of a batch share.

use std::sync::{Mutex, PoisonError};

use arrow_buffer::{Buffer, MutableBuffer};
use memmap2::MmapMut;

/// The bytes of a large page on the usual systems.
pub(crate) const LARGE_PAGE: usize = 2 << 20;

/// Pages that were given back. To get memory from the system takes longer than to fill it with results.
static KEPT: Mutex<Vec<MmapMut>> = Mutex::new(Vec::new());

/// How many pages are kept at most for the next results: 64 MiB.
const MOST_KEPT: usize = 32;

/// Bytes to be written; what they hold before is not said.
pub(crate) enum Memory {
    Small(MutableBuffer),
    Page(Page, usize),
}

/// A large page, where the system gives them.
pub(crate) struct Page(Option<MmapMut>);

impl Drop for Page {
    fn drop(&mut self) {
        let mut kept = KEPT.lock().unwrap_or_else(PoisonError::into_inner);
        if kept.len() < MOST_KEPT {
            kept.extend(self.0.take());
        }
    }
}

impl AsRef<[u8]> for Page {
    fn as_ref(&self) -> &[u8] {
        self.0.as_deref().unwrap_or_default()
    }
}

impl Memory {
    /// Returns this many bytes: of a page, where they fill most of one and not more.
    pub(crate) fn of(bytes: usize) -> Self {
        let page = if (LARGE_PAGE / 2..=LARGE_PAGE).contains(&bytes) { page() } else { None };
        match page {
            Some(page) => Self::Page(Page(Some(page)), bytes),
            None => Self::Small(MutableBuffer::from_len_zeroed(bytes)),
        }
    }

    pub(crate) fn bytes(&mut self) -> &mut [u8] {
        match self {
            Self::Small(bytes) => bytes.as_slice_mut(),
            Self::Page(page, bytes) => {
                page.0.as_deref_mut().and_then(|page| page.get_mut(..*bytes)).unwrap_or_default()
            }
        }
    }

    /// Returns the bytes to be read; a page comes back when nobody reads them any more.
    pub(crate) fn freeze(self) -> Buffer {
        match self {
            Self::Small(bytes) => bytes.into(),
            Self::Page(page, _) => bytes::Bytes::from_owner(page).into(),
        }
    }
}

fn page() -> Option<MmapMut> {
    let kept = KEPT.lock().unwrap_or_else(PoisonError::into_inner).pop();
    kept.or_else(|| {
        let page = MmapMut::map_anon(LARGE_PAGE).ok()?;
        // A system without large pages says no, and gives small ones.
        #[cfg(target_os = "linux")]
        let _ = page.advise(memmap2::Advice::HugePage);
        Some(page)
    })
}
