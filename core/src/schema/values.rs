//! The schemas of values that read more than they write, or hold a range.

use std::borrow::Cow;

use schemars::generate::Contract;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};

use crate::config::Fingerprint;
use crate::error::{Error, ErrorKind};
use crate::factors::{Leaf, LeafSet};
use crate::model::{
    AgeSegments, Count, Embedding, EventId, GeoDistribution, Label, LabelSet, Moment, NonNegative,
    SignedUnitInterval, SponsorId, UnitInterval,
};

/// Describes a type where it is used: a reference to a number would only hide its range.
macro_rules! inline {
    ($($type:ty, $name:literal: |$generator:ident| $schema:expr;)*) => {$(
        impl JsonSchema for $type {
            fn inline_schema() -> bool {
                true
            }

            fn schema_name() -> Cow<'static, str> {
                $name.into()
            }

            fn json_schema($generator: &mut SchemaGenerator) -> Schema {
                $schema
            }
        }
    )*};
}

/// Chooses between what is read and what is written.
fn by_contract(generator: &SchemaGenerator, read: Schema, written: Schema) -> Schema {
    if *generator.contract() == Contract::Deserialize { read } else { written }
}

inline! {
    UnitInterval, "UnitInterval": |_g| json_schema!({"type": "number", "minimum": 0, "maximum": 1});
    SignedUnitInterval, "SignedUnitInterval": |_g| json_schema!({"type": "number", "minimum": -1, "maximum": 1});
    NonNegative, "NonNegative": |_g| json_schema!({"type": "number", "minimum": 0});
    Count, "Count": |g| by_contract(
        g,
        json_schema!({
            "type": ["integer", "string"], "minimum": 0, "maximum": Count::MAX.get(), "pattern": "^[0-9]+$",
        }),
        json_schema!({"type": "integer", "minimum": 0, "maximum": Count::MAX.get()}),
    );
    SponsorId, "SponsorId": |_g| json_schema!({"type": "string", "format": "uuid"});
    EventId, "EventId": |_g| json_schema!({"type": "string", "format": "uuid"});
    Moment, "Moment": |_g| json_schema!({
        "type": "string",
        "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}",
    });
    Label, "Label": |_g| json_schema!({"type": "string"});
    LabelSet, "LabelSet": |g| by_contract(
        g,
        json_schema!({"type": ["array", "null"], "items": {"type": "string"}}),
        json_schema!({"type": "array", "items": {"type": "string"}}),
    );
    GeoDistribution, "GeoDistribution": |g| {
        let count = g.subschema_for::<Count>();
        by_contract(
            g,
            json_schema!({"type": ["object", "null"], "additionalProperties": count}),
            json_schema!({"type": "object", "additionalProperties": {"type": "integer", "minimum": 0}}),
        )
    };
    AgeSegments, "AgeSegments": |g| {
        let share = g.subschema_for::<UnitInterval>();
        by_contract(
            g,
            json_schema!({"type": ["object", "null"], "additionalProperties": share}),
            json_schema!({"type": "object", "additionalProperties": share}),
        )
    };
    Embedding, "Embedding": |g| by_contract(
        g,
        json_schema!({"type": ["array", "string"], "items": {"type": "number"}, "pattern": r"^\s*\["}),
        json_schema!({"type": "array", "items": {"type": "number"}}),
    );
    LeafSet, "LeafSet": |g| {
        let leaf = g.subschema_for::<Leaf>();
        json_schema!({"type": "array", "items": leaf, "uniqueItems": true})
    };
    Fingerprint, "Fingerprint": |_g| json_schema!({"type": "string", "pattern": "^[0-9a-f]{64}$"});
}

impl JsonSchema for Leaf {
    fn schema_name() -> Cow<'static, str> {
        "Leaf".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        let paths = Self::ALL.map(Self::path);
        json_schema!({
            "description": "The path of one of the seven facts that a score rests on.",
            "type": "string",
            "enum": paths,
        })
    }
}

impl JsonSchema for Error {
    fn schema_name() -> Cow<'static, str> {
        "Error".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        let codes = ErrorKind::ALL.map(ErrorKind::code);
        json_schema!({
            "description": "An input that cannot be accepted: what, where, and what would be right.",
            "type": "object",
            "required": ["code", "message", "path"],
            "properties": {
                "code": {"type": "string", "enum": codes, "description": "What went wrong: stable across versions."},
                "message": {"type": "string", "description": "The sentence, without the path."},
                "path": {
                    "type": "string",
                    "description": "The dotted path of the field to blame, empty when there is none.",
                },
            },
        })
    }
}
