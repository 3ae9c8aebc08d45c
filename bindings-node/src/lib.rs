//! The core's one door for Node, compiled for the machine: the same functions as `bindings-wasm`.
//!
//! No rule lives here, no shape, and no question: all are `sponsorfit_wire`'s.
#![allow(missing_docs, reason = "N-API's macros export functions that nobody can document")]
#![allow(
    clippy::missing_errors_doc,
    reason = "an error is a refusal in JSON, or says that a handle is gone or busy"
)]
#![allow(clippy::needless_pass_by_value, reason = "N-API hands over what it owns")]

mod similarity;

use std::cell::{Ref, RefCell};

use napi::bindgen_prelude::{AsyncTask, Env, Float64Array, Result, Task, Uint8Array};
use napi_derive::napi;
use sponsorfit_wire as wire;

/// Something compiled of which questions are asked, until it is given back.
#[napi]
#[derive(Debug)]
pub struct Handle(RefCell<Option<wire::Handle>>);

/// Opens what stands on nothing else.
#[napi]
pub fn open(what: String, request: String, blobs: Vec<Uint8Array>) -> Result<Handle> {
    opened(&what, &request, &blobs, None)
}

/// Opens a scorer that asks a function about objectives.
#[napi]
pub fn comparing(env: Env, request: String, compare: similarity::Compare<'_>) -> Result<Handle> {
    answered(wire::Handle::comparing(&request, similarity::hosted(env, &compare)?)).map(Handle::from)
}

/// Answers a question that needs no handle.
#[napi]
pub fn ask(question: String, request: String) -> String {
    wire::ask(&question, &request)
}

/// A question that is answered on a thread of Node's pool, about the handle as it was.
#[derive(Debug)]
pub struct Later {
    handle: wire::Handle,
    question: String,
    request: String,
}

impl Task for Later {
    type Output = String;
    type JsValue = String;

    fn compute(&mut self) -> Result<String> {
        Ok(self.handle.ask(&self.question, &self.request, None))
    }

    fn resolve(&mut self, _: Env, output: String) -> Result<String> {
        Ok(output)
    }
}

#[napi]
impl Handle {
    /// Opens what stands on this handle.
    #[napi]
    pub fn open(&self, what: String, request: String, blobs: Vec<Uint8Array>) -> Result<Self> {
        opened(&what, &request, &blobs, Some(&*self.it()?))
    }

    /// Answers a question in JSON.
    #[napi]
    pub fn ask(&self, question: String, request: String, inputs: Option<Float64Array>) -> Result<String> {
        let mut handle = self.0.try_borrow_mut().map_err(|_| busy())?;
        Ok(handle.as_mut().ok_or_else(gone)?.ask(&question, &request, inputs.as_deref()))
    }

    /// Answers a question in JSON, on another thread.
    #[napi(js_name = "ask_later", ts_return_type = "Promise<string>")]
    pub fn ask_later(&self, question: String, request: String) -> Result<AsyncTask<Later>> {
        Ok(AsyncTask::new(Later { handle: self.it()?.clone(), question, request }))
    }

    /// Answers a question in numbers.
    #[napi]
    pub fn numbers(&self, question: String, request: String, inputs: Float64Array) -> Result<Float64Array> {
        answered(self.it()?.numbers(&question, &request, &inputs)).map(Float64Array::from)
    }

    /// Answers a question in bytes.
    #[napi]
    pub fn bytes(&self, question: String) -> Result<Uint8Array> {
        answered(self.it()?.bytes(&question)).map(Uint8Array::from)
    }

    /// Returns a handle on what this one is now.
    #[napi]
    pub fn snapshot(&self) -> Result<Self> {
        Ok(self.it()?.clone().into())
    }

    /// Gives the memory back.
    #[napi]
    pub fn free(&self) -> Result<()> {
        let given_back = self.0.try_borrow_mut().map_err(|_| busy())?.take();
        drop(given_back);
        Ok(())
    }

    fn it(&self) -> Result<Ref<'_, wire::Handle>> {
        let handle = self.0.try_borrow().map_err(|_| busy())?;
        Ref::filter_map(handle, Option::as_ref).map_err(|_| gone())
    }
}

impl From<wire::Handle> for Handle {
    fn from(handle: wire::Handle) -> Self {
        Self(RefCell::new(Some(handle)))
    }
}

fn opened(what: &str, request: &str, blobs: &[Uint8Array], base: Option<&wire::Handle>) -> Result<Handle> {
    let blobs: Vec<&[u8]> = blobs.iter().map(AsRef::as_ref).collect();
    answered(wire::open(what, request, &blobs, base)).map(Handle::from)
}

/// A refusal's text is the JSON that every answer has.
fn answered<T>(result: std::result::Result<T, sponsorfit::Error>) -> Result<T> {
    result.map_err(|error| napi::Error::from_reason(wire::refusal(&error)))
}

/// What a handle says that was given back; the package's own JavaScript never lets it come to that.
fn gone() -> napi::Error {
    napi::Error::from_reason("the handle was given back")
}

/// What a handle says to a similarity that is called by it and asks it.
fn busy() -> napi::Error {
    napi::Error::from_reason("the handle is being asked")
}
