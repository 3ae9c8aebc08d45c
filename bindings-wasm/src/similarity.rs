//! A JavaScript function as a similarity of objectives.

use std::cell::RefCell;

use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

#[wasm_bindgen]
extern "C" {
    /// A function of two texts, which answers a number or null and never throws.
    #[wasm_bindgen(typescript_type = "(sponsor: string, event: string) => number | null")]
    #[derive(Clone, Debug)]
    pub type Compare;

    #[wasm_bindgen(method)]
    fn call(this: &Compare, receiver: &JsValue, sponsor: &str, event: &str) -> Option<f64>;
}

thread_local! {
    /// The functions in use: a function is this thread's own, while a scorer may be sent to another.
    static HOSTED: RefCell<(u64, Vec<(u64, Compare)>)> = RefCell::default();
}

/// A function's place among those in use; it goes when the last scorer that asks it goes.
struct Place(u64);

impl Place {
    fn function(&self) -> Option<Compare> {
        HOSTED.with_borrow(|(_, functions)| {
            functions.iter().find(|(place, _)| *place == self.0).map(|(_, function)| function.clone())
        })
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let _ = HOSTED.try_with(|hosted| hosted.borrow_mut().1.retain(|(place, _)| *place != self.0));
    }
}

/// Returns what asks a function.
pub fn hosted(function: Compare) -> impl Fn(&str, &str) -> Option<f64> + Send + Sync + 'static {
    let place = HOSTED.with_borrow_mut(|(next, functions)| {
        *next += 1;
        functions.push((*next, function));
        Place(*next)
    });
    move |sponsor, event| {
        // By a method: naming the field would capture the number alone, and the place would go at once.
        // And a clone: the function may open another desk, so nothing is borrowed while it runs.
        let function = place.function()?;
        function.call(&JsValue::UNDEFINED, sponsor, event)
    }
}
