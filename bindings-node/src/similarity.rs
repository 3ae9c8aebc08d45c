//! A JavaScript function as a similarity of objectives.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;
use std::sync::atomic::{AtomicU64, Ordering};

use napi::bindgen_prelude::{Env, FnArgs, Function, FunctionRef, Result};

/// A function of two texts, which answers a number or null and never throws.
pub(crate) type Compare<'env> = Function<'env, FnArgs<(String, String)>, Option<f64>>;

type Kept = FunctionRef<FnArgs<(String, String)>, Option<f64>>;

/// Numbers functions over all threads, so that no thread forgets another's.
static NEXT: AtomicU64 = AtomicU64::new(0);

thread_local! {
    /// The functions in use: a function is this thread's own, while a scorer may be sent to another.
    static HOSTED: RefCell<BTreeMap<u64, Rc<(Env, Kept)>>> = RefCell::default();
}

/// A function's place among those in use; it goes when the last scorer that asks it goes.
struct Place(u64);

impl Place {
    fn function(&self) -> Option<Rc<(Env, Kept)>> {
        HOSTED.with_borrow(|hosted| hosted.get(&self.0).cloned())
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let function = HOSTED.try_with(|hosted| hosted.borrow_mut().remove(&self.0));
        drop(function);
    }
}

/// Returns what asks a function; on another thread than the function's it does not know.
pub(crate) fn hosted(
    env: Env,
    function: &Compare<'_>,
) -> Result<impl Fn(&str, &str) -> Option<f64> + Send + Sync + 'static> {
    let place = Place(NEXT.fetch_add(1, Ordering::Relaxed));
    let entry = Rc::new((env, function.create_ref()?));
    HOSTED.with_borrow_mut(|hosted| hosted.insert(place.0, entry));
    Ok(move |sponsor: &str, event: &str| {
        // By a method: naming the field would capture the number alone, and the place would go at once.
        let function = place.function()?;
        let (env, function) = function.as_ref();
        let arguments = FnArgs::from((sponsor.to_owned(), event.to_owned()));
        function.borrow_back(env).ok()?.call(arguments).ok()?
    })
}
